import { LinePlot } from '@/app/_domain/charts/line-plot.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import { levelName, progressOf } from '@/lib/rotation/scenarios/progress.ts'

/** How the distance between the best plan and what is still possible closed, level by level. */
export function GapPicture({ t, view }: { t: Translate; view: ScenarioView }) {
  const { trail, elapsed, firstPlanAt } = progressOf(view.row.progress)
  // In percent of the bound: levels have units of their own, so only the share is comparable.
  const share = (incumbent: number, bound: number) => (Math.abs(incumbent - bound) * 100) / Math.max(1, Math.abs(bound))
  const points = trail.flatMap(({ level, elapsed: at, bound, incumbent }) =>
    // The fixed order of level 5 has no meaning beyond making the plan unique.
    level > 4 || bound === null || incumbent === null
      ? []
      : [{ level, at, gap: share(incumbent, bound), bound, incumbent }],
  )
  if (points.length === 0) return null
  const levels = [...new Set(points.map(({ level }) => level))]
  return (
    <Card>
      <LinePlot
        t={t}
        text={{
          title: t('plan.gap.title', { seconds: elapsed, first: firstPlanAt ?? 0 }),
          note: t('plan.gap.note'),
        }}
        formatX={(value) => t('plan.gap.seconds', { seconds: value })}
        formatY={(value) => `${Number(value.toFixed(2))} %`}
        lines={levels.map((level) => ({
          key: String(level),
          name: t(`planner.level.${levelName(level)}`),
          stepped: true,
          points: points.filter((point) => point.level === level).map(({ at, gap }) => ({ x: at, y: gap })),
        }))}
        table={{
          head: [
            { text: t('plan.gap.at'), num: true },
            { text: t('plan.level.name') },
            { text: t('plan.level.value'), num: true },
            { text: t('plan.level.bound'), num: true },
          ],
          rows: points.map((point, at) => ({
            key: String(at),
            cells: [
              { text: point.at.toFixed(1) },
              { text: t(`planner.level.${levelName(point.level)}`) },
              { text: formatCount(point.incumbent) },
              { text: formatCount(point.bound) },
            ],
          })),
        }}
      />
    </Card>
  )
}
