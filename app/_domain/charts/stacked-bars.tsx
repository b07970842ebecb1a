import type { Translate } from '@/lib/i18n/translate.ts'
import { Chart, type ChartText, Picture } from './chart.tsx'
import { INK, INK_2, KINDS } from './palette.ts'

export interface StackedBar {
  key: string
  name: string
  /** One count for each part, in their order. */
  counts: number[]
}

const [WIDTH, ROW, NAME, SUM] = [660, 30, 110, 110]

/** Groups side by side, each divided into the same parts, on one scale. */
export function StackedBars({
  t,
  text,
  parts,
  rows,
}: {
  t: Translate
  text: ChartText
  parts: { key: string; name: string }[]
  rows: StackedBar[]
}) {
  const total = ({ counts }: StackedBar) => counts.reduce((sum, count) => sum + count, 0)
  const most = Math.max(1, ...rows.map(total))
  const wide = (count: number) => (count / most) * (WIDTH - NAME - SUM)
  const ink = (at: number) => KINDS[at % KINDS.length]
  return (
    <Chart
      t={t}
      text={text}
      minWidth={480}
      legend={parts.map(({ key, name }, at) => (
        <span key={key} className="key-fill" style={{ color: ink(at) }}>
          {name}
        </span>
      ))}
      table={{
        head: [{ text: '' }, ...parts.map(({ name }) => ({ text: name, num: true }))],
        rows: rows.map(({ key, name, counts }) => ({
          key,
          cells: [{ text: name }, ...counts.map((count) => ({ text: String(count) }))],
        })),
      }}
    >
      <Picture width={WIDTH} height={rows.length * ROW + 6} label={text.title}>
        {rows.map((row, at) => (
          <g key={row.key} transform={`translate(0 ${at * ROW})`}>
            <text x={NAME - 8} y={20} textAnchor="end" fill={INK}>
              {row.name}
            </text>
            {row.counts.map((count, part) => (
              <rect
                key={parts[part]?.key}
                x={NAME + wide(row.counts.slice(0, part).reduce((sum, one) => sum + one, 0))}
                y={6}
                width={wide(count)}
                height={ROW - 10}
                fill={ink(part)}
              >
                <title>{`${row.name} · ${parts[part]?.name} ${count}`}</title>
              </rect>
            ))}
            <text x={NAME + wide(total(row)) + 8} y={20} fill={INK_2}>
              {row.counts.join(' + ')}
            </text>
          </g>
        ))}
      </Picture>
    </Chart>
  )
}
