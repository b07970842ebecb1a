import Link from 'next/link'
import { ExportDialog } from '@/app/_domain/export-dialog.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import { ButtonLink, EmptyState, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { type Column, DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatPeriod } from '@/lib/i18n/format.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { STUDIO_KINDS, STUDIO_LEVELS } from '@/lib/rules/talent/studio.ts'
import {
  listStudios,
  STUDIO_TIMES,
  type StudioRow,
  schoolChoices,
  studioQuery,
  studiosBySchool,
} from '@/lib/talent/queries/studios.ts'
import { DropAnywhere } from '../imports/_parts/drop-anywhere.tsx'
import { dropLabels } from '../imports/_parts/drop-labels.ts'
import { StudioSchools } from './_parts/studio-schools.tsx'

export default definePage('talent.studio.list', {
  query: studioQuery,
  load: async (tx, { query, actor }) => {
    const on = query.asOf ?? actor.today
    return {
      on,
      studios: query.view === 'list' ? await listStudios(tx, query, on) : [],
      bySchool: query.view === 'schools' ? await studiosBySchool(tx, on) : [],
      schools: await schoolChoices(tx),
    }
  },
  view: ({ studios, bySchool, schools }, { query, actor, t }) => {
    const here = (change: Record<string, string | undefined>) => addressOf('/talent', { ...query, ...change })
    const columns: Column<StudioRow>[] = [
      {
        key: 'name',
        head: t('talent.studio.name'),
        cell: (row) => <Link href={addressOf(`/talent/${row.id}`, { asOf: query.asOf }) as never}>{row.name}</Link>,
      },
      { key: 'level', head: t('talent.studio.level'), kind: 'nowrap', cell: (row) => t(`talent.level.${row.level}`) },
      {
        key: 'kind',
        head: t('talent.studio.kind'),
        kind: 'nowrap',
        cell: (row) =>
          row.subject
            ? t('talent.studio.kindOfSubject', {
                kind: t(`talent.kind.${row.kind}`),
                subject: t(`vocabulary.subject.${row.subject}`),
              })
            : t(`talent.kind.${row.kind}`),
      },
      {
        key: 'host',
        head: t('talent.studio.host'),
        kind: 'nowrap',
        cell: (row) => row.hostName ?? t('talent.studio.vacant'),
      },
      { key: 'school', head: t('talent.studio.school'), cell: (row) => row.hostSchool ?? '—' },
      {
        key: 'cycle',
        head: t('talent.studio.cycle'),
        kind: 'nowrap',
        cell: (row) => formatPeriod(row.during, t.locale),
      },
      {
        key: 'members',
        head: t('talent.studio.members'),
        kind: 'num',
        cell: (row) => <Link href={addressOf(`/talent/${row.id}`, { asOf: query.asOf }) as never}>{row.members}</Link>,
      },
    ]
    return (
      <Screen
        title={t('talent.title')}
        tools={
          <>
            {mayUse(actor, 'import.batch.upload') && actor.role === 'bureau_hr' && (
              <ButtonLink href="/imports">{t('import.page.title')}</ButtonLink>
            )}
            {mayUse(actor, 'talent.studio.export') && (
              <ExportDialog
                t={t}
                area="talent"
                action="/api/talent/export"
                filter={addressOf('', query).replace(/^\?/, '')}
              />
            )}
            {mayUse(actor, 'talent.studio.create') && (
              <ButtonLink href="/talent/new" kind="primary">
                {t('talent.studio.new')}
              </ButtonLink>
            )}
          </>
        }
      >
        {mayUse(actor, 'import.batch.upload') && actor.role === 'bureau_hr' && <DropAnywhere labels={dropLabels(t)} />}
        <Tabs
          label={t('talent.views')}
          items={[
            { text: t('talent.viewList'), href: here({ view: undefined }), current: query.view === 'list' },
            { text: t('talent.viewSchools'), href: here({ view: 'schools' }), current: query.view === 'schools' },
          ]}
        />
        {query.view === 'schools' ? (
          <StudioSchools t={t} rows={bySchool} asOf={query.asOf} />
        ) : (
          <>
            <QueryForm t={t} path="/talent" keep={{ asOf: query.asOf }}>
              <QueryText
                name="who"
                label={t('talent.query.who')}
                value={query.who}
                placeholder={t('talent.query.whoHint')}
              />
              <QuerySelect
                name="level"
                label={t('talent.studio.level')}
                value={query.level}
                all={t('talent.query.all')}
                options={STUDIO_LEVELS.map((value) => ({ value, text: t(`talent.level.${value}`) }))}
              />
              <QuerySelect
                name="kind"
                label={t('talent.studio.kind')}
                value={query.kind}
                all={t('talent.query.all')}
                options={Object.keys(STUDIO_KINDS).map((value) => ({ value, text: t(`talent.kind.${value}`) }))}
              />
              <QuerySelect
                name="school"
                label={t('talent.query.school')}
                value={query.school}
                all={t('talent.query.all')}
                options={schools.map(({ id, name }) => ({ value: id, text: name }))}
              />
              <QuerySelect
                name="time"
                label={t('talent.query.time')}
                value={query.time}
                options={STUDIO_TIMES.map((value) => ({ value, text: t(`talent.time.${value}`) }))}
              />
            </QueryForm>
            <DataTable
              label={t('talent.title')}
              columns={columns}
              rows={studios}
              rowKey={(row) => row.id}
              cards
              empty={<EmptyState title={t('talent.empty.title')} text={t('talent.empty.text')} />}
            />
            {studios.length > 0 && (
              <TableFoot
                t={t}
                total={studios.length}
                page={1}
                size={50}
                href={() => here({})}
                summary={t('talent.total', {
                  count: studios.length,
                  members: studios.reduce((sum, row) => sum + row.members, 0),
                })}
              />
            )}
          </>
        )}
      </Screen>
    )
  },
})
