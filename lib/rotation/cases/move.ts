import { and, eq } from 'drizzle-orm'
import { caseDecisions, rotationCases } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { type Instant, now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { CaseSide } from '@/lib/rules/rotation/case-facts.ts'
import { type CaseState, GATE_STATES, rankOf } from '@/lib/rules/rotation/case-states.ts'
import { dueDay } from '@/lib/rules/rotation/case-steps.ts'
import type { CaseAction, StepPart } from '@/lib/rules/rotation/case-workflow.ts'
import type { RoundFigures } from '@/lib/rules/rotation/round-figures.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { FileId } from '@/lib/rules/values/ids.ts'
import { districtCalendar } from './calendar.ts'
import type { RoundContext } from './facts.ts'
import { refreshFigures, seesDistrict, storedFigures } from './figures.ts'
import type { CaseRow } from './lock.ts'
import { type CaseSnapshot, snapshotsOf } from './snapshot.ts'

/** Who is written as the decider; by default the actor. An overrule is decided by the one who asked for it. */
export interface DecidedBy {
  userId: string
  personId: string
  name: string
  role: string
  grantId: string
}

/** One step to be written. What is left out is empty. */
export interface StepRecord {
  action: CaseAction | 'create' | 'edit' | 'acknowledge' | 'escalate'
  to: CaseState
  part: StepPart
  side: CaseSide
  reason?: string | null
  meeting?: { meeting: string; meetingDate: LocalDate | null; minutesNo: string }
  paper?: { date: LocalDate; fileId: FileId | null; decider: string }
  /** Other columns of the case that change with the step. */
  patch?: Partial<CaseRow>
  /** Figures already computed for a batch; else they are read or computed here. */
  figures?: RoundFigures | null
  at?: Instant
  by?: DecidedBy
}

/** Steps that begin another pass of the deciding steps. */
const NEW_PASS: readonly StepRecord['action'][] = ['return', 'take_back']
const inGate = (state: CaseState) => (GATE_STATES as readonly CaseState[]).includes(state)

/**
 * Takes a case one step: the row, the decision with the figures and the person as they were, and the job that tells
 * those concerned — one transaction, the row locked by the caller. Whether it may be taken was asked before (`nextStep`).
 * @returns the case as it now is, with the names a sentence needs
 */
export async function moveCase(
  tx: Tx,
  actor: Actor,
  row: CaseRow,
  { policy }: Pick<RoundContext, 'policy'>,
  step: StepRecord,
): Promise<{ after: CaseRow; snapshot: CaseSnapshot; decisionId: string }> {
  const at = step.at ?? now()
  const moved = step.to !== row.state
  const name = step.by?.name ?? (actor.kind === 'user' ? actor.name : 'system')
  const dueOn = moved ? dueDay(step.to, actor.today, policy.process, await districtCalendar(tx)) : row.dueOn
  const after = one(
    await tx
      .update(rotationCases)
      .set({
        ...step.patch,
        state: step.to,
        version: row.version + 1,
        pass: NEW_PASS.includes(step.action) ? row.pass + 1 : row.pass,
        ...(moved ? { dueOn, enteredStateOn: actor.today, escalatedAt: null, remindedOn: null } : {}),
        shownToDestination:
          step.patch?.shownToDestination ??
          (row.shownToDestination ||
            (row.toSchoolId !== null &&
              rankOf(step.to) >= rankOf('origin_approved') &&
              rankOf(step.to) < rankOf('rejected'))),
        changedAt: at,
        changedByName: name,
      })
      .where(and(eq(rotationCases.id, row.id), eq(rotationCases.version, row.version)))
      .returning(),
  )
  const changesGate = inGate(row.state) !== inGate(step.to)
  const figures =
    step.figures !== undefined
      ? step.figures
      : changesGate && seesDistrict(actor)
        ? await refreshFigures(tx, row.roundId)
        : await storedFigures(tx, row.roundId)
  const snapshot = (await snapshotsOf(tx, [after], actor.today)).get(after.id)!
  const decisionId = newId<string>()
  await tx.insert(caseDecisions).values({
    districtId: actor.districtId,
    id: decisionId,
    caseId: row.id,
    pass: row.pass,
    action: step.action,
    part: step.part,
    side: step.side,
    fromState: row.state,
    toState: step.to,
    ...deciderOf(actor, step.by),
    byName: name,
    at,
    reason: step.reason || null,
    meeting: step.meeting?.meeting || null,
    meetingDate: step.meeting?.meetingDate ?? null,
    minutesNo: step.meeting?.minutesNo || null,
    paperDate: step.paper?.date ?? null,
    paperFileId: step.paper?.fileId ?? null,
    paperDecider: step.paper?.decider ?? null,
    figures,
    snapshot,
  })
  await enqueue(tx, actor, 'rotation.case.follow', {
    caseId: row.id,
    action: step.action,
    refresh: changesGate && !seesDistrict(actor),
  })
  return { after, snapshot, decisionId }
}

/** The columns of case_decisions that say who decided. */
export function deciderOf(actor: Actor, by?: DecidedBy) {
  if (by)
    return {
      userId: by.userId as never,
      personId: by.personId as never,
      role: by.role,
      grantId: by.grantId,
      onBehalfOf: null,
      onBehalfOfPerson: null,
    }
  if (actor.kind !== 'user')
    return { userId: null, personId: null, role: 'system', grantId: null, onBehalfOf: null, onBehalfOfPerson: null }
  return {
    userId: actor.userId,
    personId: actor.personId,
    role: actor.role,
    grantId: actor.grantId,
    onBehalfOf: actor.onBehalfOf?.userId ?? null,
    onBehalfOfPerson: actor.onBehalfOf?.personId ?? null,
  }
}
