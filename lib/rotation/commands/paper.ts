import { eq } from 'drizzle-orm'
import { caseDecisions } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { nextStep } from '@/lib/rules/rotation/case-steps.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { loadFacts, roundContext } from '../cases/facts.ts'
import { lockCase } from '../cases/lock.ts'
import { moveCase } from '../cases/move.ts'
import { keepPaper } from '../cases/paper-scan.ts'
import { routeCases } from '../cases/route.ts'
import { resultOf, staleCase } from '../cases/step-command.ts'
import { confirmPaperInput, paperInput } from '../inputs/cases.ts'

/**
 * 线下代录: a school's opinion given on paper, entered by the bureau with its date, its signatory and the scan. The case
 * moves on, marked 纸质; it is not checked before another person has compared the entry with the paper.
 */
export const enterPaper = defineCommand({
  name: 'rotation.case.paper',
  input: paperInput,
  target: (tx, { caseId }) => lockCase(tx, caseId),
  run: async ({ tx, actor, input, before, at, keys }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const fresh = await staleCase(tx, before, input.version)
    if (!fresh.ok) return fresh
    const context = await roundContext(tx, before.roundId)
    if (!context) return refuse('platform.refusal.notFound')
    const facts = (await loadFacts(tx, actor, [before], context)).get(before.id)!
    // The step is the principal's who signed; own case and recusal are asked of the clerk too (facts are the clerk's).
    const signatory = { role: 'principal', person: '', onBehalf: null, sides: [input.side] } as const
    const step = nextStep(facts, signatory, input.action)
    if (!step.ok) return step
    const { to, transition } = step.value
    if (transition.needs.includes('reason') && input.reason === '')
      return refuse('platform.refusal.required', undefined, { field: 'reason' })
    const school = input.side === 'origin' ? before.fromSchoolId : before.toSchoolId
    const kept = await keepPaper(tx, actor, keys, input, before, school)
    if (!kept.ok) return kept
    const { after, snapshot } = await moveCase(tx, actor, before, context, {
      action: input.action,
      to,
      part: transition.part,
      side: input.side,
      reason: input.reason,
      paper: { date: input.paperDate, fileId: kept.value, decider: input.paperDecider },
      patch:
        input.action === 'refuse' && to === before.state
          ? input.side === 'origin'
            ? { originByBureau: 'refused' }
            : { destinationByBureau: 'refused' }
          : {},
      at,
    })
    await routeCases(tx, actor, [after])
    return finished(resultOf(after), {
      message: { key: 'case.done.paper', values: { name: snapshot.name, decider: input.paperDecider } },
      audit: {
        resource: 'case',
        objectId: before.id,
        teacherId: before.teacherId,
        reason: input.reason || null,
        details: { number: before.number, from: before.state, to, paper: input.paperDate },
      },
    })
  },
})

/** 核对纸质记录: another person than the one who entered it confirms. */
export const confirmPaper = defineCommand({
  name: 'rotation.case.confirmPaper',
  input: confirmPaperInput,
  target: async (tx, { decisionId }) => {
    const [decision] = await tx.select().from(caseDecisions).where(eq(caseDecisions.id, decisionId))
    const row = decision && (await lockCase(tx, decision.caseId))
    return decision && row ? { decision, row, target: row.target } : null
  },
  run: async ({ tx, actor, before: { decision, row }, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (decision.paperDate === null || decision.paperConfirmedAt !== null) return refuse('case.refusal.decisionStands')
    if (decision.personId === actor.personId)
      return refuse('platform.refusal.secondPerson', undefined, { rule: 'SD-2' })
    one(
      await tx
        .update(caseDecisions)
        .set({ paperConfirmedBy: actor.userId, paperConfirmedAt: at })
        .where(eq(caseDecisions.id, decision.id))
        .returning({ id: caseDecisions.id }),
    )
    return finished(resultOf(row), {
      message: { key: 'case.done.paperConfirmed' },
      audit: { resource: 'case', objectId: row.id, teacherId: row.teacherId, details: { decision: decision.id } },
    })
  },
})
