import { and, eq, inArray, notInArray } from 'drizzle-orm'
import { rotationCases, wishes } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { RoundId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'

/** What somebody of the round has applied for, or been put forward to. */
export interface AskedMove {
  teacherId: TeacherId
  to: SchoolId | null
  isVoluntary: boolean
  acceptsAllocation: boolean
  crossStage: boolean
  wishes: SchoolId[]
}

/** What people of the round have asked for: live cases with their wishes in order. */
export async function askedMoves(tx: Tx, roundId: RoundId): Promise<Map<string, AskedMove>> {
  const cases = await tx
    .select()
    .from(rotationCases)
    .where(and(eq(rotationCases.roundId, roundId), notInArray(rotationCases.state, [...ENDED_STATES])))
  if (cases.length === 0) return new Map()
  const ranked = groupBy(
    await tx
      .select()
      .from(wishes)
      .where(
        inArray(
          wishes.caseId,
          cases.map(({ id }) => id),
        ),
      )
      .orderBy(wishes.rank),
    ({ caseId }) => caseId,
  )
  return new Map(
    cases.map((row) => [
      row.teacherId,
      {
        teacherId: row.teacherId,
        to: row.toSchoolId,
        isVoluntary: row.isVoluntary,
        acceptsAllocation: row.acceptsAllocation || row.source !== 'applied',
        crossStage: row.consentedAt !== null && row.teacherStage !== row.stage,
        wishes: (ranked.get(row.id) ?? []).map(({ schoolId }) => schoolId),
      },
    ]),
  )
}
