import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount, formatShare } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { ScenarioId } from '@/lib/rotation/inputs/scenarios.ts'
import { roundById } from '@/lib/rotation/queries/rounds.ts'
import { compareScenarios, type ScenarioComparison } from '@/lib/rotation/queries/scenario-compare.ts'
import type { PlanEquity } from '@/lib/rules/planner/format.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { relationAfter } from '../_parts/relation-after.ts'

const ids = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(idSchema<ScenarioId>()).max(8).catch([]),
)

export default definePage('rotation.scenario.compare', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  query: z.object({ s: ids }),
  load: async (tx, { params, query }) => {
    const round = await roundById(tx, params.roundId)
    return round ? { round, found: await compareScenarios(tx, params.roundId, query.s) } : null
  },
  view: ({ round, found }, { t }) => {
    const path = `/rotation/rounds/${round.id}/plan`
    return (
      <Screen
        title={t('plan.compare.title')}
        crumbs={[
          { text: round.name, href: `/rotation/rounds/${round.id}` },
          { text: t('plan.crumb.plan'), href: path },
        ]}
      >
        {found === null ? (
          <EmptyState title={t('plan.compare.few')} text={t('plan.compare.fewText')} />
        ) : (
          <Comparison t={t} found={found} path={path} />
        )}
      </Screen>
    )
  },
})

function Comparison({ t, found, path }: { t: Translate; found: ScenarioComparison; path: string }) {
  const { views } = found
  const heads = views.map(({ row }) => (
    <Link key={row.id} href={`${path}/${row.id}` as never}>
      {row.name}
    </Link>
  ))
  const ranks = [...new Set(views.flatMap(({ lines }) => lines.map(({ rank }) => rank)))]
    .filter((rank) => rank > 0)
    .sort()
  const figures: { key: string; text: string; cells: string[] }[] = [
    { key: 'moves', text: t('plan.result.moves'), cells: views.map(({ lines }) => formatCount(lines.length)) },
    ...(['A', 'B', 'C'] as const).map((reading) => ({
      key: reading,
      text: t(`plan.reading.${reading}`),
      cells: views.map(({ solved }) =>
        formatShare({ num: solved!.counts[reading][0], den: solved!.counts[reading][1] }, t.locale),
      ),
    })),
    ...(['P', 'J'] as const).flatMap((stage) => {
      const of = (pick: (one: PlanEquity, at: number) => number | null) =>
        views.map(({ solved }, index) => {
          const one = solved!.equity.find(({ id, stage: at }) => id === 'backbone' && at === stage)
          return (one && pick(one, index))?.toFixed(4) ?? '—'
        })
      const name = t(`vocabulary.stage.${stage}`)
      return [
        { key: `${stage}before`, text: t('plan.compare.cvBefore', { stage: name }), cells: of((one) => one.cv_before) },
        { key: `${stage}after`, text: t('plan.compare.cvAfter', { stage: name }), cells: of((one) => one.cv_after) },
        {
          key: `${stage}relation`,
          text: t('plan.compare.cvRelation', { stage: name }),
          cells: of((one, at) => relationAfter(one, found.relation[at]!)),
        },
      ]
    }),
    {
      key: 'shortage',
      text: t('plan.compare.shortage'),
      cells: views.map(({ effects }) => formatCount(effects.schools.reduce((sum, one) => sum + one.shortageAfter, 0))),
    },
    {
      key: 'km',
      text: t('plan.result.km'),
      cells: views.map(({ lines }) => (lines.reduce((sum, { hm }) => sum + hm, 0) / 10).toFixed(1)),
    },
    ...ranks.map((rank) => ({
      key: `wish${rank}`,
      text: t('plan.compare.wish', { rank }),
      cells: views.map(({ lines }) => formatCount(lines.filter((line) => line.rank === rank).length)),
    })),
    {
      key: 'proof',
      text: t('plan.compare.proof'),
      cells: views.map(({ solved }) =>
        t(solved!.status === 'optimal' ? 'plan.level.proven' : 'plan.compare.notProven'),
      ),
    },
  ]
  const perScenario = <R,>(kind: 'num' | 'text', cell: (row: R, at: number) => string) =>
    views.map(({ row }, at) => ({ key: row.id, head: heads[at], kind, cell: (one: R) => cell(one, at) }))
  return (
    <>
      <Card title={t('plan.compare.figures')}>
        <DataTable
          label={t('plan.compare.figures')}
          compact
          rows={figures}
          rowKey={({ key }) => key}
          columns={[
            { key: 'what', head: t('plan.compare.figure'), cell: ({ text }) => text },
            ...perScenario<(typeof figures)[number]>('num', (row, at) => row.cells[at] ?? '—'),
          ]}
          empty={null}
        />
        {(['P', 'J'] as const).map((stage) =>
          found.sorted[stage].before.length === 0 ? null : (
            <p key={stage} className="small">
              {views
                .map(({ row }, at) =>
                  t(`plan.compare.lorenz.${found.sorted[stage].lorenz[at]}`, {
                    name: row.name,
                    stage: t(`vocabulary.stage.${stage}`),
                  }),
                )
                .join(' ')}
            </p>
          ),
        )}
      </Card>
      <Card title={t('plan.compare.people', { count: found.people.length })}>
        <DataTable
          label={t('plan.compare.people', { count: found.people.length })}
          compact
          tall={found.people.length > 30}
          rows={found.people}
          rowKey={({ teacherId }) => teacherId}
          columns={[
            { key: 'who', head: t('plan.moves.person'), kind: 'nowrap', cell: ({ name }) => name },
            { key: 'from', head: t('plan.compare.from'), cell: ({ from }) => from },
            ...perScenario<(typeof found.people)[number]>('text', ({ to }, at) => to[at] ?? t('plan.compare.stays')),
          ]}
          empty={<p className="empty">{t('plan.compare.same')}</p>}
        />
      </Card>
      <Card title={t('plan.compare.schools')}>
        <DataTable
          label={t('plan.compare.schools')}
          compact
          rows={found.schools}
          rowKey={({ school }) => school}
          columns={[
            { key: 'school', head: t('plan.moves.school'), kind: 'nowrap', cell: ({ name }) => name },
            ...perScenario<(typeof found.schools)[number]>('text', (one, at) =>
              t('plan.compare.schoolCell', {
                staff: one.staff[at] ?? 0,
                shortage: one.shortage[at] ?? 0,
                primary: one.per100.P[at]?.toFixed(2) ?? '—',
                junior: one.per100.J[at]?.toFixed(2) ?? '—',
              }),
            ),
          ]}
          empty={null}
        />
      </Card>
      {(['P', 'J'] as const).map((stage) => {
        const list = found.sorted[stage]
        if (list.before.length === 0) return null
        return (
          <Card key={stage} title={t('plan.compare.sorted', { stage: t(`vocabulary.stage.${stage}`) })}>
            <DataTable
              label={t('plan.compare.sorted', { stage: t(`vocabulary.stage.${stage}`) })}
              compact
              rows={list.before.map((before, at) => ({ at, before }))}
              rowKey={({ at }) => String(at)}
              columns={[
                { key: 'at', head: t('plan.compare.place'), kind: 'num', cell: ({ at }) => at + 1 },
                { key: 'before', head: t('plan.compare.before'), kind: 'num', cell: ({ before }) => before.toFixed(2) },
                ...perScenario<{ at: number; before: number }>(
                  'num',
                  ({ at }, which) => list.after[which]?.[at]?.toFixed(2) ?? '—',
                ),
              ]}
              empty={null}
            />
          </Card>
        )
      })}
    </>
  )
}
