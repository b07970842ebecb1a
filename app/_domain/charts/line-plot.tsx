import type { Translate } from '@/lib/i18n/translate.ts'
import { Chart, type ChartTable, type ChartText, Picture } from './chart.tsx'
import { niceTicks, position } from './layout/scale.ts'
import { INK_2, KINDS, LINE, LINE_2 } from './palette.ts'

export interface PlotLine {
  key: string
  name: string
  /** Dashed: a bound, a limit. */
  dashed?: boolean
  /** Steps: the value holds until the next point. */
  stepped?: boolean
  points: { x: number; y: number }[]
}

const WIDTH = 660
const HEIGHT = 240
const [LEFT, RIGHT, TOP, BOTTOM] = [72, WIDTH - 16, 14, HEIGHT - 34]

/** Lines over time or years, e.g. the best plan and its bound while solving, or a coefficient over the next years. */
export function LinePlot({
  t,
  text,
  lines,
  table,
  xLabels,
  formatX,
  formatY,
}: {
  t: Translate
  text: ChartText
  lines: PlotLine[]
  table: ChartTable
  /** Words under the axis instead of numbers, in order of x = 0, 1, 2 … */
  xLabels?: string[]
  formatX: (value: number) => string
  formatY: (value: number) => string
}) {
  const all = lines.flatMap(({ points }) => points)
  const low = Math.min(...all.map(({ y }) => y))
  const high = Math.max(...all.map(({ y }) => y))
  const ticks = niceTicks(low, high === low ? low + 1 : high)
  const end = Math.max(1, ...all.map(({ x }) => x))
  const xTicks = xLabels ? xLabels.map((_, at) => at) : niceTicks(0, end)
  const last = xLabels ? Math.max(1, xLabels.length - 1) : xTicks.at(-1)!
  const x = (value: number) => position(value, [0, last], [LEFT, RIGHT])
  const y = (value: number) => position(value, [ticks[0]!, ticks.at(-1)!], [BOTTOM, TOP])
  const path = ({ points, stepped }: PlotLine) =>
    points
      .map((point, at) => {
        const to = `${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`
        if (at === 0) return `M${to}`
        return stepped ? `H${x(point.x).toFixed(1)} V${y(point.y).toFixed(1)}` : `L${to}`
      })
      .join(' ')
  return (
    <Chart
      t={t}
      text={text}
      table={table}
      minWidth={480}
      legend={lines.map(({ key, name, dashed }, at) => (
        <span key={key} className={dashed ? 'key-dash' : 'key-fill'} style={{ color: KINDS[at % KINDS.length] }}>
          {name}
        </span>
      ))}
    >
      <Picture width={WIDTH} height={HEIGHT} label={text.title}>
        {ticks.map((tick) => (
          <g key={tick}>
            <path d={`M${LEFT} ${y(tick)} H${RIGHT}`} stroke={LINE} />
            <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end" fill={INK_2}>
              {formatY(tick)}
            </text>
          </g>
        ))}
        <path d={`M${LEFT} ${BOTTOM} H${RIGHT}`} stroke={LINE_2} />
        {xTicks.map((tick) => (
          <text
            key={tick}
            x={x(tick)}
            y={BOTTOM + 18}
            textAnchor={tick === last ? 'end' : tick === 0 ? 'start' : 'middle'}
            fill={INK_2}
          >
            {xLabels ? xLabels[tick] : formatX(tick)}
          </text>
        ))}
        {lines.map((line, at) => (
          <g key={line.key}>
            <title>{line.name}</title>
            <path
              d={path(line)}
              fill="none"
              stroke={KINDS[at % KINDS.length]}
              strokeWidth={2}
              strokeDasharray={line.dashed ? '5 3' : undefined}
            />
            {line.points.length < 12 &&
              line.points.map((point) => (
                <circle key={point.x} cx={x(point.x)} cy={y(point.y)} r={3} fill={KINDS[at % KINDS.length]} />
              ))}
          </g>
        ))}
      </Picture>
    </Chart>
  )
}
