import { Card, Stat } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount, formatShare } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { RelationCvs } from '@/lib/rotation/queries/round-equity.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import type { SolvedPlan } from '@/lib/rules/planner/format.ts'
import { LevelTable } from './levels.tsx'
import { relationAfter } from './relation-after.ts'

/** Levels, quotas in three readings and CVs of a solved scenario (planner.md §6). */
export function ResultTab({
  t,
  view,
  solved,
  relation,
}: {
  t: Translate
  view: ScenarioView
  solved: SolvedPlan
  relation: RelationCvs | null
}) {
  const { counts, equity } = solved
  const { policy } = view.instance
  const kilometres = view.lines.reduce((sum, { hm }) => sum + hm, 0) / 10
  const wished = view.lines.filter(({ rank }) => rank > 0).length
  const cv = (value: number | null) => (value === null ? t('plan.cv.none') : value.toFixed(4))
  const readings = (['A', 'B', 'C'] as const).map((reading) => ({
    reading,
    pair: counts[reading],
    binds: policy.backbone_reading === reading,
  }))
  return (
    <>
      <div className="stats" style={{ marginBottom: 12 }}>
        <Stat label={t('plan.result.moves')} value={formatCount(view.lines.length)} href="?tab=moves" />
        <Stat
          label={t('plan.result.backbone')}
          value={formatCount(view.lines.filter(({ backbone }) => backbone).length)}
          href="?tab=moves&backbone=yes"
        />
        <Stat label={t('plan.result.wished')} value={formatCount(wished)} href="?tab=moves&wished=yes" />
        <Stat label={t('plan.result.km')} value={kilometres.toFixed(1)} />
        <Stat
          label={t('plan.result.cycles')}
          value={formatCount(view.chains.filter(({ kind }) => kind === 'cycle').length)}
          href="?tab=chains"
        />
      </div>
      <Card title={t('plan.level.heading')}>
        <LevelTable t={t} levels={solved.levels} />
        <p className="muted small">
          {t(solved.status === 'optimal' ? 'plan.result.proven' : 'plan.result.notProven', {
            solver: `${solved.solver.name} ${solved.solver.version}`,
          })}
        </p>
      </Card>
      <div className="columns">
        <Card title={t('plan.quota.heading')}>
          <DataTable
            label={t('plan.quota.heading')}
            compact
            rows={[
              {
                key: 'total',
                text: t('plan.quota.total'),
                share: formatShare({ num: counts.R, den: counts.E }, t.locale),
                verdict: t(counts.R >= counts.need_R ? 'plan.quota.met' : 'plan.quota.short', {
                  need: counts.need_R,
                  by: Math.abs(counts.R - counts.need_R),
                }),
              },
              ...readings.map(({ reading, pair: [num, den], binds }) => ({
                key: reading,
                text: t(binds ? 'plan.quota.binding' : 'plan.quota.reference', {
                  reading: t(`plan.reading.${reading}`),
                }),
                share: formatShare({ num, den }, t.locale),
                verdict: binds
                  ? t(counts.RB >= counts.need_RB ? 'plan.quota.met' : 'plan.quota.short', {
                      need: counts.need_RB,
                      by: Math.abs(counts.RB - counts.need_RB),
                    })
                  : '',
              })),
            ]}
            rowKey={(row) => row.key}
            columns={[
              { key: 'text', head: t('plan.quota.measure'), cell: (row) => row.text },
              { key: 'share', head: t('plan.quota.share'), kind: 'nowrap', cell: (row) => row.share },
              { key: 'verdict', head: t('plan.quota.verdict'), cell: (row) => row.verdict },
            ]}
            empty={null}
          />
          <p className="muted small">
            {t('plan.quota.parts', {
              moves: view.lines.length,
              continuing: policy.continuing.R,
              continuingBackbone: policy.continuing.RB,
              extra: policy.extra_eligible.E,
              volunteers: counts.V,
            })}
          </p>
        </Card>
        <Card title={t('plan.cv.heading')}>
          <DataTable
            label={t('plan.cv.heading')}
            compact
            rows={equity}
            rowKey={(one) => `${one.id}${one.stage}`}
            columns={[
              {
                key: 'what',
                head: t('plan.cv.indicator'),
                kind: 'nowrap',
                cell: (one) => `${t(`vocabulary.stage.${one.stage}`)} · ${t(`plan.indicator.${one.id}`)}`,
              },
              { key: 'before', head: t('plan.cv.before'), kind: 'num', cell: (one) => cv(one.cv_before) },
              {
                key: 'after',
                head: t('plan.cv.workplace'),
                kind: 'num',
                cell: (one) => <strong>{cv(one.cv_after)}</strong>,
              },
              {
                key: 'relation',
                head: t('plan.cv.relation'),
                kind: 'num',
                cell: (one) => cv(relationAfter(one, relation)),
              },
              {
                key: 'driver',
                head: t('plan.cv.driver'),
                cell: (one) => (one.driver_after ? view.place(one.driver_after).name : '—'),
              },
            ]}
            empty={<p className="muted">{t('plan.cv.noIndicator')}</p>}
          />
          <p className="muted small">{t('plan.cv.note')}</p>
        </Card>
      </div>
    </>
  )
}
