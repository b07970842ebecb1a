import { defineCommand, finished } from '@/lib/platform/command.ts'
import { askSecondPerson } from '@/lib/platform/two-person.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { decideReady, quotaRefusal, readyBatch } from '../cases/decide-batch.ts'
import { decideInput, overruleInput } from '../inputs/cases.ts'
import { overruleOperation } from '../operations/overrule-quota.ts'

/**
 * 分批审定: one act over a batch, all or nothing, with meeting and minutes. The hard quota binds at the batch marked last
 * and over the whole round; unmet, it takes a written reason and a second person (`overruleQuota`).
 */
export const decideCases = defineCommand({
  name: 'rotation.case.decide',
  input: decideInput,
  run: async ({ tx, actor, input, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (input.meetingDate > actor.today) return refuse('case.refusal.meetingAhead', undefined, { field: 'meetingDate' })
    const batch = await readyBatch(tx, actor, input)
    if (!batch.ok) return batch
    const { figures, binds, met } = batch.value
    if (binds && !met && figures) return refuseAll([quotaRefusal(figures)])
    const by = { ...actor, role: actor.role as string }
    const result = await decideReady(tx, actor, batch.value, input, by, at, null)
    return finished(result, {
      message: { key: 'case.done.decide', values: { count: result.decided, batch: result.number } },
      audit: {
        resource: 'round',
        objectId: input.roundId,
        reason: input.reason || null,
        details: {
          batch: result.number,
          cases: input.caseIds,
          isLast: input.isLast,
          minutes: input.minutesNo,
          figures,
        },
      },
    })
  },
})

/** 放行: asks a second person to let a batch through although the hard quota is unmet; the reason is kept with both names. */
export const overruleQuota = defineCommand({
  name: 'rotation.case.overrule',
  input: overruleInput,
  run: async ({ tx, actor, input }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (actor.onBehalfOf) return refuse('case.refusal.notByDelegate', undefined, { rule: 'SD-7' })
    const { overruleReason, ...decision } = input
    const batch = await readyBatch(tx, actor, decision)
    if (!batch.ok) return batch
    const { context, figures, binds, met, rows } = batch.value
    if (!context.policy.process.quotaOverruleAllowed) return refuse('case.refusal.noOverrule')
    if (!figures || met || !binds) return refuse('case.refusal.nothingToOverrule')
    const values = quotaRefusal(figures).values ?? {}
    const asked = await askSecondPerson(tx, actor, overruleOperation, {
      subjectId: input.roundId,
      payload: {
        decision,
        by: {
          userId: actor.userId,
          personId: actor.personId,
          name: actor.name,
          role: 'bureau_reviewer' as const,
          grantId: actor.grantId,
          teacherId: actor.teacherId,
        },
      },
      summary: { ...values, count: rows.length, round: context.round.name },
      reason: overruleReason,
    })
    if (!asked.ok) return asked
    return finished(
      { requestId: asked.value },
      {
        message: { key: 'case.done.overruleAsked' },
        audit: { resource: 'round', objectId: input.roundId, reason: overruleReason, details: { cases: rows.length } },
      },
    )
  },
})
