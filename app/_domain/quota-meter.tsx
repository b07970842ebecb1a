import { type QuotaBar, QuotaBars } from '@/app/_domain/charts/quota-bars.tsx'
import { formatShare } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { FigureLine, RoundFigures } from '@/lib/rules/rotation/round-figures.ts'

/** Address of the people behind a number of the meter; `need` opens how it was reckoned. */
export type MeterHref = (
  part: 'eligible' | 'moved' | 'new' | 'continuing' | 'movedBackbone' | 'eligibleBackbone',
) => string

/** The quota meter of a round (R-QUOTA-2): all moved, then readings A, B and C with the binding one's verdict. */
export function QuotaMeter({ t, figures, href }: { t: Translate; figures: RoundFigures; href?: MeterHref }) {
  const verdict = (line: FigureLine | null) => {
    if (line === null) return t('board.meter.noBase')
    if (line.met) return t('board.meter.met', { over: line.num - line.need })
    return t('board.meter.short', { lack: line.need - line.num })
  }
  const share = (line: FigureLine | null) =>
    line === null ? t('board.meter.noBase') : formatShare({ num: line.num, den: line.den }, t.locale)
  const state = (line: FigureLine | null, binds: boolean): QuotaBar['state'] =>
    line === null ? 'no_base' : binds ? (line.met ? 'met' : 'short') : 'reference'
  const bars: QuotaBar[] = [
    {
      key: 'total',
      label: t('board.meter.total'),
      parts: [
        { key: 'new', label: t('board.meter.new'), count: figures.new, href: href?.('new') },
        {
          key: 'continuing',
          label: t('board.meter.continuing'),
          count: figures.continuing,
          href: href?.('continuing'),
        },
      ],
      need: figures.total?.need ?? null,
      needHref: href?.('eligible'),
      state: state(figures.total, true),
      share: share(figures.total),
      shareHref: href?.('moved'),
      verdict: verdict(figures.total),
    },
    ...(['A', 'B', 'C'] as const).map((reading): QuotaBar => {
      const line = figures.readings[reading]
      const binds = figures.binding === reading
      return {
        key: reading,
        label: t(`board.meter.reading.${reading}`),
        parts: [
          { key: 'backbone', label: t('board.meter.backbone'), count: figures.RB, href: href?.('movedBackbone') },
        ],
        need: line?.need ?? null,
        needHref: href?.(reading === 'A' ? 'moved' : reading === 'B' ? 'eligibleBackbone' : 'eligible'),
        state: state(line, binds),
        share: share(line),
        shareHref: href?.('movedBackbone'),
        verdict: binds ? verdict(line) : t('board.meter.reference', { verdict: verdict(line) }),
      }
    }),
  ]
  return <QuotaBars t={t} text={{ title: meterTitle(t, figures), note: t('board.meter.note') }} bars={bars} />
}

/** The finding in one sentence: met, or what is lacking. */
export function meterTitle(t: Translate, figures: RoundFigures): string {
  const lack = (line: FigureLine | null) => (line === null || line.met ? 0 : line.need - line.num)
  const people = lack(figures.total)
  const backbone = lack(figures.readings[figures.binding])
  if (figures.total === null) return t('board.meter.noBase')
  if (people === 0 && backbone === 0) return t('board.meter.title.met')
  return t('board.meter.title.short', { people, backbone })
}
