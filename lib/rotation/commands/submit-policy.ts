import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { approvals2, policies } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { askSecondPerson } from '@/lib/platform/two-person.ts'
import { idSchema, type PolicyId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { activatePolicy } from '../operations/activate-policy.ts'
import { lockPolicy } from '../queries/lock-policy.ts'
import { openRequest } from '../queries/policies.ts'

/** Puts a draft with its document number before a reviewer (SD-2). From here on it cannot be edited. */
export const submitPolicy = defineCommand({
  name: 'rotation.policy.submit',
  input: z.strictObject({
    policyId: idSchema<PolicyId>(),
    rowVersion: z.coerce.number().int(),
    documentNo: z.string().trim().min(1).max(60),
    reason: z.string().trim().max(500).default(''),
  }),
  target: (tx, { policyId }) => lockPolicy(tx, policyId),
  async run({ tx, actor, input, before, at }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.rowVersion !== input.rowVersion) return refuse('platform.refusal.stale', { by: before.preparedByName })
    if (before.state !== 'draft') return refuse('policy.refusal.notDraft')
    const rowVersion = before.rowVersion + 1
    one(
      await tx
        .update(policies)
        .set({
          state: 'submitted',
          documentNo: input.documentNo,
          rowVersion,
          preparedBy: actor.userId,
          preparedByPerson: actor.personId,
          preparedByName: actor.name,
          preparedAt: at,
        })
        .where(and(eq(policies.id, before.id), eq(policies.rowVersion, before.rowVersion)))
        .returning({ id: policies.id }),
    )
    const asked = await askSecondPerson(tx, actor, activatePolicy, {
      subjectId: before.id,
      payload: { policyId: before.id, rowVersion },
      summary: { year: before.year, version: before.version, title: before.title, document: input.documentNo },
      reason: input.reason || null,
    })
    if (!asked.ok) return asked
    return finished(
      { policyId: before.id },
      {
        message: { key: 'policy.submit.done' },
        audit: { resource: 'policy', objectId: before.id, details: { document: input.documentNo } },
      },
    )
  },
})

/** A submitted policy that was sent back, ran out or was submitted by mistake becomes a draft again. */
export const takeBackPolicy = defineCommand({
  name: 'rotation.policy.takeBack',
  input: z.strictObject({ policyId: idSchema<PolicyId>(), rowVersion: z.coerce.number().int() }),
  target: (tx, { policyId }) => lockPolicy(tx, policyId),
  async run({ tx, actor, input, before, at }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.rowVersion !== input.rowVersion) return refuse('platform.refusal.stale', { by: before.preparedByName })
    if (before.state !== 'submitted') return refuse('policy.refusal.notSubmitted')
    const waiting = await openRequest(tx, activatePolicy.name, before.id)
    if (waiting && waiting.askedByPerson !== actor.personId)
      return refuse('policy.refusal.askedByOther', { by: waiting.askedByName })
    one(
      await tx
        .update(policies)
        .set({ state: 'draft', documentNo: null, rowVersion: before.rowVersion + 1 })
        .where(and(eq(policies.id, before.id), eq(policies.rowVersion, before.rowVersion)))
        .returning({ id: policies.id }),
    )
    // The request still names the old row version, so answering it would be refused; it ends now, that a new one may be asked
    if (waiting)
      one(
        await tx
          .update(approvals2)
          .set({ expiresAt: at })
          .where(eq(approvals2.id, waiting.id))
          .returning({ id: approvals2.id }),
      )
    return finished(
      { policyId: before.id },
      { message: { key: 'policy.takeBack.done' }, audit: { resource: 'policy', objectId: before.id } },
    )
  },
})
