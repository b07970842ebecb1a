import type { PlanEquity, SolvedPlan } from '../format/result-schema.ts'
import type { Facts, Sent } from './facts.ts'
import { type Finding, finding } from './finding.ts'
import { type UnitCount, unitCounts } from './indicators.ts'

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

function squareRoot(n: bigint): bigint {
  if (n < 2n) return n
  let guess = 1n << BigInt((n.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (guess + n / guess) >> 1n
    if (next >= guess) return guess
    guess = next
  }
}

/**
 * Pupil-weighted coefficient of variation to 4 decimals, half up, from the exact fraction (R-BAL-3):
 * CV² = P_N/T² · Σ x²/P − 1. Null when there are no pupils or nobody to count.
 */
export function coefficient(units: readonly { pupils: bigint; count: bigint }[]): number | null {
  const pupils = units.reduce((sum, unit) => sum + unit.pupils, 0n)
  const total = units.reduce((sum, unit) => sum + unit.count, 0n)
  if (pupils === 0n || total === 0n) return null
  const common = units.reduce((all, unit) => (all / gcd(all, unit.pupils)) * unit.pupils, 1n)
  const squares = units.reduce((sum, unit) => sum + unit.count * unit.count * (common / unit.pupils), 0n)
  const over = total * total * common
  const variance = pupils * squares - over
  // The largest k with (2k − 1)² ≤ 4·10⁸·CV² is 10⁴·CV rounded half up.
  return Number((squareRoot((400_000_000n * variance) / over) + 1n) / 2n) / 10_000
}

/** The school with the largest (P/P_N)(X − X̄)²; ties go to the smallest id. */
function driver(units: readonly { school: string; pupils: bigint; count: bigint }[]): string | null {
  const pupils = units.reduce((sum, unit) => sum + unit.pupils, 0n)
  const total = units.reduce((sum, unit) => sum + unit.count, 0n)
  if (total === 0n) return null
  let best: { school: string; top: bigint; under: bigint } | null = null
  for (const { school, pupils: own, count } of units) {
    const deviation = count * pupils - total * own
    const top = deviation * deviation
    const ahead = best ? top * best.under - best.top * own : 1n
    if (!best || ahead > 0n || (ahead === 0n && school < best.school)) best = { school, top, under: own }
  }
  return best?.school ?? null
}

const before = (unit: UnitCount) => ({ school: unit.school, pupils: unit.pupils, count: unit.before })
const after = (unit: UnitCount) => ({ school: unit.school, pupils: unit.pupils, count: unit.after })

/** The equity block of the certificate, recomputed. */
export function equityOf(facts: Facts, sent: readonly Sent[]): PlanEquity[] {
  const { indicators, relation_moves } = facts.instance.policy
  return indicators.map(({ id, stage }) => {
    const units = unitCounts(facts, sent, id, stage)
    const was = coefficient(units.map(before))
    const is = coefficient(units.map(after))
    return {
      id,
      stage,
      cv_before: was,
      cv_after: is,
      cv_relation_after: relation_moves ? is : was,
      driver_before: driver(units.map(before)),
      driver_after: driver(units.map(after)),
      units: units
        .filter((unit) => unit.before !== unit.after)
        .map((unit) => [unit.school, Number(unit.pupils), Number(unit.before), Number(unit.after)]),
    }
  })
}

const inOrder = (entry: PlanEquity) => JSON.stringify([...entry.units].sort((a, b) => (a[0] < b[0] ? -1 : 1)))

export function checkEquity(facts: Facts, sent: readonly Sent[], stated: SolvedPlan['equity']): Finding[] {
  const right = equityOf(facts, sent)
  const found: Finding[] = []
  if (stated.length !== right.length)
    found.push(finding('equity', 'plan', 1, 'equity_entries', { found: stated.length, right: right.length }))
  for (const entry of right) {
    const item = `${entry.id}/${entry.stage}`
    const said = stated.find((other) => other.id === entry.id && other.stage === entry.stage)
    if (!said) {
      found.push(finding('equity', item, 1, 'equity_missing'))
      continue
    }
    for (const field of ['cv_before', 'cv_after', 'cv_relation_after', 'driver_before', 'driver_after'] as const)
      if (said[field] !== entry[field])
        found.push(
          finding('equity', item, 1, 'equity_differs', {
            field,
            found: String(said[field]),
            right: String(entry[field]),
          }),
        )
    if (inOrder(said) !== inOrder(entry)) found.push(finding('equity', item, 1, 'equity_units'))
  }
  return found
}
