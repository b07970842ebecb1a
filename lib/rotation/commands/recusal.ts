import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { caseDecisions, districts, recusals, roleGrants, rotationCases, teachers, users } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Target } from '@/lib/rules/access/permissions.ts'
import { DECIDING_ROLES, isDecidingRole, mayDeclareForOthers, recusalNumber } from '@/lib/rules/rotation/recusal.ts'
import type { TeacherId, UserId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { declareRecusalInput, endRecusalInput } from '../inputs/recusals.ts'

const SD5 = { rule: 'SD-5' }

/**
 * 申报回避: a relation between a decider and a teacher (SD-5). From then on no deciding step of theirs on the teacher's
 * cases is taken; the step goes to a colleague or the bureau. Anyone concerned declares, whoever decides for themselves.
 */
export const declareRecusal = defineCommand({
  name: 'rotation.recusal.declare',
  input: declareRecusalInput,
  run: async ({ tx, actor, input, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const { teacherId, relation, reason } = input
    const userId = input.userId ?? actor.userId
    if (userId !== actor.userId && !mayDeclareForOthers(actor))
      return refuse('recusal.refusal.oneselfOnly', undefined, { field: 'userId', ...SD5 })
    if (!(await isKnownTeacher(tx, actor, teacherId))) return refuse('recusal.refusal.noTeacher', undefined, SD5)
    if (await isTheSame(tx, actor, userId, teacherId)) return refuse('recusal.refusal.ownCase', undefined, SD5)
    if (!(await decides(tx, actor, userId, teacherId)))
      return refuse('recusal.refusal.noDecider', undefined, { field: 'userId', ...SD5 })
    const [before] = await tx
      .select({ id: recusals.id })
      .from(recusals)
      .where(and(eq(recusals.userId, userId), eq(recusals.teacherId, teacherId), isNull(recusals.endedAt)))
    if (before) return refuse('recusal.refusal.declaredAlready', undefined, SD5)
    const id = newId<string>()
    await tx.insert(recusals).values({
      districtId: actor.districtId,
      id,
      userId,
      teacherId,
      relation,
      reason,
      declaredBy: actor.userId,
      declaredAt: at,
    })
    await enqueue(tx, actor, 'rotation.case.reroute', { teacherId })
    return finished(
      { recusalId: id },
      {
        message: {
          key: userId === actor.userId ? 'recusal.done.declared' : 'recusal.done.declaredFor',
          values: { number: recusalNumber(id) },
        },
        audit: {
          resource: 'recusal',
          objectId: id,
          teacherId,
          reason: reason || null,
          details: { user: userId, relation },
        },
      },
    )
  },
})

/** A teacher the actor may see; of the own cases alone where the actor acts as a teacher. */
async function isKnownTeacher(tx: Tx, actor: UserActor, teacherId: TeacherId): Promise<boolean> {
  if (actor.role === 'teacher' && actor.teacherId !== teacherId) return false
  const [person] = await tx.select({ id: teachers.id }).from(teachers).where(eq(teachers.id, teacherId))
  return person !== undefined
}

/**
 * Whether the account decides on cases: in the role acted in now, by a post of its own, or, for a teacher, who is shown no
 * accounts, by a step on the own case. A school names people of its own alone.
 */
async function decides(tx: Tx, actor: UserActor, userId: UserId, teacherId: TeacherId): Promise<boolean> {
  if (userId === actor.userId && isDecidingRole(actor.role)) return true
  if (actor.role === 'teacher') {
    const [step] = await tx
      .select({ id: caseDecisions.id })
      .from(caseDecisions)
      .innerJoin(
        rotationCases,
        and(eq(rotationCases.districtId, caseDecisions.districtId), eq(rotationCases.id, caseDecisions.caseId)),
      )
      .where(
        and(
          eq(rotationCases.teacherId, teacherId),
          eq(caseDecisions.userId, userId),
          inArray(caseDecisions.role, [...DECIDING_ROLES]),
        ),
      )
      .limit(1)
    return step !== undefined
  }
  const [post] = await tx
    .select({ id: roleGrants.id })
    .from(roleGrants)
    .where(
      and(
        eq(roleGrants.userId, userId),
        inArray(roleGrants.role, [...DECIDING_ROLES]),
        sql`${roleGrants.validFrom} <= ${actor.today} AND ${roleGrants.validTo} > ${actor.today}`,
        isNull(roleGrants.endedAt),
        actor.role === 'school_hr' ? inArray(roleGrants.schoolId, [...actor.schoolIds]) : undefined,
      ),
    )
    .limit(1)
  return post !== undefined
}

/** The decider is the teacher: SD-3 keeps them out already. */
async function isTheSame(tx: Tx, actor: UserActor, userId: UserId, teacherId: TeacherId): Promise<boolean> {
  if (userId === actor.userId && actor.teacherId === teacherId) return true
  const accounts = await tx
    .select({ id: users.id, personId: users.personId, teacherId: users.teacherId })
    .from(users)
    .where(sql`${users.id} = ${userId} OR ${users.teacherId} = ${teacherId}`)
  const persons = accounts.filter(({ id }) => id === userId).map(({ personId }) => personId)
  return accounts.some((account) => account.teacherId === teacherId && persons.includes(account.personId))
}

/** Removing a declared relation takes the security administrator, with what it rests on (SD-5). */
export const endRecusal = defineCommand({
  name: 'rotation.recusal.end',
  input: endRecusalInput,
  target: async (tx, { recusalId }) => {
    const [row] = await tx.select().from(recusals).where(eq(recusals.id, recusalId)).for('update')
    const target: Target = {}
    return row ? { ...row, target } : null
  },
  run: async ({ tx, actor, input, before, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.endedAt !== null) {
      const [ended] = await tx
        .select({ by: users.displayName, zone: districts.timeZone })
        .from(districts)
        .leftJoin(users, before.endedBy ? eq(users.id, before.endedBy) : sql`false`)
        .where(eq(districts.id, actor.districtId))
      return refuse(
        'recusal.refusal.endedAlready',
        { by: ended?.by || 'none', at: formatMoment(before.endedAt, ended?.zone ?? 'Asia/Shanghai') },
        SD5,
      )
    }
    one(
      await tx
        .update(recusals)
        .set({ endedBy: actor.userId, endedAt: at, endReason: input.reason })
        .where(eq(recusals.id, before.id))
        .returning({ id: recusals.id }),
    )
    await enqueue(tx, actor, 'rotation.case.reroute', { teacherId: before.teacherId })
    return finished(null, {
      message: { key: 'recusal.done.ended', values: { number: recusalNumber(before.id) } },
      audit: { resource: 'recusal', objectId: before.id, teacherId: before.teacherId, reason: input.reason },
    })
  },
})
