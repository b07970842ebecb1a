import { and, eq, notInArray, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { decisionBatches, rotationCases, roundCounters } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { nextStep } from '@/lib/rules/rotation/case-steps.ts'
import { type RoundFigures, stillNeeded } from '@/lib/rules/rotation/round-figures.ts'
import type { CaseId, RoundId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, type Refusal, refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import type { decideInput } from '../inputs/cases.ts'
import { caseActor, loadFacts, type RoundContext, roundContext } from './facts.ts'
import { refreshFigures } from './figures.ts'
import { type CaseRow, lockCases, lockRound } from './lock.ts'
import { type DecidedBy, moveCase } from './move.ts'

export type DecideInput = z.output<typeof decideInput>

/** A batch locked and proved, short of the quota: what deciding it would mean. */
export interface ReadyBatch {
  context: RoundContext
  rows: CaseRow[]
  number: number
  figures: RoundFigures | null
  /** The hard quota binds here: the batch is the last, or comes after one that was. */
  binds: boolean
  met: boolean
}

/**
 * Locks round and cases and asks of each whether this person may decide it (SD-1, SD-3, SD-5). The gate counts the round's
 * cases that are checked or later, so deciding changes no figure: they are read once, under the lock.
 */
export async function readyBatch(
  tx: Tx,
  decider: Actor,
  input: { roundId: RoundId; caseIds: CaseId[]; isLast: boolean },
): Promise<Outcome<ReadyBatch>> {
  const locked = await lockRound(tx, input.roundId)
  const context = locked && (await roundContext(tx, input.roundId))
  if (!locked || !context) return refuse('platform.refusal.notFound')
  const wanted = [...new Set(input.caseIds)]
  const rows = await lockCases(tx, input.roundId, wanted)
  if (rows.length !== wanted.length) return refuse('platform.refusal.notFound')
  const facts = await loadFacts(tx, decider, rows, context)
  const refusals = rows.flatMap((row): Refusal[] => {
    const step = nextStep(facts.get(row.id)!, caseActor(decider, row), 'decide')
    return step.ok ? [] : step.refusals.map((refusal) => ({ ...refusal, field: `caseIds.${row.id}` }))
  })
  if (refusals.length > 0) return refuseAll(refusals)
  if (input.isLast) {
    const left = await checkedBeside(tx, input.roundId, wanted)
    if (left > 0) return refuse('case.refusal.checkedLeft', { count: left }, { field: 'isLast' })
  }
  const figures = await refreshFigures(tx, input.roundId)
  const [last] = await tx
    .select({ id: decisionBatches.id })
    .from(decisionBatches)
    .where(and(eq(decisionBatches.roundId, input.roundId), eq(decisionBatches.isLast, true)))
    .limit(1)
  const binds = (input.isLast || last !== undefined) && context.policy.quota.gate === 'hard'
  return done({
    context,
    rows,
    number: locked.nextBatch,
    figures,
    binds,
    met: figures === null || stillNeeded(figures).met,
  })
}

async function checkedBeside(tx: Tx, roundId: RoundId, caseIds: CaseId[]): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(rotationCases)
    .where(
      and(
        eq(rotationCases.roundId, roundId),
        eq(rotationCases.state, 'checked'),
        notInArray(rotationCases.id, caseIds),
      ),
    )
  return row?.count ?? 0
}

/** Why a quota that binds is not met, as the person reads it: share, need, what is missing. */
export function quotaRefusal(figures: RoundFigures): Refusal {
  const lack = stillNeeded(figures)
  const backbone = figures.readings[figures.binding]
  return {
    code: 'case.refusal.quotaUnmet',
    rule: 'R-QUOTA-2',
    values: {
      moved: figures.total?.num ?? 0,
      eligible: figures.total?.den ?? 0,
      people: lack.people,
      reading: figures.binding,
      backboneMoved: backbone?.num ?? 0,
      backboneBase: backbone?.den ?? 0,
      backbone: lack.backbone,
    },
  }
}

/** Writes the batch and decides its cases, each with the same figures, meeting and minutes. */
export async function decideReady(
  tx: Tx,
  actor: Actor,
  batch: ReadyBatch,
  input: DecideInput,
  by: DecidedBy,
  at: Instant,
  overrule: { reason: string; confirmedBy: string } | null,
): Promise<{ batchId: string; number: number; decided: number }> {
  const batchId = newId<string>()
  await tx
    .update(roundCounters)
    .set({ nextBatch: batch.number + 1 })
    .where(eq(roundCounters.roundId, input.roundId))
  await tx.insert(decisionBatches).values({
    districtId: actor.districtId,
    id: batchId,
    roundId: input.roundId,
    number: batch.number,
    isLast: input.isLast,
    meeting: input.meeting,
    meetingDate: input.meetingDate,
    minutesNo: input.minutesNo,
    figures: batch.figures,
    overruleReason: overrule?.reason ?? null,
    overruleConfirmedBy: (overrule?.confirmedBy ?? null) as never,
    decidedBy: by.userId as never,
    decidedByPerson: by.personId as never,
    decidedAt: at,
  })
  for (const row of batch.rows)
    await moveCase(tx, actor, row, batch.context, {
      action: 'decide',
      to: 'decided',
      part: 'decide',
      side: 'district',
      reason: overrule?.reason ?? input.reason,
      meeting: { meeting: input.meeting, meetingDate: input.meetingDate, minutesNo: input.minutesNo },
      figures: batch.figures,
      patch: { decisionBatchId: batchId },
      at,
      ...(overrule ? { by } : {}),
    })
  return { batchId, number: batch.number, decided: batch.rows.length }
}
