import { and, desc, eq, inArray, notInArray } from 'drizzle-orm'
import { orders, publicNotices, rollEntries, rotationCases } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { ENDED_STATES, isEnded } from '@/lib/rules/rotation/case-states.ts'
import { CASE_TRANSITIONS, type CaseAction } from '@/lib/rules/rotation/case-workflow.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { latestRoll } from '../queries/round-quota.ts'
import type { CaseRow } from '../store/advance-case.ts'
import type { AfterOf, AfterPayload } from './after-decision-input.ts'

/** What the guards found, for the act itself. */
export interface AfterFacts {
  /** The live order of the case, locked: prepared or issued. */
  order: typeof orders.$inferSelect | null
  /** The round's last notice, which the new entry follows; null only where nothing is posted. */
  earlier: typeof publicNotices.$inferSelect | null
  /** 递补: the roll's line of the substitute. */
  entry: typeof rollEntries.$inferSelect | null
}

/**
 * Everything that stands against an act after 局审定 on a locked case. Asked when the first person asks, so that they read the
 * sentence, and again when the second person answers, since days lie between.
 */
export async function afterDecisionGuards(tx: Tx, row: CaseRow, payload: AfterPayload): Promise<Outcome<AfterFacts>> {
  const facts: AfterFacts = {
    order: await liveOrder(tx, row.id),
    earlier: await lastNotice(tx, row.roundId),
    entry: null,
  }
  const fits = await fitsKind(tx, row, payload, facts)
  if (!fits.ok) return fits
  if (POSTED_ANEW.has(payload.kind) && !facts.earlier) return refuse('notice.refusal.notPosted')
  return done(facts)
}

/** 更正、改派、递补 put their entry on a notice of its own. */
const POSTED_ANEW: ReadonlySet<AfterPayload['kind']> = new Set(['correct', 'reassign', 'substitute'])

async function fitsKind(tx: Tx, row: CaseRow, payload: AfterPayload, facts: AfterFacts): Promise<Outcome<unknown>> {
  switch (payload.kind) {
    case 'correct':
      return correctFits(row, payload, facts)
    case 'defer_report':
      return deferFits(row, payload, facts)
    case 'reassign':
      return reassignFits(row, payload, facts)
    case 'revoke':
      return listed(row, 'revoke') ? notApplied(row, facts) : notNow(row)
    case 'substitute':
      return substituteFits(tx, row, payload, facts)
  }
}

const listed = (row: CaseRow, action: CaseAction) =>
  CASE_TRANSITIONS.some((step) => step.from === row.state && step.action === action && step.role === 'bureau_reviewer')
const notNow = (row: CaseRow) => refuse('order.refusal.notNow', { number: row.number, state: row.state })
const notApplied = (row: CaseRow, { order }: AfterFacts): Outcome<unknown> =>
  order?.appliedAt ? refuse('order.refusal.applied', { number: row.number }) : done(null)

function correctFits(row: CaseRow, payload: AfterOf<'correct'>, { order }: AfterFacts): Outcome<unknown> {
  if (row.state !== 'on_notice' && row.state !== 'ready') return notNow(row)
  if (order) return refuse('order.refusal.hasOrder', { number: row.number })
  const { toSchoolId = row.toSchoolId, form = row.form, startsOn = row.startsOn, endsOn = row.endsOn } = payload
  if (toSchoolId === row.toSchoolId && form === row.form && startsOn === row.startsOn && endsOn === row.endsOn)
    return refuse('order.refusal.nothingChanged')
  if (toSchoolId === row.fromSchoolId) return refuse('case.refusal.twoSchools', undefined, { field: 'toSchoolId' })
  if (startsOn !== null && endsOn !== null && endsOn < startsOn)
    return refuse('order.refusal.endsFirst', { from: startsOn }, { field: 'endsOn' })
  return done(null)
}

function deferFits(row: CaseRow, payload: AfterOf<'defer_report'>, facts: AfterFacts): Outcome<unknown> {
  const { order } = facts
  if (order?.state !== 'issued') return notNow(row)
  const open = notApplied(row, facts)
  if (!open.ok) return open
  const due = order.deferredTo ?? order.effectiveOn
  if (payload.until <= due || (row.endsOn !== null && payload.until > row.endsOn))
    return refuse('order.refusal.deferLater', { due }, { field: 'until' })
  return done(null)
}

function reassignFits(row: CaseRow, payload: AfterOf<'reassign'>, facts: AfterFacts): Outcome<unknown> {
  if (!listed(row, 'correct')) return notNow(row)
  if (payload.toSchoolId === row.toSchoolId)
    return refuse('order.refusal.nothingChanged', undefined, { field: 'toSchoolId' })
  if (payload.toSchoolId === row.fromSchoolId)
    return refuse('case.refusal.twoSchools', undefined, { field: 'toSchoolId' })
  if (payload.startsOn && row.endsOn !== null && payload.startsOn > row.endsOn)
    return refuse('order.refusal.endsFirst', { from: payload.startsOn }, { field: 'startsOn' })
  return notApplied(row, facts)
}

async function substituteFits(
  tx: Tx,
  row: CaseRow,
  payload: AfterOf<'substitute'>,
  facts: AfterFacts,
): Promise<Outcome<unknown>> {
  if (!isEnded(row.state) || row.state === 'completed' || row.state === 'transferred')
    return refuse('order.refusal.stillLive', { number: row.number })
  const roll = await latestRoll(tx, row.roundId)
  const [entry] = roll
    ? await tx
        .select()
        .from(rollEntries)
        .where(and(eq(rollEntries.rollId, roll.id), eq(rollEntries.teacherId, payload.teacherId)))
    : []
  if (entry?.state !== 'eligible')
    return refuse('order.refusal.substituteNotEligible', undefined, { field: 'staffNo', rule: 'R-ELIG-0' })
  if (entry.schoolId === row.toSchoolId) return refuse('case.refusal.twoSchools', undefined, { field: 'staffNo' })
  const live = await tx
    .select({ id: rotationCases.id })
    .from(rotationCases)
    .where(
      and(
        eq(rotationCases.roundId, row.roundId),
        eq(rotationCases.teacherId, payload.teacherId),
        notInArray(rotationCases.state, [...ENDED_STATES]),
      ),
    )
  if (live.length > 0) return refuse('case.refusal.oneLiveCase', undefined, { field: 'staffNo' })
  facts.entry = entry
  return done(null)
}

async function liveOrder(tx: Tx, caseId: CaseRow['id']) {
  const [order] = await tx
    .select()
    .from(orders)
    .where(and(eq(orders.caseId, caseId), inArray(orders.state, ['prepared', 'issued'])))
    .for('update')
  return order ?? null
}

async function lastNotice(tx: Tx, roundId: RoundId) {
  const [notice] = await tx
    .select()
    .from(publicNotices)
    .where(eq(publicNotices.roundId, roundId))
    .orderBy(desc(publicNotices.number))
    .limit(1)
  return notice ?? null
}
