import { and, eq, isNull, sql } from 'drizzle-orm'
import { delegations, recusals, users } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import { addDays, daysBetween, schoolYearOf } from '@/lib/rules/values/dates.ts'
import type { UserId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { declareRecusalInput, delegateInput, endDelegationInput, endRecusalInput } from '../inputs/rounds.ts'
import { policyFor } from '../queries/policy-for.ts'

/** 委托: another of the same school or of the bureau decides in my post for a period; never in a post that was delegated to me. */
export const delegate = defineCommand({
  name: 'rotation.delegation.create',
  input: delegateInput,
  run: async ({ tx, actor, input, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const sd7 = { rule: 'SD-7' }
    if (actor.onBehalfOf) return refuse('case.refusal.notByDelegate', undefined, sd7)
    if (input.toUserId === actor.userId)
      return refuse('case.refusal.delegateOneself', undefined, { field: 'toUserId', ...sd7 })
    if (input.from < actor.today) return refuse('case.refusal.delegationPast', undefined, { field: 'from', ...sd7 })
    if (input.until < input.from) return refuse('case.refusal.orderOfDays', undefined, { field: 'until', ...sd7 })
    const most = (await policyFor(tx, schoolYearOf(actor.today))).policy.process.delegationMaxDays
    if (daysBetween(input.from, input.until) + 1 > most)
      return refuse('case.refusal.delegationLong', { most }, { field: 'until', ...sd7 })
    const [to] = await tx
      .select({ id: users.id, personId: users.personId, name: users.displayName })
      .from(users)
      .where(eq(users.id, input.toUserId))
    if (!to || to.personId === actor.personId)
      return refuse('case.refusal.delegateSamePlace', undefined, { field: 'toUserId', ...sd7 })
    const [running] = await tx
      .select({ id: delegations.id })
      .from(delegations)
      .where(
        and(
          eq(delegations.grantId, actor.grantId),
          isNull(delegations.endedAt),
          sql`${delegations.during} && daterange(${input.from}::date, ${addDays(input.until, 1)}::date)`,
        ),
      )
    if (running) return refuse('case.refusal.delegatedAlready', undefined, sd7)
    const id = newId<string>()
    await tx.insert(delegations).values({
      districtId: actor.districtId,
      id,
      fromUser: actor.userId,
      grantId: actor.grantId,
      toUser: input.toUserId,
      reason: input.reason || null,
      during: { from: input.from, until: addDays(input.until, 1) },
      createdAt: at,
    })
    return finished(
      { delegationId: id },
      {
        message: { key: 'case.done.delegated', values: { name: to.name, from: input.from, until: input.until } },
        audit: { resource: 'delegation', objectId: id, reason: input.reason || null, details: { ...input } },
      },
    )
  },
})

/** Ends a delegation of mine before its time. */
export const endDelegation = defineCommand({
  name: 'rotation.delegation.end',
  input: endDelegationInput,
  run: async ({ tx, actor, input, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const [row] = await tx
      .update(delegations)
      .set({ endedAt: at })
      .where(
        and(
          eq(delegations.id, input.delegationId),
          eq(delegations.fromUser, actor.userId),
          isNull(delegations.endedAt),
        ),
      )
      .returning({ id: delegations.id })
    if (!row) return refuse('platform.refusal.notFound')
    return finished(null, {
      message: { key: 'case.done.delegationEnded' },
      audit: { resource: 'delegation', objectId: input.delegationId },
    })
  },
})

/** 申报回避: a relation between a decider and a teacher; the step is re-routed where nobody else may take it (SD-5). */
export const declareRecusal = defineCommand({
  name: 'rotation.recusal.declare',
  input: declareRecusalInput,
  run: async ({ tx, actor, input, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const userId: UserId = input.userId ?? actor.userId
    if (userId !== actor.userId && actor.role === 'teacher' && actor.teacherId !== input.teacherId)
      return refuse('platform.refusal.forbidden')
    const id = newId<string>()
    await tx.insert(recusals).values({
      districtId: actor.districtId,
      id,
      userId,
      teacherId: input.teacherId,
      relation: input.relation,
      declaredBy: actor.userId,
      declaredAt: at,
    })
    await enqueue(tx, actor, 'rotation.case.reroute', { teacherId: input.teacherId })
    return finished(
      { recusalId: id },
      {
        message: { key: 'case.done.recused' },
        audit: { resource: 'recusal', objectId: id, teacherId: input.teacherId, details: { user: userId } },
      },
    )
  },
})

/** Removing a declared relation takes the security administrator. */
export const endRecusal = defineCommand({
  name: 'rotation.recusal.end',
  input: endRecusalInput,
  run: async ({ tx, actor, input, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const [row] = await tx
      .update(recusals)
      .set({ endedBy: actor.userId, endedAt: at })
      .where(and(eq(recusals.id, input.recusalId), isNull(recusals.endedAt)))
      .returning({ teacherId: recusals.teacherId })
    if (!row) return refuse('platform.refusal.notFound')
    await enqueue(tx, actor, 'rotation.case.reroute', { teacherId: row.teacherId })
    return finished(null, {
      message: { key: 'case.done.recusalEnded' },
      audit: { resource: 'recusal', objectId: input.recusalId, teacherId: row.teacherId },
    })
  },
})
