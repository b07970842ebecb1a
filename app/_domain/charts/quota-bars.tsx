import type { Translate } from '@/lib/i18n/translate.ts'
import { Chart, type ChartText, Mark, Picture } from './chart.tsx'
import { ACCENT, ACCENT_2, AMBER, GREEN, INK, INK_2, LINE, LINE_2, RED } from './palette.ts'

export interface QuotaBar {
  key: string
  label: string
  /** Parts of the measured number, left to right, e.g. new and continuing; their sum is the bar. */
  parts: { key: string; label: string; count: number; href?: string }[]
  /** Where the line stands; null: nothing is asked, or there is no base. */
  need: number | null
  needHref?: string
  /** `met` and `short` are the verdict; `reference` is shown beside it and decides nothing. */
  state: 'met' | 'short' | 'reference' | 'no_base'
  /** E.g. “10.30 %（351/3,407）”. */
  share: string
  shareHref?: string
  /** The verdict in words, e.g. “达标，超 10 人”. */
  verdict: string
}

const WIDTH = 400
const ROW = 66
const STATE_INK = { met: GREEN, short: RED, reference: INK_2, no_base: AMBER }

/** Quotas as bars, each with the line it must reach (R-QUOTA-2). Every number opens the people behind it. */
export function QuotaBars({ t, text, bars }: { t: Translate; text: ChartText; bars: QuotaBar[] }) {
  const height = bars.length * ROW + 4
  return (
    <Chart
      t={t}
      text={text}
      table={{
        head: [
          { text: t('chart.quota.measure') },
          { text: t('chart.quota.value'), num: true },
          { text: t('chart.quota.need'), num: true },
          { text: t('chart.quota.share') },
          { text: t('chart.quota.verdict') },
        ],
        rows: bars.map((bar) => ({
          key: bar.key,
          cells: [
            { text: bar.label },
            { text: String(total(bar)) },
            { text: bar.need === null ? '—' : String(bar.need), href: bar.needHref },
            { text: bar.share, href: bar.shareHref },
            { text: bar.verdict },
          ],
        })),
      }}
    >
      <div style={{ maxWidth: 500 }}>
        <Picture width={WIDTH} height={height} label={text.title}>
          {bars.map((bar, index) => (
            <Bar key={bar.key} t={t} bar={bar} y={index * ROW} />
          ))}
        </Picture>
      </div>
    </Chart>
  )
}

const total = (bar: QuotaBar) => bar.parts.reduce((sum, part) => sum + part.count, 0)

function Bar({ t, bar, y }: { t: Translate; bar: QuotaBar; y: number }) {
  const value = total(bar)
  const end = Math.max(value, bar.need ?? 0, 1) * 1.08
  const x = (count: number) => (count / end) * WIDTH
  const solid = bar.state === 'reference' ? LINE_2 : ACCENT
  let from = 0
  return (
    <g transform={`translate(0 ${y})`}>
      <text x={0} y={13} fontWeight={bar.state === 'reference' ? 400 : 600} fill={INK}>
        {bar.label}
      </text>
      <Mark href={bar.shareHref} label={`${bar.label} ${bar.share}`}>
        <text x={WIDTH} y={13} textAnchor="end" fill={bar.shareHref ? ACCENT : INK_2}>
          {bar.share}
        </text>
      </Mark>
      <rect x={0} y={22} width={WIDTH} height={16} fill="#f0f2ef" stroke={LINE} strokeWidth={0.5} />
      {bar.parts.map((part, index) => {
        const left = x(from)
        from += part.count
        return (
          <Mark key={part.key} href={part.href} label={`${bar.label} · ${part.label} ${part.count}`}>
            <rect
              x={left}
              y={22}
              width={x(part.count)}
              height={16}
              fill={index === 0 ? solid : bar.state === 'reference' ? LINE : ACCENT_2}
            />
          </Mark>
        )
      })}
      {bar.need !== null && (
        <Mark href={bar.needHref} label={t('chart.quota.needIs', { need: bar.need })}>
          <path d={`M${x(bar.need)} 18 V42`} stroke={bar.state === 'short' ? RED : INK} strokeWidth={2} />
          <path d={`M${x(bar.need) - 4} 17 h8 l-4 5 z`} fill={bar.state === 'short' ? RED : INK} />
        </Mark>
      )}
      <text x={0} y={54} fill={INK_2}>
        {bar.need === null ? String(value) : t('chart.quota.of', { value, need: bar.need })}
      </text>
      <text
        x={WIDTH}
        y={54}
        textAnchor="end"
        fill={STATE_INK[bar.state]}
        fontWeight={bar.state === 'reference' ? 400 : 600}
      >
        {bar.verdict}
      </text>
    </g>
  )
}
