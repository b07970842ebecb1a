import type { Translate } from '@/lib/i18n/translate.ts'
import type { RecordEntry, RecordKind } from '@/lib/register/queries/teacher-record.ts'
import { type LocalDate, toDayNumber, yearOf } from '@/lib/rules/values/dates.ts'
import { entryText, entryTime } from './timeline.tsx'

const LANES: readonly RecordKind[] = [
  'relation',
  'service',
  'posting',
  'employment',
  'titleAppointed',
  'grade',
  'honour',
  'leave',
]
const LEFT = 92
const WIDTH = 900
const LANE = 26

/** A person's record as lanes over the years, one lane for each kind of fact; the list beside it says the same in words. */
export function RecordLanes({ t, entries, on }: { t: Translate; entries: RecordEntry[]; on: LocalDate }) {
  const dated = entries.filter((entry) => entry.from !== null && LANES.includes(entry.kind))
  const lanes = LANES.filter((kind) => dated.some((entry) => entry.kind === kind))
  if (lanes.length === 0) return null
  const first = yearOf(dated.map((entry) => entry.from!).reduce((a, b) => (a < b ? a : b)))
  const ends = dated.flatMap((entry) => (entry.until ? [yearOf(entry.until)] : []))
  const last = Math.max(yearOf(on) + 1, ...ends.filter((year) => year < yearOf(on) + 6))
  const start = toDayNumber(`${first}-01-01` as LocalDate)
  const span = toDayNumber(`${last + 1}-01-01` as LocalDate) - start
  const x = (day: LocalDate) => LEFT + ((toDayNumber(day) - start) / span) * (WIDTH - LEFT - 8)
  const clamp = (value: number) => Math.min(Math.max(value, LEFT), WIDTH - 8)
  const step = Math.max(1, Math.ceil((last - first) / 10))
  const years = Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step)
  const height = lanes.length * LANE + 26
  return (
    <figure style={{ marginBottom: 12, overflowX: 'auto' }}>
      <svg
        className="chart"
        viewBox={`0 0 ${WIDTH} ${height}`}
        style={{ minWidth: 560, maxWidth: 980, fontSize: 12 }}
        aria-hidden="true"
      >
        {years.map((year) => (
          <g key={year}>
            <line
              x1={x(`${year}-01-01` as LocalDate)}
              x2={x(`${year}-01-01` as LocalDate)}
              y1={0}
              y2={height - 22}
              stroke="var(--line)"
            />
            <text x={x(`${year}-01-01` as LocalDate)} y={height - 6}>
              {year}
            </text>
          </g>
        ))}
        {lanes.map((kind, index) => (
          <g key={kind}>
            <text x={0} y={index * LANE + 17}>
              {t(`register.record.kind.${kind}`)}
            </text>
            {dated
              .filter((entry) => entry.kind === kind)
              .map((entry) => {
                const from = clamp(x(entry.from!))
                const to = entry.until ? clamp(x(entry.until)) : WIDTH - 8
                const holds = entry.from! <= on && (entry.until === null || entry.until > on)
                return (
                  <rect
                    key={entry.id}
                    x={from}
                    y={index * LANE + 5}
                    width={Math.max(3, to - from - 1)}
                    height={LANE - 10}
                    fill={holds ? 'var(--accent)' : 'var(--line-2)'}
                    rx={2}
                  >
                    <title>{`${entryTime(t, entry)} ${entryText(t, entry)}\n${t(`register.record.source.${entry.source}`)}`}</title>
                  </rect>
                )
              })}
          </g>
        ))}
        <line
          x1={x(on)}
          x2={x(on)}
          y1={0}
          y2={height - 22}
          stroke="var(--amber)"
          strokeWidth={1.5}
          strokeDasharray="4 3"
        />
      </svg>
    </figure>
  )
}
