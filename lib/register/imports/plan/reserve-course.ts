import { newId } from '../../../platform/new-id.ts'
import { poolAgeEnds } from '../../../rules/reserve/counter.ts'
import { ASSIGNED, CANDIDATE_STATES, candidateReaches, ENDED, IN_POOL } from '../../../rules/reserve/pipeline.ts'
import type { ReserveSettings } from '../../../rules/reserve/settings.ts'
import { addDays } from '../../../rules/values/dates.ts'
import type { ReserveRecord } from '../reserve.ts'
import type { PlanContext } from './person-context.ts'
import type { CandidateRow, PlacementRow, StoredCandidate } from './reserve-book.ts'
import type { RowOp } from './row-plan.ts'

/** What a person's row is to be once the taken cells hold. */
export type Course = Omit<ReserveRecord, 'number' | 'name'> & { name: string }

export interface CourseProblem {
  code: string
  field: keyof ReserveRecord
  values: Record<string, string>
}

/** Why a course cannot be: a step back, a state without its day or its school (domain.md §6.2). */
export function courseProblem(before: StoredCandidate | null, next: Course): CourseProblem | null {
  const { state } = next
  if (state === null) return { code: 'E-REQUIRED', field: 'state', values: {} }
  if (before && before.candidate.state !== state && !candidateReaches(before.candidate.state, state))
    return {
      code: 'E-RESERVE-STEP',
      field: 'state',
      values: { fromName: CANDIDATE_STATES[before.candidate.state], toName: CANDIDATE_STATES[state] },
    }
  const inOrAssigned = IN_POOL.includes(state) || ASSIGNED.includes(state)
  if (inOrAssigned && next.pooledOn === null) return { code: 'E-RESERVE-POOLED', field: 'pooledOn', values: { state } }
  if (ENDED.includes(state) && next.leftOn === null)
    return { code: 'E-RESERVE-LEFT', field: 'leftOn', values: { state } }
  if (!ENDED.includes(state) && next.leftOn !== null)
    return { code: 'E-RESERVE-STILL', field: 'leftOn', values: { state } }
  const placed = next.placedSchool !== null
  if (ASSIGNED.includes(state) && (!placed || next.placedFrom === null))
    return { code: 'E-RESERVE-PLACE', field: placed ? 'placedFrom' : 'placedSchool', values: { state } }
  if (placed && !ASSIGNED.includes(state) && !ENDED.includes(state))
    return { code: 'E-RESERVE-PLACE-STATE', field: 'placedSchool', values: { state } }
  if (next.leftOn !== null && next.placedFrom !== null && next.leftOn < next.placedFrom)
    return { code: 'E-PERIOD-ORDER', field: 'leftOn', values: { start: next.placedFrom, end: next.leftOn } }
  return null
}

/** Last day in the pool, when nothing says another: the pool age from the day of entry. */
export const poolUntilOf = ({ pooledOn, poolUntil }: Course, settings: ReserveSettings) =>
  poolUntil ?? (pooledOn === null ? null : poolAgeEnds(pooledOn, settings.poolAgeMonths))

/** The step that a list tells of, on the day it happened as far as the row says. */
export function stepOp(context: PlanContext, id: string, from: CandidateRow['state'] | null, next: Course): RowOp {
  const { state, pooledOn, placedFrom, leftOn } = next
  const day =
    state !== null && ENDED.includes(state)
      ? leftOn
      : state === 'pooled'
        ? pooledOn
        : state === 'placed'
          ? placedFrom
          : null
  const row = {
    districtId: context.districtId,
    id: newId<string>(),
    candidateId: id,
    fromState: from,
    toState: state,
    onDay: day ?? context.on,
    reason: next.leftReason,
    byUser: context.by?.userId ?? null,
    byName: context.by?.name ?? '',
    at: context.at,
  }
  return { do: 'insert', table: 'candidate_events', row }
}

/** The placement a course asks for, against the one on file. */
export function placementOps(context: PlanContext, id: string, stored: PlacementRow | null, next: Course): RowOp[] {
  const { at, districtId } = context
  const { placedSchool, placedFrom, state, leftOn } = next
  const gone = state !== null && ENDED.includes(state) && leftOn !== null ? addDays(leftOn, 1) : null
  if (placedSchool === null || placedFrom === null) return []
  const schoolId = context.schoolIdOf(placedSchool)
  const basis = next.basis ?? stored?.basis ?? (state === 'employed' ? 'establishment' : 'labour')
  const moves = stored !== null && stored.schoolId !== schoolId && placedFrom > stored.during.from
  const until = stored === null || moves ? gone : (gone ?? stored.during.until)
  const fresh = {
    schoolId,
    basis,
    during: { from: placedFrom, until: until !== null && until <= placedFrom ? addDays(placedFrom, 1) : until },
  }
  if (stored === null || moves) {
    const row = { districtId, id: newId<string>(), candidateId: id, ...fresh, changedAt: at }
    const end = { from: stored?.during.from ?? placedFrom, until: placedFrom }
    return [
      ...(stored && moves && (stored.during.until === null || stored.during.until > placedFrom)
        ? [{ do: 'update', table: 'reserve_placements', row: stored, set: { during: end, changedAt: at } } as const]
        : []),
      { do: 'insert', table: 'reserve_placements', row },
    ]
  }
  const same =
    stored.schoolId === schoolId &&
    stored.basis === basis &&
    stored.during.from === fresh.during.from &&
    stored.during.until === fresh.during.until
  return same ? [] : [{ do: 'update', table: 'reserve_placements', row: stored, set: { ...fresh, changedAt: at } }]
}
