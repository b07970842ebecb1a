import { and, eq, notInArray } from 'drizzle-orm'
import { rotationCases, schools, wishes } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import type { CaseId, RoundId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import type { CaseRow } from '../cases/lock.ts'
import { moveCase } from '../cases/move.ts'
import { insertCases, moveColumns, rollLines } from '../cases/new-case.ts'
import { resultOf, staleCase, stepOf } from '../cases/step-command.ts'
import { applyInput } from '../inputs/cases.ts'
import { openRoundFor } from './create-case.ts'

/**
 * 个人申请: at most three schools in order and 是否服从调剂. Saved as a draft for as long as it was not submitted; nothing
 * typed is lost. Applying is the teacher's own consent to the schools wished for (R-MATCH-3).
 */
export const applyForMove = defineCommand({
  name: 'rotation.case.apply',
  input: applyInput,
  run: async ({ tx, actor, input, at }) => {
    const teacherId = actor.kind === 'user' ? actor.teacherId : null
    if (!teacherId) return refuse('platform.refusal.forbidden')
    const round = await openRoundFor(tx, input.roundId)
    if (!round.ok) return round
    const { context, nextNumber } = round.value
    if (input.wishes.length > context.policy.process.maxWishes)
      return refuse('case.refusal.threeWishes', undefined, { field: 'wishes' })
    const entry = (await rollLines(tx, input.roundId, [teacherId])).get(teacherId)
    if (!entry) return refuse('case.refusal.notOnRoll', undefined, { rule: 'R-ELIG-0' })
    if (input.wishes.includes(entry.schoolId)) return refuse('case.refusal.twoSchools', undefined, { field: 'wishes' })
    const before = await liveCaseOf(tx, input.roundId, teacherId)
    if (before && (before.state !== 'draft' || before.source !== 'applied'))
      return refuse('case.refusal.oneLiveCase', { state: before.state })
    let row: CaseRow
    if (before) {
      const fresh = await staleCase(tx, before, input.version)
      if (!fresh.ok) return fresh
      row = one(
        await tx
          .update(rotationCases)
          .set({
            ...moveColumns(input, entry, context),
            acceptsAllocation: input.acceptsAllocation,
            reason: input.reason,
            version: before.version + 1,
            consentedAt: at,
            changedAt: at,
            changedByName: actor.kind === 'user' ? actor.name : null,
          })
          .where(eq(rotationCases.id, before.id))
          .returning(),
      )
    } else {
      const draft = {
        entry,
        fields: { form: input.form },
        source: 'applied' as const,
        reason: input.reason,
        isVoluntary: entry.state !== 'eligible',
        more: { acceptsAllocation: input.acceptsAllocation, consentedAt: at, acknowledgedAt: at },
      }
      row = one(await insertCases(tx, actor, context, nextNumber, [draft], at))
    }
    const kept = await keepWishes(tx, row, input.wishes)
    if (!kept.ok) return kept
    if (input.submit) {
      const step = await stepOf(tx, actor, row, context, 'submit', input)
      if (!step.ok) return step
      const { to, transition } = step.value
      row = (
        await moveCase(tx, actor, row, context, {
          action: 'submit',
          to,
          part: 'prepare',
          side: transition.side,
          reason: input.reason,
          at,
        })
      ).after
    }
    return finished(resultOf(row), {
      message: { key: input.submit ? 'case.done.applied' : 'case.done.draftSaved', values: { number: row.number } },
      audit: {
        resource: 'case',
        objectId: row.id,
        teacherId,
        details: { number: row.number, to: row.state, wishes: input.wishes.length },
      },
    })
  },
})

async function liveCaseOf(tx: Tx, roundId: RoundId, teacherId: TeacherId): Promise<CaseRow | null> {
  const [row] = await tx
    .select()
    .from(rotationCases)
    .where(
      and(
        eq(rotationCases.roundId, roundId),
        eq(rotationCases.teacherId, teacherId),
        notInArray(rotationCases.state, [...ENDED_STATES]),
      ),
    )
    .for('update')
  return row ?? null
}

async function keepWishes(tx: Tx, row: CaseRow, schoolIds: readonly SchoolId[]): Promise<Outcome<void>> {
  await tx.delete(wishes).where(eq(wishes.caseId, row.id as CaseId))
  if (schoolIds.length > 0) {
    const open = await tx.select({ id: schools.id, closedOn: schools.closedOn, kind: schools.kind }).from(schools)
    const may = new Set(
      open.filter(({ closedOn, kind }) => closedOn === null && kind !== 'research').map(({ id }) => id),
    )
    if (!schoolIds.every((id) => may.has(id)))
      return refuse('case.refusal.noSuchSchool', undefined, { field: 'wishes' })
    await tx
      .insert(wishes)
      .values(
        schoolIds.map((schoolId, index) => ({ districtId: row.districtId, caseId: row.id, rank: index + 1, schoolId })),
      )
  }
  return done(undefined)
}
