import type { Ratio } from '../values/ratio.ts'
import type { NormSettings } from './norms.ts'

export interface PupilCounts {
  P: number
  J: number
  S: number
}

/** Staff by the norm, exact: `ratio`; shown to one decimal, compared as whole heads. */
export interface StaffNorm {
  ratio: Ratio
  /** Tenths, half up: 1013 means 101.3. */
  tenths: number
  ceil: number
  /** Whether the class rule of small schools gave the larger number. */
  byClasses: boolean
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

const reduced = (num: bigint, den: bigint): Ratio => {
  const divisor = gcd(num, den) || 1n
  return { num: Number(num / divisor), den: Number(den / divisor) }
}

/** Tenths of an exact value, halves away from zero. */
export function tenthsOf({ num, den }: Ratio): number {
  const size = BigInt(Math.abs(num))
  const tenths = Number((size * 20n + BigInt(den)) / (BigInt(den) * 2n))
  return num < 0 ? -tenths : tenths
}

/**
 * Norm of a school (R-EST-1): P/19 + J/13.5 + S/12.5, nine-year schools with both parts; a school under the small-school
 * line gets at least `staffPerClass` for each class. Source: 国办发〔2001〕74号, 中央编办发〔2014〕72号.
 */
export function staffNorm(pupils: PupilCounts, classes: number, settings: NormSettings): StaffNorm {
  const [p, j, s] = [BigInt(settings.primaryTenths), BigInt(settings.juniorTenths), BigInt(settings.seniorTenths)]
  const num = 10n * (BigInt(pupils.P) * j * s + BigInt(pupils.J) * p * s + BigInt(pupils.S) * p * j)
  const byPupils = reduced(num, p * j * s)
  const byClass = reduced(BigInt(classes) * BigInt(settings.staffPerClassTenths), 10n)
  const total = pupils.P + pupils.J + pupils.S
  const byClasses = total < settings.smallBelow && byClass.num * byPupils.den > byPupils.num * byClass.den
  const ratio = byClasses ? byClass : byPupils
  return { ratio, tenths: tenthsOf(ratio), ceil: Math.ceil(ratio.num / ratio.den), byClasses }
}

export interface EstablishmentInput {
  /** 核定编制; null = not typed in yet. */
  approved: number | null
  /** 实有在编 by personnel relation. */
  actual: number
  /** All staff by relation, in and outside establishment. */
  staff: number
  /** All staff by work place: the only number a no-move posting changes (R-EST-3). */
  byWorkPlace: number
  norm: StaffNorm
}

/** The three numbers, never mixed (R-EST-2): approved, norm, actual. `overNormTenths` is staff − norm in tenths. */
export function establishmentView(input: EstablishmentInput) {
  const { norm, staff } = input
  return {
    ...input,
    overApproved: input.approved === null ? null : input.actual - input.approved,
    overNormTenths: tenthsOf({ num: staff * norm.ratio.den - norm.ratio.num, den: norm.ratio.den }),
  }
}
