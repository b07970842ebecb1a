import type { Translate } from '@/lib/i18n/translate.ts'
import { Chart, type ChartText, Mark, Picture } from './chart.tsx'
import { clipped } from './layout/scale.ts'
import { ACCENT, INK, INK_2, LINE, twoSided } from './palette.ts'

export interface NeedCell {
  school: string
  subject: string
  /** have − need, heads with one decimal; below 0 is short (R-SUB-1). */
  gap: number
  /** “have 26.0, need 24.4”. */
  detail: string
  href: string
}

const CELL_W = 46
const CELL_H = 24
const NAME = 158
const HEAD = 30

/** Schools × subjects: red-brown where short, blue-green where over, the number printed in each cell (R-SUB-1). */
export function NeedHeatmap({
  t,
  text,
  schools,
  subjects,
  cells,
}: {
  t: Translate
  text: ChartText
  schools: { id: string; name: string; href: string }[]
  subjects: { id: string; name: string }[]
  cells: NeedCell[]
}) {
  const cellOf = new Map(cells.map((cell) => [`${cell.school} ${cell.subject}`, cell]))
  // A few far outliers must not make all others look balanced: the scale ends where nine in ten cells lie.
  const sizes = cells.map((cell) => Math.abs(cell.gap)).sort((a, b) => a - b)
  const full = Math.max(1, sizes[Math.floor(sizes.length * 0.9)] ?? 1)
  const width = NAME + subjects.length * CELL_W + 2
  const height = HEAD + schools.length * CELL_H + 4
  return (
    <Chart
      t={t}
      text={text}
      legend={
        <>
          <span className="key-short">{t('chart.need.short')}</span>
          <span className="key-over">{t('chart.need.over')}</span>
        </>
      }
      table={{
        head: [{ text: t('chart.school') }, ...subjects.map(({ name }) => ({ text: name, num: true }))],
        rows: schools.map((school) => ({
          key: school.id,
          cells: [
            { text: school.name, href: school.href },
            ...subjects.map((subject) => {
              const cell = cellOf.get(`${school.id} ${subject.id}`)
              return cell ? { text: signed(cell.gap), href: cell.href } : { text: '—' }
            }),
          ],
        })),
      }}
    >
      <Picture width={width} height={height} label={text.title} natural>
        {subjects.map((subject, index) => (
          <text
            key={subject.id}
            x={NAME + index * CELL_W + CELL_W / 2}
            y={HEAD - 9}
            textAnchor="middle"
            fill={INK_2}
            fontSize={11}
          >
            <title>{subject.name}</title>
            {clipped(subject.name, 7)}
          </text>
        ))}
        {schools.map((school, row) => (
          <g key={school.id} transform={`translate(0 ${HEAD + row * CELL_H})`}>
            <Mark href={school.href} label={school.name}>
              <text x={NAME - 6} y={16} textAnchor="end" fill={ACCENT}>
                {clipped(school.name, 23)}
              </text>
            </Mark>
            {subjects.map((subject, column) => {
              const cell = cellOf.get(`${school.id} ${subject.id}`)
              const place = { x: NAME + column * CELL_W, y: 0, width: CELL_W, height: CELL_H, stroke: LINE }
              if (!cell) return <rect key={subject.id} {...place} fill="#ffffff" />
              return (
                <Mark
                  key={subject.id}
                  href={cell.href}
                  label={`${school.name} · ${subject.name} ${signed(cell.gap)} ${cell.detail}`}
                >
                  <rect {...place} fill={twoSided(Math.abs(cell.gap) / full, cell.gap < 0)} />
                  <text x={place.x + CELL_W / 2} y={16} textAnchor="middle" fill={INK} fontSize={11}>
                    {signed(cell.gap)}
                  </text>
                </Mark>
              )
            })}
          </g>
        ))}
      </Picture>
    </Chart>
  )
}

/** +1.6, −2.0, 0.0: the sign is a true minus so that columns of figures line up. */
export function signed(gap: number): string {
  const text = Math.abs(gap).toFixed(1)
  if (text === '0.0') return text
  return gap < 0 ? `−${text}` : `+${text}`
}
