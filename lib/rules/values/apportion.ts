import type { Ratio } from './ratio.ts'

/** One claimant of a largest-remainder apportionment; weight a whole number or an exact fraction, ≥ 0. */
export interface Claim<K> {
  key: K
  weight: number | Ratio
}

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

/** Weights as whole numbers over one denominator: only their proportions matter. */
function wholeWeights<K>(claims: readonly Claim<K>[]): bigint[] {
  const ratios = claims.map(({ weight }) => (typeof weight === 'number' ? { num: weight, den: 1 } : weight))
  const den = ratios.reduce((lcm, ratio) => (lcm / gcd(lcm, BigInt(ratio.den))) * BigInt(ratio.den), 1n)
  return ratios.map((ratio) => BigInt(ratio.num) * (den / BigInt(ratio.den)))
}

/**
 * Shares a whole number out by largest remainder (R-QUOTA-3, R-POOL-1): everyone gets the whole part of the exact
 * share, what is left goes to the largest remainders. Ties: the larger weight, then the order given. Whole-number arithmetic.
 * Shares add up to `total`, except that nobody gets anything when all weights are 0.
 */
export function largestRemainder<K>(total: number, claims: readonly Claim<K>[]): { key: K; share: number }[] {
  if (!Number.isInteger(total) || total < 0) throw new RangeError(`total must be a whole number ≥ 0: ${total}`)
  const weights = wholeWeights(claims)
  const sum = weights.reduce((all, weight) => all + weight, 0n)
  if (sum === 0n) return claims.map(({ key }) => ({ key, share: 0 }))
  const parts = claims.map(({ key }, order) => {
    const weight = weights[order]!
    const product = BigInt(total) * weight
    return { key, order, weight, share: Number(product / sum), rest: product % sum }
  })
  let left = total - parts.reduce((all, { share }) => all + share, 0)
  const byRemainder = [...parts].sort((a, b) => {
    if (a.rest !== b.rest) return a.rest < b.rest ? 1 : -1
    if (a.weight !== b.weight) return a.weight < b.weight ? 1 : -1
    return a.order - b.order
  })
  for (const part of byRemainder) {
    if (left === 0) break
    part.share += 1
    left -= 1
  }
  return parts.map(({ key, share }) => ({ key, share }))
}
