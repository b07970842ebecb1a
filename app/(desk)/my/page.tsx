import { z } from 'zod'
import { RecordLanes } from '@/app/_domain/record-lanes.tsx'
import { Timeline } from '@/app/_domain/timeline.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { ButtonLink, Card, EmptyState, Screen, Tabs } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import { listCorrections } from '@/lib/register/queries/corrections.ts'
import { teacherQuery } from '@/lib/register/queries/teacher-query.ts'
import { teacherView } from '@/lib/register/queries/teacher-view.ts'
import { whoLooked } from '@/lib/register/queries/who-looked.ts'
import { askedExchanges } from '@/lib/rotation/queries/exchanges.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { ChangesTable } from '../teachers/[teacherId]/_parts/changes.tsx'
import { PersonFacts } from '../teachers/[teacherId]/_parts/person-facts.tsx'
import { CorrectionCard } from '../teachers/corrections/_parts/correction-card.tsx'
import { AskForm } from './_parts/ask-form.tsx'

const TABS = ['facts', 'record', 'corrections', 'changes', 'looked'] as const

export default definePage('register.my.view', {
  query: z.object({ tab: z.enum(TABS).catch('facts'), asOf: teacherQuery.shape.asOf }),
  load: async (tx, { actor, query }) => {
    const { teacherId } = actor
    if (!teacherId) return { view: null, looks: [], corrections: [], asked: 0 }
    return {
      view: await teacherView(tx, actor, teacherId, query.asOf ?? actor.today),
      looks: query.tab === 'looked' ? await whoLooked(tx, teacherId) : [],
      asked: await askedExchanges(tx, actor),
      corrections: query.tab === 'corrections' ? await listCorrections(tx, actor, { teacherId }) : [],
    }
  },
  view: ({ view, looks, corrections, asked }, { actor, query, t, session }) => {
    const { timeZone } = session.district
    if (!view)
      return (
        <Screen title={t('register.my.title')}>
          <Card>
            <EmptyState title={t('register.my.none')} text={t('register.my.noneHint')} />
          </Card>
        </Screen>
      )
    return (
      <Screen
        title={t('register.my.title')}
        foot={[view.row.name, view.on]}
        tools={
          <>
            {asked > 0 && (
              <ButtonLink href="/my/exchanges" kind="primary">
                {t('plan.my.open', { count: asked })}
              </ButtonLink>
            )}
            {mayUse(actor, 'rotation.papers.mine') && (
              <ButtonLink href="/my/papers">{t('document.mine.title')}</ButtonLink>
            )}
          </>
        }
      >
        <Tabs
          label={t('register.my.title')}
          items={TABS.map((tab) => ({
            text: t(`register.my.tab.${tab}`),
            href: tab === 'facts' ? '/my' : `/my?tab=${tab}`,
            current: tab === query.tab,
          }))}
        />
        {query.tab === 'facts' && <PersonFacts t={t} actor={actor} view={view} own />}
        {query.tab === 'record' && (
          <Card title={t('register.record.title')}>
            <RecordLanes t={t} entries={view.record} on={view.on} />
            <Timeline t={t} entries={view.record} on={view.on} />
          </Card>
        )}
        {query.tab === 'corrections' && (
          <>
            <AskForm t={t} />
            {corrections.map((row) => (
              <CorrectionCard key={row.id} t={t} actor={actor} row={row} timeZone={timeZone} />
            ))}
          </>
        )}
        {query.tab === 'changes' && <ChangesTable t={t} changes={view.changes} timeZone={timeZone} />}
        {query.tab === 'looked' && (
          <Card title={t('register.my.looked')}>
            <DataTable
              label={t('register.my.looked')}
              cards
              columns={[
                {
                  key: 'at',
                  head: t('register.change.at'),
                  kind: 'nowrap',
                  cell: (row) => formatMoment(row.at, timeZone),
                },
                {
                  key: 'by',
                  head: t('register.change.by'),
                  cell: (row) => `${row.by} · ${t(`platform.role.${row.role}`)}`,
                },
                { key: 'what', head: t('register.change.what'), cell: (row) => t(`teacher.field.${row.subject}`) },
                {
                  key: 'reason',
                  head: t('register.change.reason'),
                  cell: (row) => `${t(`teacher.reveal.kind.${row.reasonKind}`)} · ${row.reason}`,
                },
              ]}
              rows={looks}
              rowKey={(row) => row.id}
              empty={<EmptyState title={t('register.my.lookedNone')} text={t('register.my.lookedHint')} />}
            />
          </Card>
        )}
      </Screen>
    )
  },
})
