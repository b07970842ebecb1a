import { and, asc, eq, inArray } from 'drizzle-orm'
import { rotationCases, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import type { Actor, UserActor } from '@/lib/rules/access/actor.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import { CASE_TRANSITIONS, type CaseAction, type Transition } from '@/lib/rules/rotation/case-workflow.ts'
import type { CaseId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'

import { type CaseRow, lockRound } from '../cases/lock.ts'
import { moveCase } from '../cases/move.ts'
import { relatedTeachers } from '../cases/related.ts'
import { roundPolicy } from '../queries/round-policy.ts'

export type { CaseRow }

/** Locks the rounds of these cases, then the cases, in the order of their ids: no two acts wait for each other crosswise. */
export async function lockCaseRows(tx: Tx, ids: readonly CaseId[]): Promise<CaseRow[]> {
  if (ids.length === 0) return []
  const rounds = await tx
    .selectDistinct({ id: rotationCases.roundId })
    .from(rotationCases)
    .where(inArray(rotationCases.id, [...ids]))
    .orderBy(asc(rotationCases.roundId))
  for (const { id } of rounds) await lockRound(tx, id)
  return tx
    .select()
    .from(rotationCases)
    .where(inArray(rotationCases.id, [...ids]))
    .orderBy(asc(rotationCases.id))
    .for('update')
}

export interface Advance {
  action: CaseAction
  /** Chooses where one action has several ends. */
  to?: CaseState
  reason?: string | null
  /** Columns that change with the state. */
  set?: Partial<CaseRow>
  /** 文号 or minutes number the step rests on. */
  documentNo?: string | null
}

const sidesOf = (actor: UserActor, row: CaseRow): Transition['side'][] => {
  if (actor.role === 'bureau_hr' || actor.role === 'bureau_reviewer') return ['district']
  if (actor.role === 'teacher') return actor.teacherId === row.teacherId ? ['own'] : []
  const mine = (school: string | null) => school !== null && (actor.schoolIds as readonly string[]).includes(school)
  return [mine(row.fromSchoolId) ? 'origin' : null, mine(row.toSchoolId) ? 'destination' : null].filter(
    (side): side is 'origin' | 'destination' => side !== null,
  )
}

/** SD-3 and SD-5 for the steps after deciding: nobody acts on their own case or a relative's. */
export async function involvement(tx: Tx, actor: UserActor, row: CaseRow): Promise<Outcome<null>> {
  const own = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.personId, actor.personId), eq(users.teacherId, row.teacherId)))
  if (own.length > 0 || actor.teacherId === row.teacherId)
    return refuse('case.refusal.ownCase', undefined, { rule: 'SD-3' })
  const related = await relatedTeachers(tx, actor)
  return related.has(row.teacherId) ? refuse('case.refusal.recused', undefined, { rule: 'SD-5' }) : done(null)
}

/**
 * Takes a locked case one step on: the workflow table allows it for this role and side, the case is not the actor's own,
 * and the decision with its figures is written with it. @returns the case as it now stands, or why not
 */
export async function advanceCase(
  tx: Tx,
  actor: Actor,
  row: CaseRow,
  advance: Advance,
  at: Instant,
): Promise<Outcome<CaseRow>> {
  if (actor.kind === 'anonymous') return refuse('platform.refusal.forbidden')
  const role = actor.kind === 'system' ? 'system' : actor.role
  const sides = actor.kind === 'system' ? ['system'] : sidesOf(actor, row)
  const step = CASE_TRANSITIONS.find(
    (candidate) =>
      candidate.from === row.state &&
      candidate.action === advance.action &&
      candidate.role === role &&
      sides.includes(candidate.side) &&
      (advance.to === undefined || candidate.to === advance.to),
  )
  if (!step) return refuse('order.refusal.notNow', { number: row.number, state: row.state })
  if (step.needs.includes('reason') && !advance.reason)
    return refuse('platform.refusal.required', undefined, { field: 'reason' })
  if (step.needs.includes('document') && !advance.documentNo)
    return refuse('platform.refusal.required', undefined, { field: 'documentNo' })
  if (actor.kind === 'user' && step.guards.includes('notOwnCase')) {
    const free = await involvement(tx, actor, row)
    if (!free.ok) return free
  }
  const { after } = await moveCase(
    tx,
    actor,
    row,
    { policy: await roundPolicy(tx, row.roundId) },
    {
      action: advance.action,
      to: step.to,
      part: step.part,
      side: step.side,
      reason: advance.reason ?? null,
      ...(advance.documentNo ? { meeting: { meeting: '', meetingDate: null, minutesNo: advance.documentNo } } : {}),
      ...(advance.set ? { patch: advance.set } : {}),
      at,
    },
  )
  return done(after)
}

/** The same step for several cases; the first that may not move stops all, so that a batch is whole or nothing. */
export async function advanceAll(
  tx: Tx,
  actor: Actor,
  rows: readonly CaseRow[],
  advance: (row: CaseRow) => Advance,
  at: Instant,
): Promise<Outcome<CaseRow[]>> {
  const moved: CaseRow[] = []
  for (const row of rows) {
    const step = await advanceCase(tx, actor, row, advance(row), at)
    if (!step.ok) return step
    moved.push(step.value)
  }
  return done(moved)
}
