import type { Bounds } from './relaxed-chain.ts'
import type { HighsModel, RunOutcome } from './solver/highs.ts'

/** Zones that take their best together, one after the other first: few are quick, more can trade with each other. */
const TOGETHER = [1, 4, 12]

/**
 * Zone by zone, a level takes its best while everybody else stays where they are: each search is small, and the sum is a
 * start that a search over the whole does not find in minutes. What is held for the round stays held.
 * @param zones columns of each zone in the whole
 * @param values a plan in all columns
 * @param solve runs the level from where the model stands
 * @returns the best plan found, in all columns; bounds are given back as they were
 */
export function polishZones(
  mip: Pick<HighsModel, 'columnBounds' | 'start'>,
  { lower, upper }: Bounds,
  zones: readonly (readonly number[])[],
  values: Float64Array,
  solve: () => RunOutcome,
  isOver: () => boolean,
): Float64Array {
  let best = values
  const stay = (zone: readonly number[]) => {
    for (const column of zone) {
      const value = Math.round(best[column]!)
      mip.columnBounds(column, value, value)
    }
  }
  const free = (zone: readonly number[]) => {
    for (const column of zone) mip.columnBounds(column, lower[column]!, upper[column]!)
  }
  for (const zone of zones) stay(zone)
  for (const size of TOGETHER)
    for (let at = 0; at < zones.length && !isOver(); at += size) {
      const some = zones.slice(at, at + size)
      for (const zone of some) free(zone)
      mip.start(best)
      const run = solve()
      if (run.values) best = run.values
      for (const zone of some) stay(zone)
    }
  for (const zone of zones) free(zone)
  return best
}
