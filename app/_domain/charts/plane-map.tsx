import type { Translate } from '@/lib/i18n/translate.ts'
import { Chart, type ChartTable, type ChartText, Mark, Picture } from './chart.tsx'
import { clipped } from './layout/scale.ts'
import { ACCENT, ACCENT_2, AMBER, INK, INK_2, LINE, PAPER } from './palette.ts'

export interface MapSchool {
  id: string
  name: string
  x: number
  y: number
  /** People coming less people leaving. */
  change: number
  href: string
}
export interface MapFlow {
  from: string
  to: string
  count: number
  href: string
}

const WIDTH = 660
const MARGIN = 44
/** Names on the map: the schools with most going on. */
const NAMED = 8
const LETTERS = 12
const FONT = 11

type Point = { x: number; y: number }

/** Names of the first schools that fit: one that would lie on another is left out, its dot still says it. */
function namesOf(schools: readonly MapSchool[], placeOf: (school: MapSchool) => Point) {
  const set: { school: MapSchool; at: Point; width: number }[] = []
  for (const school of schools) {
    if (set.length === NAMED) break
    const at = placeOf(school)
    const width = Math.min(LETTERS, school.name.length) * FONT
    const covers = set.some(
      (other) => Math.abs(other.at.y - at.y) < FONT + 2 && at.x < other.at.x + other.width && other.at.x < at.x + width,
    )
    if (!covers) set.push({ school, at, width })
  }
  return set
}

/** Moves on the plane of the schools' coordinates (kilometres): arrows as thick as people go, dots as heads change. */
export function PlaneMap({
  t,
  text,
  schools,
  flows,
  table,
  words,
}: {
  t: Translate
  text: ChartText
  schools: MapSchool[]
  flows: MapFlow[]
  table: ChartTable
  words: { more: string; less: string; same: string; scale: string }
}) {
  const xs = schools.map(({ x }) => x)
  const ys = schools.map(({ y }) => y)
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const unit = (WIDTH - 2 * MARGIN) / Math.max(1, east - west)
  const height = Math.min(640, Math.max(220, (north - south) * unit + 2 * MARGIN))
  const stretch = Math.min(1, (height - 2 * MARGIN) / Math.max(1, (north - south) * unit))
  const x = (value: number) => MARGIN + (value - west) * unit
  const y = (value: number) => height - MARGIN - (value - south) * unit * stretch
  const place = new Map(schools.map((school) => [school.id, school]))
  const most = Math.max(1, ...flows.map(({ count }) => count))
  const busy = new Map<string, number>()
  for (const { from, to, count } of flows) {
    busy.set(from, (busy.get(from) ?? 0) + count)
    busy.set(to, (busy.get(to) ?? 0) + count)
  }
  const named = namesOf(
    [...busy].sort((a, b) => b[1] - a[1]).flatMap(([id]) => place.get(id) ?? []),
    (school) => ({ x: x(school.x) + 8, y: y(school.y) - 6 }),
  )
  const ink = (change: number) => (change > 0 ? ACCENT : change < 0 ? AMBER : INK_2)
  return (
    <Chart
      t={t}
      text={text}
      table={table}
      minWidth={540}
      legend={
        <>
          <span className="key-fill" style={{ color: ACCENT }}>
            {words.more}
          </span>
          <span className="key-fill" style={{ color: AMBER }}>
            {words.less}
          </span>
          <span className="key-fill" style={{ color: INK_2 }}>
            {words.same}
          </span>
        </>
      }
    >
      <Picture width={WIDTH} height={height} label={text.title}>
        <defs>
          <marker
            id="arrow"
            viewBox="0 0 6 6"
            refX="5"
            refY="3"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 0 L6 3 L0 6 z" fill={ACCENT_2} />
          </marker>
        </defs>
        <rect x={0.5} y={0.5} width={WIDTH - 1} height={height - 1} fill={PAPER} stroke={LINE} />
        {flows.map((flow) => {
          const [a, b] = [place.get(flow.from), place.get(flow.to)]
          if (!a || !b) return null
          const [ax, ay, bx, by] = [x(a.x), y(a.y), x(b.x), y(b.y)]
          const [mx, my] = [(ax + bx) / 2 - (by - ay) * 0.12, (ay + by) / 2 + (bx - ax) * 0.12]
          return (
            <Mark key={`${flow.from} ${flow.to}`} href={flow.href} label={`${a.name} → ${b.name} ${flow.count}`}>
              <path
                d={`M${ax} ${ay} Q${mx} ${my} ${bx} ${by}`}
                fill="none"
                stroke={ACCENT_2}
                strokeOpacity={0.75}
                strokeWidth={1 + (flow.count / most) * 5}
                markerEnd="url(#arrow)"
              />
            </Mark>
          )
        })}
        {schools.map((school) => (
          <Mark
            key={school.id}
            href={school.href}
            label={`${school.name} ${school.change > 0 ? '+' : ''}${school.change}`}
          >
            <circle
              cx={x(school.x)}
              cy={y(school.y)}
              r={4 + Math.min(5, Math.abs(school.change))}
              fill={ink(school.change)}
              stroke={PAPER}
            />
          </Mark>
        ))}
        {named.map(({ school, at }) => (
          <text key={school.id} x={at.x} y={at.y} fill={INK} fontSize={FONT}>
            {clipped(school.name, LETTERS)}
          </text>
        ))}
        <path d={`M${MARGIN} ${height - 14} h${unit * 5}`} stroke={INK_2} strokeWidth={2} />
        <text x={MARGIN + unit * 5 + 6} y={height - 10} fill={INK_2} fontSize={11}>
          {words.scale}
        </text>
      </Picture>
    </Chart>
  )
}
