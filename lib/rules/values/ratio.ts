/** An exact share: whole numbers, den > 0 for a proper ratio. Verdicts use it; only formatters round. */
export interface Ratio {
  num: number
  den: number
}

export const ratio = (num: number, den: number): Ratio => ({ num, den })

/**
 * Smallest whole number of `base` that reaches the share (R-QUOTA-2), in integers:
 * (base·num + den − 1) div den. Binary floats would give ceil(0.07·100) = 8.
 */
export function ceilShare(base: number, rate: Ratio): number {
  if (!Number.isInteger(base) || base < 0) throw new RangeError(`base must be a whole number ≥ 0: ${base}`)
  if (!Number.isInteger(rate.num) || !Number.isInteger(rate.den) || rate.den <= 0 || rate.num < 0)
    throw new RangeError(`not a share: ${rate.num}/${rate.den}`)
  return Number((BigInt(base) * BigInt(rate.num) + BigInt(rate.den) - 1n) / BigInt(rate.den))
}

/** a ≥ b on exact fractions. */
export const atLeast = (a: Ratio, b: Ratio): boolean => BigInt(a.num) * BigInt(b.den) >= BigInt(b.num) * BigInt(a.den)

/** Percent with 2 decimals, half up, from the exact fraction: '10.30'. The caller adds the sign. */
export function percentText(share: Ratio): string {
  const hundredths = (BigInt(share.num) * 10000n * 2n + BigInt(share.den)) / (BigInt(share.den) * 2n)
  const whole = hundredths / 100n
  return `${whole}.${String(hundredths % 100n).padStart(2, '0')}`
}
