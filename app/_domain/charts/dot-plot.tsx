import type { Translate } from '@/lib/i18n/translate.ts'
import { Chart, type ChartText, Mark, Picture } from './chart.tsx'
import { clipped, niceTicks, position } from './layout/scale.ts'
import { labelRows, type Swarmed, swarm } from './layout/swarm.ts'
import { ACCENT, INK, INK_2, LINE, LINE_2, RED } from './palette.ts'

export interface DotPlotSchool {
  key: string
  name: string
  before: number
  /** After the round or its plan; null where only one state is shown. */
  after: number | null
  href: string
}

const WIDTH = 660
const [LEFT, RIGHT] = [56, WIDTH - 16]
const RADIUS = 5
const STEP = 11

/**
 * One dot a school on a line, its threshold across it: hollow before, filled after, the worst five by name (R-BAL).
 * `higherIsBetter` says on which side of the threshold a school falls short.
 */
export function DotPlot({
  t,
  text,
  schools,
  threshold,
  digits = 2,
  higherIsBetter = true,
}: {
  t: Translate
  text: ChartText
  schools: DotPlotSchool[]
  threshold: { value: number; label: string } | null
  digits?: number
  higherIsBetter?: boolean
}) {
  const both = schools.some(({ after }) => after !== null)
  const now = (school: DotPlotSchool) => school.after ?? school.before
  const isShort = (value: number) =>
    threshold !== null && (higherIsBetter ? value < threshold.value : value > threshold.value)
  const values = schools.flatMap(({ before, after }) => (after === null ? [before] : [before, after]))
  const ticks = niceTicks(
    Math.min(...values, threshold?.value ?? Number.POSITIVE_INFINITY),
    Math.max(...values, threshold?.value ?? Number.NEGATIVE_INFINITY),
  )
  const x = (value: number) => position(value, [ticks[0]!, ticks.at(-1)!], [LEFT, RIGHT])
  const lanes = (both ? (['before', 'after'] as const) : (['before'] as const)).map((lane) => {
    const dots = swarm(
      schools.map((school) => ({ key: school.key, x: x(lane === 'after' ? now(school) : school.before) })),
      RADIUS * 2 + 1,
    )
    const up = Math.max(0, ...dots.map(({ step }) => -step))
    const down = Math.max(0, ...dots.map(({ step }) => step))
    return { lane, dots, up: up * STEP + RADIUS + 3, down: down * STEP + RADIUS + 3 }
  })
  let top = 22
  const placed = lanes.map((lane) => {
    const y = top + lane.up
    top = y + lane.down + 8
    return { ...lane, y }
  })
  const byKey = new Map(schools.map((school) => [school.key, school]))
  const named = [...schools]
    .sort((a, b) => (higherIsBetter ? now(a) - now(b) : now(b) - now(a)))
    .slice(0, 5)
    .map((school) => ({ key: school.key, name: `${clipped(school.name, 16)} ${now(school).toFixed(digits)}` }))
  const last = placed.at(-1)!
  const labels = labelRows(
    named.map(({ key, name }) => ({ key, x: dotOf(last.dots, key).x, width: textWidth(name) })),
    [0, WIDTH],
  )
  const labelTop = top + 14
  const axisY = labelTop + (Math.max(0, ...labels.map(({ row }) => row)) + 1) * 16 + 4
  return (
    <Chart
      t={t}
      text={text}
      minWidth={500}
      legend={
        <>
          {both && <span className="key-hollow">{t('chart.dots.before')}</span>}
          <span className="key-full">{both ? t('chart.dots.after') : t('chart.dots.school')}</span>
          {threshold && <span className="key-line">{threshold.label}</span>}
        </>
      }
      table={{
        head: [
          { text: t('chart.school') },
          { text: both ? t('chart.dots.before') : t('chart.dots.value'), num: true },
          ...(both ? [{ text: t('chart.dots.after'), num: true }] : []),
          ...(threshold ? [{ text: threshold.label }] : []),
        ],
        rows: [...schools]
          .sort((a, b) => (higherIsBetter ? now(a) - now(b) : now(b) - now(a)))
          .map((school) => ({
            key: school.key,
            cells: [
              { text: school.name, href: school.href },
              { text: school.before.toFixed(digits) },
              ...(both ? [{ text: now(school).toFixed(digits) }] : []),
              ...(threshold ? [{ text: isShort(now(school)) ? t('chart.dots.short') : t('chart.dots.reached') }] : []),
            ],
          })),
      }}
    >
      <div style={{ maxWidth: 760 }}>
        <Picture width={WIDTH} height={axisY + 26} label={text.title}>
          {ticks.map((tick) => (
            <g key={tick}>
              <path d={`M${x(tick)} 20 V${axisY}`} stroke={LINE} />
              <text x={x(tick)} y={axisY + 16} textAnchor="middle" fill={INK_2}>
                {tick.toFixed(digits)}
              </text>
            </g>
          ))}
          <path d={`M${LEFT} ${axisY} H${RIGHT}`} stroke={LINE_2} />
          {threshold && (
            <g>
              <path d={`M${x(threshold.value)} 16 V${axisY}`} stroke={RED} strokeWidth={1.5} strokeDasharray="5 3" />
              <text x={x(threshold.value) + 4} y={12} fill={RED}>
                {threshold.label}
              </text>
            </g>
          )}
          {both &&
            schools
              .filter((school) => school.after !== null && school.after !== school.before)
              .map((school) => {
                const a = dotOf(placed[0]!.dots, school.key)
                const b = dotOf(placed[1]!.dots, school.key)
                return (
                  <path
                    key={school.key}
                    d={`M${a.x} ${placed[0]!.y + a.step * STEP} L${b.x} ${placed[1]!.y + b.step * STEP}`}
                    stroke={LINE_2}
                  />
                )
              })}
          {placed.map((lane) => (
            <g key={lane.lane}>
              <text x={0} y={lane.y + 4} fill={INK_2}>
                {both ? t(`chart.dots.${lane.lane}`) : ''}
              </text>
              {lane.dots.map((dot) => {
                const school = byKey.get(dot.key)!
                const value = lane.lane === 'after' ? now(school) : school.before
                const hollow = both && lane.lane === 'before'
                const ink = isShort(value) ? RED : ACCENT
                return (
                  <Mark key={dot.key} href={school.href} label={`${school.name} ${value.toFixed(digits)}`}>
                    <circle
                      cx={dot.x}
                      cy={lane.y + dot.step * STEP}
                      r={RADIUS}
                      fill={hollow ? '#ffffff' : ink}
                      stroke={ink}
                      strokeWidth={1.5}
                    />
                  </Mark>
                )
              })}
            </g>
          ))}
          {labels.map(({ key, x: left, row }) => {
            const dot = dotOf(last.dots, key)
            const name = named.find((one) => one.key === key)!.name
            const y = labelTop + row * 16
            return (
              <g key={key}>
                <path d={`M${dot.x} ${last.y + dot.step * STEP + RADIUS} V${y - 9}`} stroke={LINE_2} />
                <Mark href={byKey.get(key)!.href} label={name}>
                  <rect x={left - 2} y={y - 11} width={textWidth(name) + 4} height={15} fill="#ffffff" />
                  <text x={left} y={y} fill={INK}>
                    {name}
                  </text>
                </Mark>
              </g>
            )
          })}
        </Picture>
      </div>
    </Chart>
  )
}

const dotOf = (dots: readonly Swarmed[], key: string): Swarmed => dots.find((dot) => dot.key === key)!
const textWidth = (text: string) =>
  [...text].reduce((sum, letter) => sum + (letter.codePointAt(0)! > 0x2e7f ? 12 : 6.8), 0)
