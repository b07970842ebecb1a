/** Something a plan says or does that the instance does not bear out. */
export interface Finding {
  /** Rule of planner.md §3 (H0 … H16), or the part of the certificate: level, counts, equity, move, why_not, chain, … */
  rule: string
  /** Post S04/P/CHN, unit S04/P, school, person, lock, pair, or `plan`. */
  item: string
  /** By how much the rule fails, in its own unit (heads, moves); 1 where there is nothing to count. */
  by: number
  /** Message key of the sentence. */
  code: string
  values: Record<string, string | number>
}

export const finding = (
  rule: string,
  item: string,
  by: number,
  what: string,
  values: Record<string, string | number> = {},
): Finding => ({ rule, item, by, code: `planner.check.${what}`, values: { item, by, ...values } })
