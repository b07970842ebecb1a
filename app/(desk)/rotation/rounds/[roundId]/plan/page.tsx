import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ButtonLink, Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount, formatMoment, formatSchoolYear } from '@/lib/i18n/format.ts'
import { roundById } from '@/lib/rotation/queries/rounds.ts'
import { listOpened, listScenarios } from '@/lib/rotation/queries/scenarios.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { RoundTabs } from '../../../_parts/round-tabs.tsx'
import { LevelCells } from './_parts/levels.tsx'
import { OpenInstance } from './_parts/open-instance.tsx'
import { ScenarioState } from './_parts/state.tsx'

export default definePage('rotation.scenario.list', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  load: async (tx, { params }) => {
    const round = await roundById(tx, params.roundId)
    if (!round) return null
    return { round, rows: await listScenarios(tx, params.roundId), opened: await listOpened(tx) }
  },
  view: ({ round, rows, opened }, { actor, session, t }) => {
    const path = `/rotation/rounds/${round.id}/plan`
    const mayPlan = mayUse(actor, 'rotation.scenario.create') && round.state === 'open' && round.kind === 'regular'
    const cv = (row: (typeof rows)[number], stage: 'P' | 'J') => {
      const found = row.cv.find((one) => one.id === 'backbone' && one.stage === stage)
      return found?.cv_after == null ? '—' : `${found.cv_before?.toFixed(4) ?? '—'} → ${found.cv_after.toFixed(4)}`
    }
    return (
      <Screen
        title={t('plan.list.title', { round: round.name })}
        crumbs={[
          { text: t('plan.crumb.rounds'), href: '/rotation' },
          { text: round.name, href: `/rotation/rounds/${round.id}` },
          { text: formatSchoolYear(round.year, t.locale) },
        ]}
        tools={
          mayPlan && (
            <ButtonLink href={`${path}/new`} kind="primary">
              {t('plan.new.open')}
            </ButtonLink>
          )
        }
      >
        <RoundTabs t={t} actor={actor} roundId={round.id} current="plan" />
        <p className="noted">{t('plan.list.about')}</p>
        <form action={`${path}/compare`} method="get">
          {rows.length > 1 && (
            <div className="selection no-print">
              <span>{t('plan.compare.pick')}</span>
              <button className="button" type="submit">
                {t('plan.compare.open')}
              </button>
            </div>
          )}
          <DataTable
            label={t('plan.list.heading')}
            rows={rows}
            rowKey={(row) => row.id}
            cards
            lead={
              rows.length > 1
                ? {
                    head: '',
                    cell: (row) => (
                      <input
                        type="checkbox"
                        name="s"
                        value={row.id}
                        aria-label={t('plan.compare.choose', { name: row.name })}
                      />
                    ),
                  }
                : undefined
            }
            columns={[
              {
                key: 'name',
                head: t('plan.list.name'),
                kind: 'clip',
                cell: (row) => (
                  <Link href={`${path}/${row.id}` as never} title={row.name}>
                    {row.name}
                  </Link>
                ),
              },
              { key: 'state', head: t('plan.list.state'), cell: (row) => <ScenarioState t={t} row={row} /> },
              {
                key: 'moves',
                head: t('plan.list.moves'),
                kind: 'num',
                cell: (row) => (row.counts ? formatCount(row.moves) : '—'),
              },
              {
                key: 'levels',
                head: t('plan.list.levels'),
                cell: (row) => <LevelCells t={t} levels={row.levels} />,
              },
              { key: 'cvp', head: t('plan.list.cvP'), cell: (row) => cv(row, 'P') },
              { key: 'cvj', head: t('plan.list.cvJ'), cell: (row) => cv(row, 'J') },
              {
                key: 'based',
                head: t('plan.list.basedOn'),
                cell: (row) => rows.find(({ id }) => id === row.basedOn)?.name ?? '—',
              },
              {
                key: 'by',
                head: t('plan.list.made'),
                cell: (row) => (
                  <>
                    <span className="nowrap">{row.createdByName}</span>{' '}
                    <span className="nowrap small muted">{formatMoment(row.createdAt, session.district.timeZone)}</span>
                  </>
                ),
              },
            ]}
            empty={
              <EmptyState
                title={t('plan.list.none')}
                text={round.state === 'open' ? t('plan.list.noneText') : t('plan.list.notOpen')}
                next={mayPlan ? <ButtonLink href={`${path}/new`}>{t('plan.new.open')}</ButtonLink> : undefined}
              />
            }
          />
        </form>
        {mayUse(actor, 'rotation.scenario.open') && (
          <Card title={t('plan.opened.title')}>
            <p className="muted">{t('plan.opened.about')}</p>
            {opened.length > 0 && (
              <DataTable
                label={t('plan.opened.title')}
                compact
                rows={opened}
                rowKey={(row) => row.id}
                columns={[
                  {
                    key: 'name',
                    head: t('plan.list.name'),
                    cell: (row) => <Link href={`/rotation/scenarios/${row.id}` as never}>{row.name}</Link>,
                  },
                  { key: 'state', head: t('plan.list.state'), cell: (row) => <ScenarioState t={t} row={row} /> },
                  {
                    key: 'levels',
                    head: t('plan.list.levels'),
                    cell: (row) => <LevelCells t={t} levels={row.levels} />,
                  },
                ]}
                empty={null}
              />
            )}
            <OpenInstance
              address={`${path}/open`}
              labels={{
                name: t('plan.list.name'),
                instance: t('plan.opened.instance'),
                result: t('plan.opened.result'),
                submit: t('plan.opened.submit'),
                failed: t('plan.opened.failed'),
              }}
            />
          </Card>
        )}
      </Screen>
    )
  },
})
