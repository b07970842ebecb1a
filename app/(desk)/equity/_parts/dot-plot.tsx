import type { SchoolValue } from '@/lib/equity/queries/school-values.ts'
import type { Translate } from '@/lib/i18n/translate.ts'

export interface Lane {
  label: string
  values: SchoolValue[]
  filled: boolean
}

const WIDTH = 1100
const LEFT = 84
const RIGHT = 28
const RADIUS = 5
const STACK = 11
/** Schools named under a lane, and how far under it. */
const NAMED = 5
const NAMES_BELOW = 30
/** Long names of town schools need a third of the width: three a line, two lines. */
const NAMES_A_LINE = 3
const NAME_WIDTH = 330
const LINE = 18
/** Grid lines and the threshold pass behind the names. */
const HALO = { paintOrder: 'stroke', stroke: 'var(--paper)', strokeWidth: 5 } as const

/** Dots that would lie on each other are stacked; the lane is as high as its tallest stack. */
function stacked(values: SchoolValue[], x: (value: number) => number) {
  const placed: { school: SchoolValue; x: number; level: number }[] = []
  for (const school of values) {
    if (school.value === null) continue
    const at = x(school.value)
    let level = 0
    while (placed.some((dot) => dot.level === level && Math.abs(dot.x - at) < RADIUS * 2)) level += 1
    placed.push({ school, x: at, level })
  }
  return placed
}

const niceStep = (span: number): number => {
  const raw = span / 6
  const power = 10 ** Math.floor(Math.log10(raw))
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= raw) ?? power
}

/** One dot a school on a line for each basis, the threshold as a line, the lowest five marked and named below it; each dot opens its school. */
export function DotPlot({
  lanes,
  threshold,
  title,
  unit,
  href,
  shown,
  t,
}: {
  lanes: Lane[]
  threshold: number
  title: string
  unit: string
  href: (schoolId: string) => string
  shown: (value: number) => string
  t: Translate
}) {
  const all = lanes.flatMap(({ values }) => values.flatMap(({ value }) => value ?? []))
  const most = Math.max(threshold, ...all) * 1.05 || 1
  const x = (value: number) => LEFT + (value / most) * (WIDTH - LEFT - RIGHT)
  const step = niceStep(most)
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step)
  const drawn = lanes.map((lane) => ({ lane, dots: stacked(lane.values, x) }))
  let top = 24
  const placed = drawn.map(({ lane, dots }) => {
    const height = Math.max(3, ...dots.map(({ level }) => level + 1)) * STACK
    const base = top + height + 6
    top = base + 62 + LINE
    return { lane, dots, base }
  })
  const bottom = top - 18
  return (
    <figure style={{ overflowX: 'auto' }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of links inside a drawing; fieldset is for forms */}
      <svg
        className="chart"
        style={{ minWidth: 680 }}
        viewBox={`0 0 ${WIDTH} ${bottom + 34}`}
        role="group"
        aria-label={title}
      >
        <title>{title}</title>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={x(tick)} x2={x(tick)} y1={18} y2={bottom} stroke="var(--line)" />
            <text x={x(tick)} y={bottom + 14} textAnchor="middle">
              {String(Number(tick.toFixed(3)))}
            </text>
          </g>
        ))}
        <text x={WIDTH - RIGHT} y={bottom + 30} textAnchor="end">
          {unit}
        </text>
        <line x1={x(threshold)} x2={x(threshold)} y1={16} y2={bottom} stroke="var(--red)" strokeDasharray="4 3" />
        <text x={x(threshold)} y={12} textAnchor="middle" style={{ fill: 'var(--red)' }}>
          {t('equity.plot.threshold', { value: shown(threshold) })}
        </text>
        {placed.map(({ lane, dots, base }) => (
          <LaneDots key={lane.label} {...{ lane, dots, base, href, shown }} lowestLabel={t('equity.plot.lowest')} />
        ))}
      </svg>
    </figure>
  )
}

function LaneDots({
  lane,
  dots,
  base,
  href,
  shown,
  lowestLabel,
}: {
  lane: Lane
  dots: ReturnType<typeof stacked>
  base: number
  href: (schoolId: string) => string
  shown: (value: number) => string
  lowestLabel: string
}) {
  // Lowest values lie close together: lines from dot to name would cross. The five are marked and named in order below.
  const lowest = dots.slice(0, NAMED)
  return (
    <g>
      <text x={0} y={base}>
        {lane.label}
      </text>
      <line x1={LEFT} x2={WIDTH - RIGHT} y1={base + RADIUS + 2} y2={base + RADIUS + 2} stroke="var(--line-2)" />
      {dots.map((dot) => (
        <a
          key={dot.school.schoolId}
          href={href(dot.school.schoolId)}
          aria-label={`${dot.school.name} ${shown(dot.school.value!)}`}
        >
          <circle
            cx={dot.x}
            cy={base - dot.level * STACK}
            r={RADIUS}
            fill={lane.filled ? (dot.school.meets ? 'var(--accent)' : 'var(--red)') : 'var(--paper)'}
            stroke={dot.school.meets ? 'var(--accent)' : 'var(--red)'}
            strokeWidth={1.5}
          >
            <title>{`${dot.school.name} ${shown(dot.school.value!)}`}</title>
          </circle>
        </a>
      ))}
      {lowest.map((dot) => (
        <circle
          key={dot.school.schoolId}
          cx={dot.x}
          cy={base - dot.level * STACK}
          r={1.8}
          fill={lane.filled ? 'var(--paper)' : 'var(--ink)'}
          pointerEvents="none"
        />
      ))}
      <text x={0} y={base + NAMES_BELOW} className="muted">
        {lowestLabel}
      </text>
      {lowest.map((dot, index) => (
        <a key={dot.school.schoolId} href={href(dot.school.schoolId)}>
          <text
            x={LEFT + (index % NAMES_A_LINE) * NAME_WIDTH}
            y={base + NAMES_BELOW + Math.floor(index / NAMES_A_LINE) * LINE}
            style={HALO}
          >
            {index + 1}. {dot.school.name.length > 16 ? `${dot.school.name.slice(0, 15)}…` : dot.school.name}{' '}
            {shown(dot.school.value!)}
          </text>
        </a>
      ))}
    </g>
  )
}
