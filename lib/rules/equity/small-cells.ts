/** Fewer people than this can be told apart in a figure (security.md §2.3, aggregates). */
export const SMALLEST_CELL = 3

/**
 * Whether a figure about `people` would tell something of one or two of them to a reader who knows `known` by name, the
 * people of the own school: the own part taken off, what is left must be nobody or at least three.
 */
export function isSmallCell(people: number, known = 0): boolean {
  const unknown = people - known
  return unknown > 0 && unknown < SMALLEST_CELL
}
