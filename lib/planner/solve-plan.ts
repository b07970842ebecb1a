import { LEVELS, PLAN_FORMAT, type PlanInstance, type PlanResult, type SolvedPlan } from '@/lib/rules/planner/format.ts'
import { type Plan, planValues } from './certificate/plan.ts'
import { certify, SOLVER } from './certificate/result.ts'
import { isWorthSplitting } from './decompose.ts'
import { explainInfeasible } from './infeasible.ts'
import { buildModel, type PlanModel } from './model/build.ts'
import { isPlan } from './model/holds.ts'
import { quickPlan } from './model/quick-plan.ts'
import type { SolveHooks, SolveOptions } from './search-terms.ts'
import { solveLevels } from './solve-levels.ts'
import { solveZones } from './solve-zones.ts'
import { tightens } from './tightens.ts'

/** A result for a run that ended without a plan and without a proof that there is none. */
export const failedPlan = (instance: PlanInstance, instanceSha256: string, error: string): PlanResult => ({
  format: PLAN_FORMAT,
  kind: 'result',
  instance: instance.name,
  instance_sha256: instanceSha256,
  solver: SOLVER,
  status: 'error',
  error,
})

export interface PlanHooks extends Omit<SolveHooks, 'plan'> {
  /** Every better plan, the quick one first; level 0 is the quick plan. */
  plan?(plan: Plan, values: number[], level: number, model: PlanModel): void
  /** There is no plan; what follows looks for the rules in conflict. */
  conflict?(): void
}

/** Options of a plan already found, so that it can be shown and started from; null when a line fits no option. */
export function planFromLines(
  model: Pick<PlanModel, 'roll' | 'table'>,
  lines: Pick<SolvedPlan, 'moves' | 'flows'>,
): Plan | null {
  const { roll, table } = model
  const at = new Map(
    table.options.map(({ mover, post }, index) => [
      JSON.stringify([roll.movers[mover]!.id, roll.schools[post.school]!.id, post.unit.stage, post.subject]),
      index,
    ]),
  )
  const plan: Plan = new Map()
  const all = [
    ...lines.moves.map((move) => ({ ...move, id: move.teacher, n: 1 })),
    ...lines.flows.map((flow) => ({ ...flow, id: flow.group })),
  ]
  for (const { id, to, stage, subject, n } of all) {
    const option = at.get(JSON.stringify([id, to, stage, subject]))
    if (option === undefined) return null
    plan.set(option, n)
  }
  return plan
}

export interface PlanOptions extends SolveOptions {
  /** An earlier scenario of the same round; used when it has fewer locks, forbids, stays and pairs, and was proven. */
  previous?: { instance: PlanInstance; result: PlanResult }
  /** Somebody listed singly who has to go, to the best place there is: what choosing them costs (planner.md §6). */
  mustMove?: string
}

/**
 * Solves one instance from start to certificate: a quick plan to show, the five levels, and when there is no plan the
 * conflict and its cheapest repair. Blocks its thread while the solver works: run it in a process of its own.
 */
export async function solvePlan(
  instance: PlanInstance,
  instanceSha256: string,
  options: PlanOptions = {},
  hooks: PlanHooks = {},
): Promise<PlanResult> {
  const { previous, mustMove } = options
  const model = buildModel(instance, { mustMove })
  const proven = previous?.result.status === 'optimal' && tightens(previous.instance, instance) ? previous.result : null
  const kept = proven ? planFromLines(model, proven) : null
  const unbeatable = proven?.levels.map((level) => level.value)
  const sameIds = proven !== null && JSON.stringify(previous!.instance.groups) === JSON.stringify(instance.groups)
  if (proven && kept && sameIds && isPlan(model, kept))
    // The better-or-equal old plan keeps the new rules too: nothing to solve.
    return certify(instance, model, kept, { instanceSha256, levels: proven.levels, status: 'optimal' })
  const quick = quickPlan(model)
  const usable = isPlan(model, quick)
  if (usable) hooks.plan?.(quick, planValues(model, quick), 0, model)
  const ofModel: SolveHooks = {
    ...hooks,
    plan: hooks.plan && ((plan, values, level) => hooks.plan!(plan, values, level, model)),
  }
  const began = performance.now()
  const zones =
    isWorthSplitting(model) && !unbeatable && mustMove === undefined
      ? await solveZones(instance, model, options, ofModel)
      : null
  const spent = (performance.now() - began) / 1000
  if (zones?.levels.length === LEVELS.length)
    return certify(instance, model, zones.plan, { instanceSha256, levels: zones.levels, status: 'optimal' })
  const timeLimit = options.timeLimit === undefined ? {} : { timeLimit: Math.max(1, options.timeLimit - spent) }
  const outcome = await solveLevels(
    model,
    {
      ...(usable && !unbeatable ? { start: quick } : {}),
      ...(unbeatable ? { unbeatable } : {}),
      ...options,
      ...timeLimit,
      ...(zones ? { proven: zones } : {}),
    },
    ofModel,
  )
  if (outcome.kind === 'plan')
    return certify(instance, model, outcome.plan, { instanceSha256, levels: outcome.levels, status: outcome.status })
  if (outcome.kind === 'nothing') return failedPlan(instance, instanceSha256, 'stopped before any plan was found')
  hooks.conflict?.()
  return {
    format: PLAN_FORMAT,
    kind: 'result',
    instance: instance.name,
    instance_sha256: instanceSha256,
    solver: SOLVER,
    status: 'infeasible',
    conflict: await explainInfeasible(instance, options, mustMove),
  }
}
