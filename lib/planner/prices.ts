import {
  LEVELS,
  type LockPrice,
  type PlanInstance,
  type PlanResult,
  type SolvedPlan,
} from '@/lib/rules/planner/format.ts'
import { type PlanOptions, solvePlan } from './solve-plan.ts'

/**
 * What a lock costs (planner.md §8): the values of this plan minus those of the best plan without the lock, levels 1–4.
 * Null when the round without the lock has no plan, or none was found in time.
 */
export async function priceLock(
  instance: PlanInstance,
  result: SolvedPlan,
  lock: string,
  options: PlanOptions = {},
): Promise<LockPrice | null> {
  const without = { ...instance, locks: instance.locks.filter((one) => one.id !== lock) }
  const other = await solvePlan(without, result.instance_sha256, options)
  if (other.status !== 'optimal' && other.status !== 'feasible') return null
  const compared = Math.min(4, other.levels.length, result.levels.length)
  const values = other.levels.slice(0, compared).map((level) => level.value)
  return {
    lock,
    values_without: values,
    delta: values.map((value, at) => result.levels[at]!.value - value),
    proven: [...other.levels, ...result.levels].every((level) => level.level > compared || level.status === 'optimal'),
  }
}

/** The price of choosing a person who was not chosen: the first level that gets worse, or why it cannot be. */
export type ChoicePrice =
  | { kind: 'worse'; level: number; name: (typeof LEVELS)[number]['name']; by: number; result: SolvedPlan }
  /** Equally good on levels 1–4: decided by the tie-break. */
  | { kind: 'tie'; result: SolvedPlan }
  | { kind: 'conflict'; result: PlanResult }
  | { kind: 'unknown'; result: PlanResult }

/**
 * Why not this person (planner.md §6): lock the move, or without a place named ask for the best place there is, solve
 * again, and see what it costs.
 * @param teacher a person listed singly; a member of a group is taken out of it first by the caller
 */
export async function priceChoice(
  instance: PlanInstance,
  result: SolvedPlan,
  { teacher, to }: { teacher: string; to?: string },
  options: PlanOptions = {},
): Promise<ChoicePrice> {
  const locks = to === undefined ? instance.locks : [...instance.locks, { id: freeLockId(instance), teacher, to }]
  const other = await solvePlan({ ...instance, locks }, result.instance_sha256, {
    ...options,
    ...(to === undefined ? { mustMove: teacher } : {}),
    previous: { instance, result },
  })
  if (other.status === 'infeasible') return { kind: 'conflict', result: other }
  if (other.status !== 'optimal') return { kind: 'unknown', result: other }
  for (const { level, name, sense } of LEVELS.slice(0, 4)) {
    const change = other.levels[level - 1]!.value - (result.levels[level - 1]?.value ?? Number.NaN)
    const by = sense === 'min' ? change : -change
    if (Number.isNaN(by)) return { kind: 'unknown', result: other }
    if (by !== 0) return { kind: 'worse', level, name, by, result: other }
  }
  return { kind: 'tie', result: other }
}

function freeLockId(instance: PlanInstance): string {
  const taken = new Set(instance.locks.map((lock) => lock.id))
  let n = 1
  while (taken.has(`WHY${n}`)) n++
  return `WHY${n}`
}
