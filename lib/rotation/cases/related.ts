import { and, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { recusals, rotationCases, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { isDecidingRole } from '@/lib/rules/rotation/recusal.ts'
import type { PersonId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'

/** The humans who act: the actor, and the one they stand for (SD-7). */
const personsOf = (actor: UserActor): PersonId[] => [
  actor.personId,
  ...(actor.onBehalfOf ? [actor.onBehalfOf.personId] : []),
]

/** A declaration of the actor, or of the one they stand for: any account of the same human counts (SD-5). */
export const isOf = (actor: UserActor): SQL =>
  sql`${recusals.userId} IN (SELECT ${users.id} FROM ${users} WHERE ${inArray(users.personId, personsOf(actor))})`

const isMineNow = (actor: UserActor): SQL => and(isNull(recusals.endedAt), isOf(actor))!

/** Cases whose deciding steps the actor may not take, a relation with the teacher being declared (SD-5). */
export const isBarredFrom = (actor: UserActor): SQL =>
  isDecidingRole(actor.role)
    ? sql`${rotationCases.teacherId} IN (SELECT ${recusals.teacherId} FROM ${recusals} WHERE ${isMineNow(actor)})`
    : sql`false`

/** The teachers with whom the actor has a declared relation. */
export async function relatedTeachers(tx: Tx, actor: UserActor): Promise<Set<string>> {
  const rows = await tx.select({ teacherId: recusals.teacherId }).from(recusals).where(isMineNow(actor))
  return new Set(rows.map(({ teacherId }) => teacherId as string))
}

/** Accounts and humans with a declared relation to these teachers. Complete only in a scope that sees every declaration. */
export async function relatedTo(
  tx: Tx,
  teacherIds: readonly TeacherId[],
): Promise<{ teacherId: TeacherId; userId: UserId; person: PersonId | null }[]> {
  if (teacherIds.length === 0) return []
  return tx
    .select({ teacherId: recusals.teacherId, userId: recusals.userId, person: users.personId })
    .from(recusals)
    .leftJoin(users, and(sql`${users.districtId} = ${recusals.districtId}`, sql`${users.id} = ${recusals.userId}`))
    .where(and(inArray(recusals.teacherId, [...teacherIds]), isNull(recusals.endedAt)))
}
