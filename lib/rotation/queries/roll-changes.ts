import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { rollChanges, rollEntries, rotationRounds, schools, teachers } from '@/db/schema/index.ts'
import type { RollId } from '@/db/schema/rotation/rolls.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { RoundId, TeacherId } from '@/lib/rules/values/ids.ts'

/** People of a round whose changed outcome nobody has decided on: no notice or order may include them. */
export async function undecidedChanges(tx: Tx, roundId: RoundId): Promise<Set<TeacherId>> {
  const rows = await tx
    .select({ teacherId: rollChanges.teacherId })
    .from(rollChanges)
    .where(and(eq(rollChanges.roundId, roundId), isNull(rollChanges.decision)))
  return new Set(rows.map(({ teacherId }) => teacherId))
}

/** Changes that were decided to be followed, the last one of each person: they lie over the frozen roll. */
export async function followedChanges(tx: Tx, rollId: RollId) {
  const rows = await tx
    .select({
      teacherId: rollChanges.teacherId,
      state: rollChanges.now,
      isBackbone: rollChanges.nowBackbone,
      decidedAt: rollChanges.decidedAt,
    })
    .from(rollChanges)
    .where(and(eq(rollChanges.rollId, rollId), eq(rollChanges.decision, 'follow')))
    .orderBy(asc(rollChanges.decidedAt))
  return new Map(rows.map((row) => [row.teacherId, row]))
}

/** 名册变化 of the open rounds, undecided first, newest first; with the person and the school on the roll. */
export const listRollChanges = (tx: Tx) =>
  tx
    .select({
      id: rollChanges.id,
      roundId: rollChanges.roundId,
      roundName: rotationRounds.name,
      teacherId: rollChanges.teacherId,
      name: teachers.name,
      staffNo: teachers.staffNo,
      schoolName: schools.name,
      subject: rollEntries.subject,
      was: rollChanges.was,
      now: rollChanges.now,
      wasRule: rollChanges.wasRule,
      nowRule: rollChanges.nowRule,
      wasBackbone: rollChanges.wasBackbone,
      nowBackbone: rollChanges.nowBackbone,
      findings: rollChanges.findings,
      foundAt: rollChanges.foundAt,
      decision: rollChanges.decision,
      decidedByName: rollChanges.decidedByName,
      decidedAt: rollChanges.decidedAt,
      reason: rollChanges.reason,
    })
    .from(rollChanges)
    .innerJoin(
      rotationRounds,
      and(eq(rotationRounds.districtId, rollChanges.districtId), eq(rotationRounds.id, rollChanges.roundId)),
    )
    .innerJoin(teachers, and(eq(teachers.districtId, rollChanges.districtId), eq(teachers.id, rollChanges.teacherId)))
    .leftJoin(
      rollEntries,
      and(
        eq(rollEntries.districtId, rollChanges.districtId),
        eq(rollEntries.rollId, rollChanges.rollId),
        eq(rollEntries.teacherId, rollChanges.teacherId),
      ),
    )
    .leftJoin(schools, and(eq(schools.districtId, rollEntries.districtId), eq(schools.id, rollEntries.schoolId)))
    .where(eq(rotationRounds.state, 'open'))
    .orderBy(sql`(${rollChanges.decision} IS NULL) DESC`, desc(rollChanges.foundAt), asc(teachers.staffNo))
    .limit(500)

export type RollChangeRow = Awaited<ReturnType<typeof listRollChanges>>[number]

/** How many undecided changes wait for personnel. */
export async function waitingChanges(tx: Tx, actor: UserActor): Promise<number> {
  if (actor.role !== 'bureau_hr') return 0
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(rollChanges)
    .innerJoin(
      rotationRounds,
      and(eq(rotationRounds.districtId, rollChanges.districtId), eq(rotationRounds.id, rollChanges.roundId)),
    )
    .where(and(isNull(rollChanges.decision), eq(rotationRounds.state, 'open')))
  return row?.count ?? 0
}
