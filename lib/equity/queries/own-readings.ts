import { asc } from 'drizzle-orm'
import { equityReadings } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { isSmallCell } from '@/lib/rules/equity/small-cells.ts'

export interface EquityReading extends Readonly<typeof equityReadings.$inferSelect> {
  /** The district's figure rests on one or two people outside the own school: it is not shown. */
  suppressed: boolean
}

/** Indicators that count people; the other four measure rooms and money. */
const COUNTS_PEOPLE: readonly number[] = [1, 2, 3]

/**
 * Readings in the actor's scope: for a school its own row and the district's line (security.md §2.3). The own people are
 * known by name anyway; a line of the district that would tell of one or two others leaves the server without its figures.
 */
export async function ownReadings(tx: Tx): Promise<EquityReading[]> {
  const rows = await tx
    .select()
    .from(equityReadings)
    .orderBy(asc(equityReadings.stage), asc(equityReadings.indicator), asc(equityReadings.basis))
  return rows.map((row) => {
    if (row.schoolId !== null || row.amount === null || !COUNTS_PEOPLE.includes(row.indicator))
      return { ...row, suppressed: false }
    const own = rows
      .filter(
        (other) =>
          other.schoolId !== null &&
          other.stage === row.stage &&
          other.indicator === row.indicator &&
          other.basis === row.basis,
      )
      .reduce((sum, { amount }) => sum + (amount ?? 0), 0)
    return isSmallCell(row.amount, own)
      ? { ...row, amount: null, value: null, coefficient: null, passes: null, suppressed: true }
      : { ...row, suppressed: false }
  })
}
