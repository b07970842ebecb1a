import type { Translate } from '@/lib/i18n/translate.ts'
import { Chart, type ChartTable, type ChartText } from './chart.tsx'
import { FlowMatrix } from './flow-matrix.tsx'
import { FlowRibbons } from './flow-ribbons.tsx'
import type { SchoolFlow } from './school-flow.ts'

/** Ribbons hold this many flows; beyond that a matrix is clearer (ux.md §5). */
export const MOST_RIBBONS = 25

/** Who goes where: schools on two sides with ribbons by subject, or from × to when there are many flows. */
export function FlowChart({
  t,
  text,
  flows,
  hrefOf,
}: {
  t: Translate
  text: ChartText
  flows: SchoolFlow[]
  /** Address of everybody who moved from one school to another, all subjects together. */
  hrefOf: (from: string, to: string) => string
}) {
  const table: ChartTable = {
    head: [
      { text: t('chart.flow.from') },
      { text: t('chart.flow.to') },
      { text: t('chart.flow.kind') },
      { text: t('chart.flow.count'), num: true },
    ],
    rows: flows.map((flow) => ({
      key: `${flow.from.id} ${flow.to.id} ${flow.kind}`,
      cells: [
        { text: flow.from.name },
        { text: flow.to.name },
        { text: flow.kindName },
        { text: String(flow.count), href: flow.href },
      ],
    })),
  }
  const many = flows.length > MOST_RIBBONS
  return (
    <Chart t={t} text={text} table={table} minWidth={many ? undefined : 560}>
      {many ? (
        <FlowMatrix t={t} label={text.title} flows={flows} hrefOf={hrefOf} />
      ) : (
        <FlowRibbons label={text.title} flows={flows} />
      )}
    </Chart>
  )
}
