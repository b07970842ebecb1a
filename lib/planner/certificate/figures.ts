import type { PlanCounts, PlanEquity } from '@/lib/rules/planner/format.ts'
import type { PlanModel } from '../model/build.ts'
import { eligibleCounts } from '../model/rows.ts'
import { type Plan, type Spread, spreadsOf } from './plan.ts'

type Placed = Pick<PlanModel, 'roll' | 'table'>

const ceilShare = (whole: number, [n, d]: readonly [number, number]): number => Math.ceil((whole * n) / d)

/** E, EB, V, R, RB, the needs and the three readings of the backbone rule. */
export function planCounts({ roll, table }: Placed, plan: Plan): PlanCounts {
  const { policy } = roll
  const eligible = eligibleCounts(roll)
  const counts = { V: 0, VB: 0, R: policy.continuing.R, RB: policy.continuing.RB }
  for (const [at, n] of plan) {
    const { person } = roll.movers[table.options[at]!.mover]!
    counts.R += n
    if (person.backbone) counts.RB += n
    if (person.status === 'voluntary') {
      counts.V += n
      if (person.backbone) counts.VB += n
    }
  }
  const E = eligible.E + counts.V
  const EB = eligible.EB + counts.VB
  const { R, RB, V } = counts
  const base = { A: R, B: EB, C: E }[policy.backbone_reading]
  return {
    E,
    EB,
    V,
    R,
    RB,
    need_R: ceilShare(E, policy.rate_total),
    need_RB: ceilShare(base, policy.rate_backbone),
    A: [RB, R],
    B: [RB, EB],
    C: [RB, E],
  }
}

type Count = { school: number; pupils: number; count: number }

/** Coefficient of variation, 4 decimals half up: a float guess put right against the exact fraction. */
function coefficient(units: readonly Count[]): number | null {
  const pupils = units.reduce((sum, unit) => sum + unit.pupils, 0)
  const total = units.reduce((sum, unit) => sum + unit.count, 0)
  if (pupils === 0 || total === 0) return null
  const mean = total / pupils
  const variance = units.reduce((sum, unit) => sum + (unit.pupils / pupils) * (unit.count / unit.pupils - mean) ** 2, 0)
  let guess = BigInt(Math.round((Math.sqrt(variance) / mean) * 10_000))
  // CV² = top / under with the product of all distinct pupil numbers as common denominator.
  const common = [...new Set(units.map((unit) => BigInt(unit.pupils)))].reduce((all, one) => all * one, 1n)
  const squares = units.reduce((sum, u) => sum + BigInt(u.count) ** 2n * (common / BigInt(u.pupils)), 0n)
  const under = BigInt(total) ** 2n * common
  const top = 400_000_000n * (BigInt(pupils) * squares - under)
  while (guess > 0n && (2n * guess - 1n) ** 2n * under > top) guess--
  while ((2n * guess + 1n) ** 2n * under <= top) guess++
  return Number(guess) / 10_000
}

/** The school with the largest (P/P_N)(X − X̄)²; units come sorted by school id, so the first of equals wins. */
function driver(roll: Placed['roll'], units: readonly Count[]): string | null {
  const pupils = BigInt(units.reduce((sum, unit) => sum + unit.pupils, 0))
  const total = BigInt(units.reduce((sum, unit) => sum + unit.count, 0))
  if (total === 0n || units.length === 0) return null
  let best = units[0]!
  const weight = (unit: Count) => (BigInt(unit.count) * pupils - total * BigInt(unit.pupils)) ** 2n
  for (const unit of units) if (weight(unit) * BigInt(best.pupils) > weight(best) * BigInt(unit.pupils)) best = unit
  return roll.schools[best.school]!.id
}

function entry(roll: Placed['roll'], spread: Spread): PlanEquity {
  const before = spread.units.map(({ school, pupils, before: count }) => ({ school, pupils, count }))
  const after = spread.units.map(({ school, pupils, after: count }) => ({ school, pupils, count }))
  const was = coefficient(before)
  const is = coefficient(after)
  return {
    id: spread.id,
    stage: spread.stage,
    cv_before: was,
    cv_after: is,
    cv_relation_after: roll.policy.relation_moves ? is : was,
    driver_before: driver(roll, before),
    driver_after: driver(roll, after),
    units: spread.units
      .filter((unit) => unit.before !== unit.after)
      .map((unit) => [roll.schools[unit.school]!.id, unit.pupils, unit.before, unit.after]),
  }
}

/** CVs before and after by work place and by relation, with the school that drives each (R-BAL-3, R-BAL-4). */
export const planEquity = (placed: Placed, plan: Plan): PlanEquity[] =>
  spreadsOf(placed, plan).map((spread) => entry(placed.roll, spread))
