import { and, eq, notInArray, sql } from 'drizzle-orm'
import { policies, rotationCases, rotationRounds, roundCounters } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { askSecondPerson } from '@/lib/platform/two-person.ts'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { type SchoolYear, schoolYearPeriod } from '@/lib/rules/values/dates.ts'
import type { PolicyId, RoundId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { refreshFigures } from '../cases/figures.ts'
import { lockRound } from '../cases/lock.ts'
import { createRoundInput, openRoundInput, reopenRoundInput, roundInput } from '../inputs/rounds.ts'
import { reopenOperation } from '../operations/reopen-round.ts'
import { policyById } from '../queries/policy-for.ts'
import { freezeRoll } from '../roll/freeze.ts'

/** Makes a round of a school year under an active policy; nobody but the bureau sees it as running before it opens. */
export const createRound = defineCommand({
  name: 'rotation.round.create',
  input: createRoundInput,
  run: async ({ tx, actor, input, at }) => {
    const policy = await activePolicy(tx, input.policyId)
    if (!policy) return refuse('round.refusal.policyNotActive', undefined, { field: 'policyId' })
    const year = input.year as SchoolYear
    const effectiveOn = input.effectiveOn ?? schoolYearPeriod(year).from
    const snapshotDate = input.snapshotDate ?? snapshotOf(year)
    if (snapshotDate >= effectiveOn) return refuse('round.refusal.snapshotLate', undefined, { field: 'snapshotDate' })
    const id = newId<RoundId>()
    await tx.insert(rotationRounds).values({
      districtId: actor.districtId,
      id,
      year: input.year,
      name: input.name,
      kind: 'regular',
      state: 'preparing',
      policyId: input.policyId,
      snapshotDate,
      effectiveOn,
      applyUntil: input.applyUntil ?? null,
      createdBy: actor.kind === 'user' ? actor.userId : null,
      changedAt: at,
    })
    await tx.insert(roundCounters).values({ districtId: actor.districtId, roundId: id })
    return finished(
      { roundId: id },
      {
        message: { key: 'round.done.created', values: { name: input.name } },
        audit: { resource: 'round', objectId: id, details: { year: input.year, policy: input.policyId, snapshotDate } },
      },
    )
  },
})

/** 补充规定 aside, a round runs under a policy two people have put in force. */
async function activePolicy(tx: Tx, id: PolicyId) {
  const [row] = await tx
    .select({ id: policies.id })
    .from(policies)
    .where(and(eq(policies.id, id), eq(policies.state, 'active')))
  return row ?? null
}

const lockedRound = async (tx: Tx, { roundId }: { roundId: RoundId }) => {
  if (!(await lockRound(tx, roundId))) return null
  const [row] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId)).for('update')
  return row ? { ...row, target: {} } : null
}

/** Opens the round: the roll is frozen under its policy, the figures stand, schools and teachers may begin. */
export const openRound = defineCommand({
  name: 'rotation.round.open',
  input: openRoundInput,
  scope: { statementSeconds: 120 },
  target: lockedRound,
  run: async ({ tx, actor, input, before, at }) => {
    if (before.version !== input.version) return refuse('case.refusal.stale', { by: '', at: before.changedAt })
    if (before.state !== 'preparing' || before.kind !== 'regular')
      return refuse('round.refusal.notPreparing', { state: before.state })
    const policy = before.policyId && (await policyById(tx, before.policyId))
    if (!policy || !before.policyId || !(await activePolicy(tx, before.policyId)))
      return refuse('round.refusal.policyNotActive')
    const applyUntil = input.applyUntil ?? before.applyUntil
    if (applyUntil !== null && applyUntil < actor.today)
      return refuse('round.refusal.applyPast', undefined, { field: 'applyUntil' })
    const roll = await freezeRoll(tx, actor, before, { id: before.policyId, policy })
    one(
      await tx
        .update(rotationRounds)
        .set({ state: 'open', openedAt: at, applyUntil, version: before.version + 1, changedAt: at })
        .where(eq(rotationRounds.id, before.id))
        .returning({ id: rotationRounds.id }),
    )
    const figures = await refreshFigures(tx, before.id)
    return finished(
      { roundId: before.id, rollId: roll.rollId, counts: roll.counts },
      {
        message: {
          key: 'round.done.opened',
          values: { name: before.name, eligible: roll.counts.E, need: figures?.total?.need ?? 0 },
        },
        audit: { resource: 'round', objectId: before.id, details: { roll: roll.rollId, counts: roll.counts } },
      },
    )
  },
})

/** Closes the round: nothing may be on its way any more, decided or later, or ended. */
export const closeRound = defineCommand({
  name: 'rotation.round.close',
  input: roundInput,
  target: lockedRound,
  run: async ({ tx, actor, input, before, at }) => {
    if (before.version !== input.version) return refuse('case.refusal.stale', { by: '', at: before.changedAt })
    if (before.state !== 'open') return refuse('round.refusal.notOpen', { state: before.state })
    const [left] = await tx
      .select({ count: sql<number>`count(*)::int` })
      .from(rotationCases)
      .where(
        and(
          eq(rotationCases.roundId, before.id),
          notInArray(rotationCases.state, [
            'serving',
            'completed',
            'transferred',
            'terminated',
            'rejected',
            'withdrawn',
          ]),
        ),
      )
    if (left && left.count > 0) return refuse('round.refusal.casesRunning', { count: left.count })
    one(
      await tx
        .update(rotationRounds)
        .set({ state: 'closed', closedAt: at, version: before.version + 1, changedAt: at })
        .where(eq(rotationRounds.id, before.id))
        .returning({ id: rotationRounds.id }),
    )
    const figures = await refreshFigures(tx, before.id)
    return finished(
      { roundId: before.id },
      {
        message: { key: 'round.done.closed', values: { name: before.name } },
        audit: { resource: 'round', objectId: before.id, details: { figures, by: actor.today } },
      },
    )
  },
})

/** Asks a second person to reopen a closed round. */
export const reopenRound = defineCommand({
  name: 'rotation.round.reopen',
  input: reopenRoundInput,
  target: lockedRound,
  run: async ({ tx, actor, input, before }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.version !== input.version) return refuse('case.refusal.stale', { by: '', at: before.changedAt })
    if (before.state !== 'closed' || before.kind !== 'regular') return refuse('round.refusal.notClosed')
    const asked = await askSecondPerson(tx, actor, reopenOperation, {
      subjectId: before.id,
      payload: { roundId: before.id, version: before.version },
      summary: { round: before.name },
      reason: input.reason,
    })
    if (!asked.ok) return asked
    return finished(
      { requestId: asked.value },
      {
        message: { key: 'round.done.reopenAsked' },
        audit: { resource: 'round', objectId: before.id, reason: input.reason },
      },
    )
  },
})
