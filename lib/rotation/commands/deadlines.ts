import { z } from 'zod'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { DEADLINE_OF } from '@/lib/rules/rotation/case-workflow.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { roundContext } from '../cases/facts.ts'
import { lockCase } from '../cases/lock.ts'
import { moveCase } from '../cases/move.ts'
import { resultOf, stepOf } from '../cases/step-command.ts'

const input = z.strictObject({ caseId: idSchema<CaseId>() })

/** 逾期视为同意: only the worker, only where the policy says so, only after the last day. */
export const lapseStep = defineCommand({
  name: 'rotation.case.lapse',
  input,
  target: (tx, { caseId }) => lockCase(tx, caseId),
  run: async ({ tx, actor, before, at }) => {
    if (before.dueOn === null || before.dueOn >= actor.today) return refuse('case.refusal.notDue')
    const context = await roundContext(tx, before.roundId)
    if (!context) return refuse('platform.refusal.notFound')
    const step = await stepOf(tx, actor, before, context, 'lapse', { reason: '' })
    if (!step.ok) return step
    const { after } = await moveCase(tx, actor, before, context, {
      action: 'lapse',
      to: step.value.to,
      part: 'note',
      side: 'system',
      at,
    })
    return finished(resultOf(after), {
      audit: {
        resource: 'case',
        objectId: before.id,
        details: { from: before.state, to: after.state, due: before.dueOn },
      },
    })
  },
})

/** 逾期上交: the step of a late school becomes the bureau's too, as the policy says; told in the case's own trail. */
export const escalateCase = defineCommand({
  name: 'rotation.case.escalate',
  input,
  target: (tx, { caseId }) => lockCase(tx, caseId),
  run: async ({ tx, actor, before, at }) => {
    if (before.dueOn === null || before.dueOn >= actor.today || before.escalatedAt !== null)
      return refuse('case.refusal.notDue')
    const context = await roundContext(tx, before.roundId)
    const key = DEADLINE_OF[before.state]
    if (!context || !key) return refuse('case.refusal.notDue')
    const byBureau =
      before.state === 'submitted' && context.policy.process.onMissedDeadline.origin === 'bureau'
        ? { originByBureau: before.originByBureau ?? ('late' as const) }
        : before.state === 'origin_approved' && context.policy.process.onMissedDeadline.destination === 'bureau'
          ? { destinationByBureau: before.destinationByBureau ?? ('late' as const) }
          : {}
    const { after } = await moveCase(tx, actor, before, context, {
      action: 'escalate',
      to: before.state,
      part: 'note',
      side: 'system',
      patch: { ...byBureau, escalatedAt: at },
      at,
    })
    return finished(resultOf(after), {
      audit: { resource: 'case', objectId: before.id, details: { state: before.state, due: before.dueOn } },
    })
  },
})
