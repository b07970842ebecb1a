import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { PlanLevel } from '@/lib/rules/planner/format.ts'

type Level = Pick<PlanLevel, 'level' | 'name' | 'value' | 'bound' | 'gap'>

/** Values of the levels in one line, an open gap beside its value. */
export function LevelCells({
  t,
  levels,
}: {
  t: Translate
  levels: readonly { level: number; value: number; gap: number | null }[]
}) {
  if (levels.length === 0) return <>—</>
  const text = levels
    .slice(0, 4)
    .map(({ level, value, gap }) => {
      // the fourth is the length of the roads, in hundreds of metres
      const shown = level === 4 ? t('plan.level.km', { km: (value / 10).toFixed(1) }) : formatCount(value)
      return gap === 0 ? shown : t('plan.level.withGap', { value: shown, gap: gap ?? '?' })
    })
    .join(' · ')
  return <span className="nowrap">{text}</span>
}

/** The five levels with value, bound and gap (planner.md §6). */
export function LevelTable({ t, levels }: { t: Translate; levels: readonly (Level & { seconds: number })[] }) {
  const shown = ({ name }: Level, value: number) =>
    name === 'distance' ? t('plan.level.km', { km: (value / 10).toFixed(1) }) : formatCount(value)
  return (
    <DataTable
      label={t('plan.level.heading')}
      compact
      rows={[...levels]}
      rowKey={(level) => level.name}
      columns={[
        {
          key: 'name',
          head: t('plan.level.name'),
          cell: (level) => `${level.level} ${t(`planner.level.${level.name}`)}`,
        },
        { key: 'value', head: t('plan.level.value'), kind: 'num', cell: (level) => shown(level, level.value) },
        {
          key: 'bound',
          head: t('plan.level.bound'),
          kind: 'num',
          cell: (level) => (level.bound === null ? '—' : shown(level, level.bound)),
        },
        {
          key: 'gap',
          head: t('plan.level.gap'),
          cell: (level) => (level.gap === 0 ? t('plan.level.proven') : t('plan.level.open', { gap: level.gap ?? '?' })),
        },
        { key: 'what', head: t('plan.level.what'), cell: (level) => t(`plan.level.means.${level.name}`) },
      ]}
      empty={null}
    />
  )
}
