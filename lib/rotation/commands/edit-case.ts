import { eq } from 'drizzle-orm'
import { rotationCases, rotationRounds, teachers, wishes } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { areWishesSealed, mayEditDraft } from '@/lib/rules/rotation/case-facts.ts'
import { rankOf } from '@/lib/rules/rotation/case-states.ts'
import { done, refuse } from '@/lib/rules/values/outcome.ts'
import { roundContext } from '../cases/facts.ts'
import { type CaseRow, lockCase } from '../cases/lock.ts'
import { moveCase } from '../cases/move.ts'
import { moveColumns, rollLines } from '../cases/new-case.ts'
import { keepPaper } from '../cases/paper-scan.ts'
import { routeCases } from '../cases/route.ts'
import { defineStep, resultOf, staleCase } from '../cases/step-command.ts'
import { acknowledgeInput, acknowledgeOnPaperInput, assignInput, editInput } from '../inputs/cases.ts'

/** Changes a draft that a school or the bureau prepared: form, term, destination, reason. */
export const editCase = defineCommand({
  name: 'rotation.case.edit',
  input: editInput,
  target: (tx, { caseId }) => lockCase(tx, caseId),
  run: async ({ tx, actor, input, before, at }) => {
    const fresh = await staleCase(tx, before, input.version)
    if (!fresh.ok) return fresh
    if (actor.kind !== 'user' || !mayEditDraft(before, actor.role))
      return refuse('case.refusal.notListed', { action: 'edit', state: before.state })
    const context = await roundContext(tx, before.roundId)
    const entry = (await rollLines(tx, before.roundId, [before.teacherId])).get(before.teacherId)
    if (!context || !entry) return refuse('case.refusal.notOnRoll', undefined, { rule: 'R-ELIG-0' })
    const after = one(
      await tx
        .update(rotationCases)
        .set({
          ...moveColumns(input, entry, context),
          reason: input.reason,
          version: before.version + 1,
          changedAt: at,
          changedByName: actor.name,
        })
        .where(eq(rotationCases.id, before.id))
        .returning(),
    )
    await routeCases(tx, actor, [after])
    return finished(resultOf(after), {
      message: { key: 'case.done.draft', values: { number: after.number } },
      audit: { resource: 'case', objectId: before.id, teacherId: before.teacherId, details: { number: before.number } },
    })
  },
})

const ACKNOWLEDGED_UNTIL = rankOf('decided')

/** 知悉: the teacher has read the nomination; 本人同意 too where the move crosses stages (R-MATCH-3). */
export const acknowledge = defineCommand({
  name: 'rotation.case.acknowledge',
  input: acknowledgeInput,
  target: (tx, { caseId }) => lockCase(tx, caseId),
  run: async ({ tx, actor, input, before, at }) => {
    const fresh = await staleCase(tx, before, input.version)
    if (!fresh.ok) return fresh
    const context = await roundContext(tx, before.roundId)
    if (!context) return refuse('platform.refusal.notFound')
    if (rankOf(before.state) >= ACKNOWLEDGED_UNTIL)
      return refuse('case.refusal.notListed', { action: 'acknowledge', state: before.state })
    const { after } = await moveCase(tx, actor, before, context, {
      action: 'acknowledge',
      to: before.state,
      part: 'note',
      side: 'own',
      patch: { acknowledgedAt: before.acknowledgedAt ?? at, ...(input.consents ? { consentedAt: at } : {}) },
      at,
    })
    return finished(resultOf(after), {
      message: { key: input.consents ? 'case.done.consented' : 'case.done.acknowledged' },
      audit: { resource: 'case', objectId: before.id, teacherId: before.teacherId },
    })
  },
})

/** The teacher's 知悉 signed on paper, entered by school or bureau with its scan; confirmed by another person before the check. */
export const acknowledgeOnPaper = defineCommand({
  name: 'rotation.case.acknowledgeOnPaper',
  input: acknowledgeOnPaperInput,
  target: (tx, { caseId }) => lockCase(tx, caseId),
  run: async ({ tx, actor, input, before, at, keys }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const fresh = await staleCase(tx, before, input.version)
    if (!fresh.ok) return fresh
    const context = await roundContext(tx, before.roundId)
    if (!context) return refuse('platform.refusal.notFound')
    if (rankOf(before.state) >= ACKNOWLEDGED_UNTIL || before.acknowledgedAt !== null)
      return refuse('case.refusal.notListed', { action: 'acknowledge', state: before.state })
    const kept = await keepPaper(tx, actor, keys, input, before, before.fromSchoolId)
    if (!kept.ok) return kept
    const [signed] = await tx.select({ name: teachers.name }).from(teachers).where(eq(teachers.id, before.teacherId))
    const { after, snapshot } = await moveCase(tx, actor, before, context, {
      action: 'acknowledge',
      to: before.state,
      part: 'note',
      side: 'own',
      paper: { date: input.paperDate, fileId: kept.value, decider: signed?.name ?? '' },
      patch: { acknowledgedAt: at, ...(input.consents ? { consentedAt: at } : {}) },
      at,
    })
    return finished(resultOf(after), {
      message: { key: 'case.done.acknowledgedOnPaper', values: { name: snapshot.name } },
      audit: { resource: 'case', objectId: before.id, teacherId: before.teacherId },
    })
  },
})

/** 指定接收学校, or another one while nobody there has agreed. A school the teacher did not wish for takes back the consent to cross stages. */
export const assignDestination = defineStep(assignInput, {
  name: 'rotation.case.assign',
  action: 'assign',
  // Whether the school is one the teacher wished for, and so agreed to, cannot be known while wishes are sealed: neither is the
  // consent taken back unasked nor kept unread.
  check: async (tx, input, row, actor) => {
    if (row.source !== 'applied' || !crossesStage(row, input)) return done(undefined)
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, row.roundId))
    return round && areWishesSealed(round, actor.today)
      ? refuse(
          'case.refusal.wishesSealed',
          { until: round.applyUntil ?? '' },
          { field: 'toSchoolId', rule: 'R-MATCH-3' },
        )
      : done(undefined)
  },
  record: async (input, row, step, tx) => {
    const wished = await tx.select({ schoolId: wishes.schoolId }).from(wishes).where(eq(wishes.caseId, row.id))
    const isWish = wished.some(({ schoolId }) => schoolId === input.toSchoolId)
    const stage = input.stage ?? row.stage
    return {
      patch: {
        toSchoolId: input.toSchoolId,
        stage,
        subject: input.subject ?? row.subject,
        destinationByBureau: null,
        shownToDestination: rankOf(step.to) >= rankOf('origin_approved'),
        ...(crossesStage(row, input) && !isWish ? { consentedAt: null } : {}),
      },
    }
  },
})

const crossesStage = (row: CaseRow, input: { stage?: CaseRow['stage'] | undefined }): boolean => {
  const stage = input.stage ?? row.stage
  return stage !== null && row.teacherStage !== null && stage !== row.teacherStage
}
