import type { z } from 'zod'
import type { Tx } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { type Done, defineCommand, finished } from '@/lib/platform/command.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { type RoundContext, roundContext } from '../cases/facts.ts'
import { lockRound } from '../cases/lock.ts'
import { moveCase } from '../cases/move.ts'
import { insertCases, liveTeachers, type NewCase, rollLines } from '../cases/new-case.ts'
import { routeCases } from '../cases/route.ts'
import { resultOf, type StepResult, stepOf } from '../cases/step-command.ts'
import { addFromRollInput, createInput, nominateInput } from '../inputs/cases.ts'

/** Makes one case of a person on the roll and, if asked, submits it in the same act. */
export async function openCase(
  tx: Tx,
  actor: Actor,
  context: RoundContext,
  nextNumber: number,
  draft: NewCase,
  submit: boolean,
  at: Instant,
): Promise<Outcome<Done<StepResult>>> {
  const [row] = await insertCases(tx, actor, context, nextNumber, [draft], at)
  let after = row!
  let name = ''
  if (submit) {
    const step = await stepOf(tx, actor, after, context, 'submit', { reason: draft.reason })
    if (!step.ok) return step
    const moved = await moveCase(tx, actor, after, context, {
      action: 'submit',
      to: step.value.to,
      part: 'prepare',
      side: step.value.transition.side,
      reason: draft.reason,
      at,
    })
    after = moved.after
    name = moved.snapshot.name
  }
  await routeCases(tx, actor, [after])
  return finished(resultOf(after), {
    message: submit
      ? { key: 'case.done.submit', values: { name, from: '', to: '', state: after.state } }
      : { key: 'case.done.draft', values: { number: after.number } },
    audit: {
      resource: 'case',
      objectId: after.id,
      teacherId: after.teacherId,
      reason: draft.reason || null,
      details: { number: after.number, to: after.state, source: after.source },
    },
  })
}

/** The locked round, open for cases; its next number. */
export async function openRoundFor(
  tx: Tx,
  roundId: RoundId,
): Promise<Outcome<{ context: RoundContext; nextNumber: number }>> {
  const locked = await lockRound(tx, roundId)
  const context = locked && (await roundContext(tx, roundId))
  if (!locked || !context) return refuse('platform.refusal.notFound')
  if (context.round.state !== 'open') return refuse('case.unmet.roundOpen')
  return done({ context, nextNumber: locked.nextCase })
}

/** 人事股逐人加入: a case made by hand. */
export const createCase = defineCommand({
  name: 'rotation.case.create',
  input: createInput,
  run: async ({ tx, actor, input, at }) => {
    const round = await openRoundFor(tx, input.roundId)
    if (!round.ok) return round
    const entry = (await rollLines(tx, input.roundId, [input.teacherId])).get(input.teacherId)
    if (!entry) return refuse('case.refusal.notOnRoll', undefined, { field: 'teacherId', rule: 'R-ELIG-0' })
    const draft: NewCase = {
      entry,
      fields: input,
      source: 'hr',
      reason: input.reason,
      isVoluntary: input.isVoluntary && entry.state !== 'eligible',
    }
    return openCase(tx, actor, round.value.context, round.value.nextNumber, draft, input.submit, at)
  },
})

/** 组织选派: a school nominates one of its own; the teacher ticks 知悉 before the principal's consent counts. */
export const nominate = defineCommand({
  name: 'rotation.case.nominate',
  input: nominateInput,
  target: async (tx, { roundId, teacherId }) => {
    const entry = (await rollLines(tx, roundId, [teacherId])).get(teacherId)
    return entry ? { entry, target: { schools: [entry.schoolId] } } : null
  },
  run: async ({ tx, actor, input, before, at }) => {
    const round = await openRoundFor(tx, input.roundId)
    if (!round.ok) return round
    const draft: NewCase = {
      entry: before.entry,
      fields: input,
      source: 'nominated',
      reason: input.reason,
      isVoluntary: false,
    }
    return openCase(tx, actor, round.value.context, round.value.nextNumber, draft, input.submit, at)
  },
})

export interface AddedFromRoll {
  added: number
  /** Already in the round, or not eligible. */
  skipped: { teacherId: string; code: string }[]
}

/** 从名册批量加入: drafts for many people of the roll; who is not eligible or already in the round is told, not added. */
export const addFromRoll = defineCommand<z.ZodType<z.output<typeof addFromRollInput>>, undefined, AddedFromRoll>({
  name: 'rotation.case.addFromRoll',
  input: addFromRollInput,
  run: async ({ tx, actor, input, at }) => {
    const round = await openRoundFor(tx, input.roundId)
    if (!round.ok) return round
    const { context, nextNumber } = round.value
    if (input.teacherIds.length > context.policy.process.bulkMax)
      return refuse('case.refusal.bulkMax', { most: context.policy.process.bulkMax })
    const wanted = [...new Set(input.teacherIds)]
    const entries = await rollLines(tx, input.roundId, wanted)
    const running = await liveTeachers(tx, input.roundId)
    const skipped: AddedFromRoll['skipped'] = []
    const drafts = wanted.flatMap((teacherId): NewCase[] => {
      const entry = entries.get(teacherId)
      const code = !entry
        ? 'case.refusal.notOnRoll'
        : entry.state !== 'eligible'
          ? 'case.unmet.mayMove'
          : running.has(teacherId)
            ? 'case.refusal.oneLiveCase'
            : null
      if (code || !entry) {
        skipped.push({ teacherId, code: code ?? 'case.refusal.notOnRoll' })
        return []
      }
      return [{ entry, fields: { form: input.form }, source: 'hr', reason: input.reason, isVoluntary: false }]
    })
    const rows = await insertCases(tx, actor, context, nextNumber, drafts, at)
    await routeCases(tx, actor, rows)
    return finished(
      { added: rows.length, skipped },
      {
        message: { key: 'case.done.addFromRoll', values: { added: rows.length, skipped: skipped.length } },
        audit: {
          resource: 'round',
          objectId: input.roundId,
          reason: input.reason || null,
          details: { added: rows.length },
        },
      },
    )
  },
})
