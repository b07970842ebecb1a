/** One claimant of a largest-remainder apportionment; weight a whole number ≥ 0. */
export interface Claim<K> {
  key: K
  weight: number
}

/**
 * Shares a whole number out by largest remainder (R-QUOTA-3, R-POOL-1): everyone gets the whole part of the exact
 * share, what is left goes to the largest remainders. Ties: the larger weight, then the order given. Whole-number arithmetic.
 * Shares add up to `total`, except that nobody gets anything when all weights are 0.
 */
export function largestRemainder<K>(total: number, claims: readonly Claim<K>[]): { key: K; share: number }[] {
  if (!Number.isInteger(total) || total < 0) throw new RangeError(`total must be a whole number ≥ 0: ${total}`)
  const sum = claims.reduce((all, { weight }) => all + BigInt(weight), 0n)
  if (sum === 0n) return claims.map(({ key }) => ({ key, share: 0 }))
  const parts = claims.map(({ key, weight }, order) => {
    const product = BigInt(total) * BigInt(weight)
    return { key, order, weight, share: Number(product / sum), rest: product % sum }
  })
  let left = total - parts.reduce((all, { share }) => all + share, 0)
  const byRemainder = [...parts].sort((a, b) =>
    a.rest === b.rest ? b.weight - a.weight || a.order - b.order : a.rest < b.rest ? 1 : -1,
  )
  for (const part of byRemainder) {
    if (left === 0) break
    part.share += 1
    left -= 1
  }
  return parts.map(({ key, share }) => ({ key, share }))
}
