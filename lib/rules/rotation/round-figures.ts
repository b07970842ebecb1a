import type { BackboneReading, QuotaFigures, QuotaVerdict } from './quota.ts'

export interface FigureLine {
  need: number
  num: number
  den: number
  met: boolean
}

/** Quota figures of a round as numbers: what a decision keeps of its moment, and what a school may read of the district. */
export interface RoundFigures {
  E: number
  EB: number
  R: number
  RB: number
  new: number
  continuing: number
  total: FigureLine | null
  readings: Record<BackboneReading, FigureLine | null>
  binding: BackboneReading
}

const line = (verdict: QuotaVerdict): FigureLine | null =>
  verdict.kind === 'no_base'
    ? null
    : { need: verdict.need, num: verdict.share.num, den: verdict.share.den, met: verdict.met }

/** The numbers of R-QUOTA-2 without the ids behind them; null where nobody is eligible. */
export const roundFigures = (figures: QuotaFigures): RoundFigures => ({
  E: figures.eligible.length + figures.added.length,
  EB: figures.eligibleBackbone.length + figures.addedBackbone.length,
  R: figures.moved.length,
  RB: figures.movedBackbone.length,
  new: figures.new.length,
  continuing: figures.continuing.length,
  total: line(figures.total),
  readings: { A: line(figures.readings.A), B: line(figures.readings.B), C: line(figures.readings.C) },
  binding: figures.binding,
})

/** What a round still lacks: people in all, and backbone by the binding reading (0 when met or without a base). */
export function stillNeeded(figures: RoundFigures): { people: number; backbone: number; met: boolean } {
  const lack = (line: FigureLine | null) => (line === null || line.met ? 0 : line.need - line.num)
  const people = lack(figures.total)
  const backbone = lack(figures.readings[figures.binding])
  return { people, backbone, met: people === 0 && backbone === 0 }
}
