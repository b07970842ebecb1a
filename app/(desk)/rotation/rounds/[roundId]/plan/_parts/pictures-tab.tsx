import { DotPlot } from '@/app/_domain/charts/dot-plot.tsx'
import { FlowChart } from '@/app/_domain/charts/flow-chart.tsx'
import { PlaneMap } from '@/app/_domain/charts/plane-map.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import { INDICATORS } from '@/lib/rules/equity/indicators.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import { GapPicture } from './gap-picture.tsx'

/** Before/after per school, who goes where, the map, and how the gap closed while solving (ux.md §5). */
export function PicturesTab({ t, view, path }: { t: Translate; view: ScenarioView; path: string }) {
  const name = (code: string) => view.place(code).name
  const backbone = INDICATORS.find(({ key }) => key === 'backbone')!
  const stages = (['P', 'J'] as const).flatMap((stage) => {
    const units = view.effects.units.filter((unit) => unit.stage === stage && unit.pupils > 0)
    if (units.length === 0) return []
    const threshold = backbone.threshold[stage].num / backbone.threshold[stage].den
    const per100 = (count: number, pupils: number) => (count * 100) / pupils
    const below = (pick: 'backbone' | 'backboneAfter') =>
      units.filter((unit) => per100(unit[pick], unit.pupils) < threshold).length
    const cv = view.solved?.equity.find((one) => one.id === 'backbone' && one.stage === stage)
    return [{ stage, units, threshold, per100, before: below('backbone'), after: below('backboneAfter'), cv }]
  })
  const flows = [...groupBy(view.lines, ({ from, to, subject }) => `${from} ${to} ${subject}`).values()]
  const pairs = [...groupBy(view.lines, ({ from, to }) => `${from} ${to}`).values()]
  const at = (from: string) => `${path}?tab=moves&school=${from}`
  const located = view.instance.schools.flatMap(({ id }) => {
    const { position, name: school } = view.place(id)
    const effect = view.effects.schools.find((one) => one.school === id)
    return position && effect ? [{ id, name: school, ...position, change: effect.in - effect.out, href: at(id) }] : []
  })
  return (
    <>
      {stages.map(({ stage, units, threshold, per100, before, after, cv }) => (
        <Card key={stage}>
          <DotPlot
            t={t}
            text={{
              title: t('plan.dots.title', {
                stage: t(`vocabulary.stage.${stage}`),
                before,
                after,
                threshold: threshold.toFixed(2),
                cvBefore: cv?.cv_before?.toFixed(4) ?? '—',
                cvAfter: cv?.cv_after?.toFixed(4) ?? '—',
              }),
              note: t('plan.dots.note'),
            }}
            threshold={{ value: threshold, label: t('plan.dots.threshold', { value: threshold.toFixed(2) }) }}
            schools={units.map((unit) => ({
              key: unit.school,
              name: name(unit.school),
              before: per100(unit.backbone, unit.pupils),
              after: per100(unit.backboneAfter, unit.pupils),
              href: at(unit.school),
            }))}
          />
        </Card>
      ))}
      {view.lines.length > 0 && (
        <Card>
          <FlowChart
            t={t}
            text={{
              title: t('plan.flow.title', { moves: view.lines.length, pairs: pairs.length }),
              note: t('plan.flow.note'),
            }}
            flows={flows.map((lines) => {
              const { from, to, subject } = lines[0]!
              return {
                from: { id: from, name: name(from) },
                to: { id: to, name: name(to) },
                kind: subject,
                kindName: label(t, 'subject', subject),
                count: lines.length,
                href: at(from),
              }
            })}
            hrefOf={(from) => at(from)}
          />
        </Card>
      )}
      {located.length > 1 && (
        <Card>
          <PlaneMap
            t={t}
            text={{
              title: t('plan.map.title', {
                km: (view.lines.reduce((sum, { hm }) => sum + hm, 0) / 10 / Math.max(1, view.lines.length)).toFixed(1),
                farthest: (Math.max(0, ...view.lines.map(({ hm }) => hm)) / 10).toFixed(1),
              }),
              note: t('plan.map.note'),
            }}
            words={{
              more: t('plan.map.more'),
              less: t('plan.map.less'),
              same: t('plan.map.same'),
              scale: t('plan.map.scale'),
            }}
            schools={located}
            flows={pairs.map((lines) => ({
              from: lines[0]!.from,
              to: lines[0]!.to,
              count: lines.length,
              href: at(lines[0]!.from),
            }))}
            table={{
              head: [
                { text: t('chart.flow.from') },
                { text: t('chart.flow.to') },
                { text: t('chart.flow.count'), num: true },
                { text: t('plan.map.km'), num: true },
              ],
              rows: pairs.map((lines) => ({
                key: `${lines[0]!.from} ${lines[0]!.to}`,
                cells: [
                  { text: name(lines[0]!.from) },
                  { text: name(lines[0]!.to) },
                  { text: String(lines.length), href: at(lines[0]!.from) },
                  { text: (lines[0]!.hm / 10).toFixed(1) },
                ],
              })),
            }}
          />
        </Card>
      )}
      <GapPicture t={t} view={view} />
    </>
  )
}
