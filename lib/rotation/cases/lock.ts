import { and, eq, inArray } from 'drizzle-orm'
import { rotationCases, type rotationRounds, roundCounters } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Target } from '@/lib/rules/access/permissions.ts'
import type { CaseId, RoundId } from '@/lib/rules/values/ids.ts'

export type CaseRow = typeof rotationCases.$inferSelect
export type RoundRow = typeof rotationRounds.$inferSelect

/**
 * Locks a round for everything that changes its cases, vacancies or decisions: always before the case itself, so that
 * two acts never wait for each other crosswise and the quota is read as it will be written. Null: no such round here.
 */
export async function lockRound(tx: Tx, roundId: RoundId): Promise<typeof roundCounters.$inferSelect | null> {
  const [row] = await tx.select().from(roundCounters).where(eq(roundCounters.roundId, roundId)).for('update')
  return row ?? null
}

/** Whose a case is: either school, or the teacher. The destination counts once it was shown the case. */
export const targetOf = (row: CaseRow): Target => ({
  schools: [row.fromSchoolId, row.shownToDestination ? row.toSchoolId : null],
  teacherId: row.teacherId,
})

/** Locks the round, then the case; null when it is not there or not the actor's to see. */
export async function lockCase(tx: Tx, caseId: CaseId): Promise<(CaseRow & { target: Target }) | null> {
  const [seen] = await tx
    .select({ roundId: rotationCases.roundId })
    .from(rotationCases)
    .where(eq(rotationCases.id, caseId))
  if (!seen || !(await lockRound(tx, seen.roundId))) return null
  const [row] = await tx.select().from(rotationCases).where(eq(rotationCases.id, caseId)).for('update')
  return row ? { ...row, target: targetOf(row) } : null
}

/** Locks several cases of one round, the round being locked already; in the order of their ids. */
export async function lockCases(tx: Tx, roundId: RoundId, caseIds: readonly CaseId[]): Promise<CaseRow[]> {
  return tx
    .select()
    .from(rotationCases)
    .where(and(eq(rotationCases.roundId, roundId), inArray(rotationCases.id, [...caseIds])))
    .orderBy(rotationCases.id)
    .for('update')
}

/** The next number of a case in a round; the round is locked. */
export async function takeNumbers(tx: Tx, roundId: RoundId, first: number, count: number): Promise<number[]> {
  await tx
    .update(roundCounters)
    .set({ nextCase: first + count })
    .where(eq(roundCounters.roundId, roundId))
  return Array.from({ length: count }, (_, index) => first + index)
}
