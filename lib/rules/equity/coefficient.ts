import type { Ratio } from '../values/ratio.ts'

/** One school of a stage: pupils Pᵢ and resource xᵢ, exact (a split of shared resources is a fraction). */
export interface CoefficientPoint {
  id: string
  pupils: number
  amount: Ratio
}

export interface Coefficient {
  /** CV² as an exact fraction; verdicts use it. */
  squared: { num: bigint; den: bigint }
  /** CV to four decimals, half up, in ten-thousandths: 4289 is 0.4289. */
  tenThousandths: number
  /** The school that drives it most: largest (P/P_N)(X−X̄)², ties by id. */
  driver: string
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

/** ⌊√n⌋. */
function wholeRoot(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (x + n / x) >> 1n
    if (next >= x) return x
    x = next
  }
}

/** Points that count, resources over one denominator. Schools without pupils are skipped (R-BAL-5). */
function scaled(points: readonly CoefficientPoint[]): { id: string; pupils: bigint; amount: bigint }[] {
  const counted = points.filter(({ pupils }) => pupils > 0)
  const den = counted.reduce((lcm, { amount }) => {
    const d = BigInt(amount.den)
    return (lcm / gcd(lcm, d)) * d
  }, 1n)
  return counted.map(({ id, pupils, amount }) => ({
    id,
    pupils: BigInt(pupils),
    amount: BigInt(amount.num) * (den / BigInt(amount.den)),
  }))
}

/**
 * Difference coefficient 差异系数 of one indicator over the schools of a stage (R-BAL-3), weighted by pupils, exact:
 * CV² = P_N/T² · Σ xᵢ²/Pᵢ − 1 with X̄ = district total ÷ district pupils, not the mean of school values.
 * Null (不适用) when there are no pupils or no resource at all.
 */
export function differenceCoefficient(points: readonly CoefficientPoint[]): Coefficient | null {
  const units = scaled(points)
  const pupils = units.reduce((sum, unit) => sum + unit.pupils, 0n)
  const total = units.reduce((sum, unit) => sum + unit.amount, 0n)
  const first = units[0]
  if (!first || pupils === 0n || total === 0n) return null
  let num = 0n
  let den = 1n
  for (const unit of units) {
    num = num * unit.pupils + unit.amount * unit.amount * den
    den *= unit.pupils
    const divisor = gcd(num, den)
    num /= divisor
    den /= divisor
  }
  const squared = { num: pupils * num - total * total * den, den: total * total * den }
  const root = wholeRoot((400_000_000n * squared.num) / squared.den)
  return { squared, tenThousandths: Number((root + 1n) / 2n), driver: driverOf(units, pupils, total) }
}

function driverOf(
  units: readonly { id: string; pupils: bigint; amount: bigint }[],
  pupils: bigint,
  total: bigint,
): string {
  let driver = { id: '', size: -1n, per: 1n }
  for (const { id, pupils: own, amount } of units) {
    const distance = amount * pupils - total * own
    const size = distance * distance
    const more = size * driver.per - driver.size * own
    if (driver.size < 0n || more > 0n || (more === 0n && id < driver.id)) driver = { id, size, per: own }
  }
  return driver.id
}

/** CV ≤ limit, on exact fractions (R-BAL-2). */
export const coefficientWithin = ({ squared }: Coefficient, limit: Ratio): boolean =>
  squared.num * BigInt(limit.den) ** 2n <= BigInt(limit.num) ** 2n * squared.den

/** The unweighted coefficient, for comparison only: on published data it gives the opposite verdict (R-BAL-3). */
export function unweightedCoefficient(points: readonly CoefficientPoint[]): number | null {
  const values = points.filter(({ pupils }) => pupils > 0).map(({ pupils, amount }) => amount.num / amount.den / pupils)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length === 0 || mean === 0) return null
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return Math.sqrt(variance) / mean
}
