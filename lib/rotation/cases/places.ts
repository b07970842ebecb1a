import { and, eq, isNotNull, notInArray, sql } from 'drizzle-orm'
import { rotationCases } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { coverKey } from '../queries/cover.ts'

/** States in which a case does not take a place at its destination. */
const NOT_TAKING: CaseState[] = ['draft', 'submitted', 'origin_approved', 'rejected', 'withdrawn', 'terminated']

/** Places of a round's posts already agreed by their schools, by `coverKey` of school, stage and subject. */
export async function placesTaken(tx: Tx, roundId: RoundId): Promise<Map<string, number>> {
  const rows = await tx
    .select({
      schoolId: rotationCases.toSchoolId,
      stage: rotationCases.stage,
      subject: rotationCases.subject,
      count: sql<number>`count(*)::int`,
    })
    .from(rotationCases)
    .where(
      and(
        eq(rotationCases.roundId, roundId),
        isNotNull(rotationCases.toSchoolId),
        notInArray(rotationCases.state, NOT_TAKING),
      ),
    )
    .groupBy(rotationCases.toSchoolId, rotationCases.stage, rotationCases.subject)
  return new Map(rows.map((row) => [coverKey(row.schoolId!, row.stage, row.subject), row.count]))
}
