import { and, eq, isNull, sql } from 'drizzle-orm'
import { delegations, users } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { addDays, daysBetween, schoolYearOf } from '@/lib/rules/values/dates.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { delegateInput, endDelegationInput } from '../inputs/rounds.ts'
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
