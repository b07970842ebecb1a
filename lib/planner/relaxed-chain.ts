import type { PlanModel } from './model/build.ts'
import type { Objective } from './model/objectives.ts'
import type { HighsModel } from './solver/highs.ts'

/** One level of the relaxation: no plan that keeps the levels before at theirs can do better than `value`. */
export interface Step {
  at: number
  value: number
  /** Columns that every plan reaching `value` has at this bound. */
  fixes: [column: number, value: number][]
  seconds: number
}

/** Bounds of the columns as they stand: those of the model, and columns fixed for good. */
export interface Bounds {
  lower: Float64Array
  upper: Float64Array
}

export interface Chain {
  steps: Step[]
  /** Why there are no more steps: all levels done, no plan under the values so far, or stopped. */
  end: 'done' | 'infeasible' | 'stopped'
  seconds: number
}

/** A whole-number bound from the solver's float: nothing between two integers can be reached. */
export function wholeBound(bound: number | null, { constant, sense }: Objective): number | null {
  if (bound === null) return null
  return (sense === 'min' ? Math.ceil(bound - 1e-3) : Math.floor(bound + 1e-3)) + constant
}

/** Holds a level at a value (in the level's own unit, constant included). */
export function holdLevel(model: PlanModel, highs: HighsModel, at: number, value: number): void {
  const { sum, constant, sense } = model.objectives[at]!
  if (sum.size === 0) return
  const held = value - constant
  highs.hold(sum, sense === 'max' ? held : Number.NEGATIVE_INFINITY, sense === 'min' ? held : Number.POSITIVE_INFINITY)
}

/**
 * Reduced costs say what a column costs at least when it leaves its bound. One that costs more than what lies between
 * the relaxation and the value held cannot leave it: it is fixed for all later levels. (Every column is a whole number
 * in a plan that reaches the value: moves, their sums, missing heads, and the steps of the spread, which fill in order.)
 */
function fixesOf(
  model: PlanModel,
  { lower, upper }: Bounds,
  at: number,
  objective: number,
  value: number,
  values: Float64Array,
  costs: Float64Array,
) {
  const { sense, constant } = model.objectives[at]!
  const room = Math.abs(value - constant - objective) + 0.01 + 1e-9 * Math.abs(objective)
  const sign = sense === 'min' ? 1 : -1
  const fixes: Step['fixes'] = []
  for (let column = 0; column < lower.length; column++) {
    if (lower[column] === upper[column]) continue
    const cost = costs[column]! * sign
    if (cost > room && values[column]! < lower[column]! + 1e-7) fixes.push([column, lower[column]!])
    else if (cost < -room && values[column]! > upper[column]! - 1e-7) fixes.push([column, upper[column]!])
  }
  return fixes
}

/**
 * Relaxes the levels from `from` on, one after the other, each held at its bound rounded to the next whole number while
 * the next is solved. The bound of the first step is proven; those after it are proven as soon as a plan is found that
 * reaches all the steps before.
 * @param bounds columns as they stand; they are given back the same
 * @param known values already known to be unbeatable for the first levels; they are held without solving
 */
export function relaxLevels(
  model: PlanModel,
  lp: HighsModel,
  bounds: Bounds,
  from: number,
  known: readonly number[],
  left: () => number,
  stop?: () => boolean,
): Chain {
  const mark = lp.rowCount
  const steps: Step[] = []
  const { lower, upper } = bounds
  let end: Chain['end'] = 'done'
  let seconds = 0
  for (let at = from; at < model.objectives.length; at++) {
    const objective = model.objectives[at]!
    const step: Step = { at, value: known[at] ?? objective.constant, fixes: [], seconds: 0 }
    if (known[at] === undefined && objective.sum.size > 0) {
      lp.objective(objective.sum, objective.sense)
      const run = lp.runRelaxed(left(), stop)
      step.seconds = run.seconds
      seconds += run.seconds
      if (run.status !== 'optimal') {
        end = run.status
        break
      }
      step.value = wholeBound(run.objective, objective)!
      step.fixes = fixesOf(model, bounds, at, run.objective, step.value, run.values, run.reducedCosts)
      for (const [column, value] of step.fixes) lp.columnBounds(column, value, value)
    }
    steps.push(step)
    holdLevel(model, lp, at, step.value)
  }
  for (const { fixes } of steps) for (const [column] of fixes) lp.columnBounds(column, lower[column]!, upper[column]!)
  lp.dropRows(mark)
  return { steps, end, seconds }
}
