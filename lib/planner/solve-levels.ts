import { LevelSearch } from './level-search.ts'
import type { PlanModel } from './model/build.ts'
import type { LevelsOutcome, SolveHooks, SolveOptions } from './search-terms.ts'
import { highsRuntime } from './solver/highs.ts'

/**
 * Solves the five levels one after the other, each to proven optimality and then held (planner.md §4, §11). The levels
 * are first relaxed as a chain; a plan in whole numbers that reaches the whole chain proves all levels at once, and where
 * none does, a shorter piece of the chain is taken. Values come from the rounded plan in whole numbers; a value that
 * does not meet its proven bound is an error, not a warning.
 */
export async function solveLevels(
  model: PlanModel,
  options: SolveOptions = {},
  hooks: SolveHooks = {},
): Promise<LevelsOutcome> {
  const search = new LevelSearch(model, options, hooks, await highsRuntime())
  try {
    return search.solve()
  } finally {
    search.dispose()
  }
}
