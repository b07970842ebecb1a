import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { scenarios } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { sha256Hex } from '@/lib/platform/crypto.ts'
import { appraise } from '@/lib/rules/planner/checker.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { addHandInput, dropHandInput, relaxInput, swapInput } from '../inputs/scenarios.ts'
import { type Hand, handOf } from '../scenarios/hand.ts'
import { relaxed } from '../scenarios/relax.ts'
import { lockScenario, storedInstance, storedResult } from '../scenarios/scenario-row.ts'
import { changeScenario, queueSolve } from '../scenarios/store-scenario.ts'

type Added = z.output<typeof addHandInput>

/** The hand with one thing more. A new lock or stay of a person replaces what was said of them before. */
export function withAdded(hand: Hand, { kind, teacherIds, to, low, high }: Added): Outcome<Hand> {
  const people = new Set<string>(teacherIds)
  const others = <T extends { teacherId: string }>(list: T[]) => list.filter(({ teacherId }) => !people.has(teacherId))
  if (kind !== 'pin' && teacherIds.length === 0)
    return refuse('plan.refusal.nobodyNamed', undefined, { field: 'teacherIds' })
  switch (kind) {
    case 'lock':
      if (!to) return refuse('plan.refusal.schoolMissing', undefined, { field: 'to' })
      return done({
        ...hand,
        stays: hand.stays.filter((id) => !people.has(id)),
        locks: [...others(hand.locks), ...teacherIds.map((teacherId) => ({ teacherId, to, source: 'hand' as const }))],
      })
    case 'forbid':
      return done({
        ...hand,
        forbids: [
          ...hand.forbids.filter((one) => !(people.has(one.teacherId) && one.to === (to ?? null))),
          ...teacherIds.map((teacherId) => ({ teacherId, to: to ?? null })),
        ],
      })
    case 'stay':
      return done({
        ...hand,
        locks: others(hand.locks),
        stays: [...hand.stays.filter((id) => !people.has(id)), ...teacherIds],
      })
    case 'pair': {
      const [a, b] = teacherIds
      if (!a || !b || teacherIds.length !== 2)
        return refuse('plan.refusal.twoPeople', undefined, { field: 'teacherIds' })
      return done({ ...hand, notBoth: [...hand.notBoth, [a, b]] })
    }
    case 'pin':
      if (!to || low === undefined || high === undefined)
        return refuse('plan.refusal.pinMissing', undefined, { field: 'to' })
      if (low > high) return refuse('plan.refusal.pinOrder', undefined, { field: 'low' })
      return done({
        ...hand,
        pins: [...hand.pins.filter(({ schoolId }) => schoolId !== to), { schoolId: to, low, high }],
      })
  }
}

const LISTS = { lock: 'locks', forbid: 'forbids', stay: 'stays', pair: 'notBoth', pin: 'pins' } as const

/** 锁定、禁止、留任、不同时、定编制变化: of a solved scenario a draft based on it takes the change. */
export const addHand = defineCommand({
  name: 'rotation.scenario.hand',
  input: addHandInput,
  target: lockScenario,
  run: async ({ tx, actor, input, before }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.version !== input.version) return refuse('plan.refusal.stale')
    const hand = withAdded(handOf(before.hand), input)
    if (!hand.ok) return hand
    const changed = await changeScenario(tx, actor, before, { hand: hand.value })
    if (!changed.ok) return changed
    return finished(
      { scenarioId: changed.value.id, roundId: changed.value.roundId! },
      {
        message: {
          key: `plan.done.hand.${input.kind}`,
          values: { name: changed.value.name, count: input.teacherIds.length },
        },
        audit: {
          resource: 'round',
          objectId: changed.value.roundId!,
          details: {
            scenario: changed.value.id,
            basedOn: before.id,
            kind: input.kind,
            people: input.teacherIds.length,
          },
        },
      },
    )
  },
})

/** Takes one thing of the hand back. */
export const dropHand = defineCommand({
  name: 'rotation.scenario.hand',
  input: dropHandInput,
  target: lockScenario,
  run: async ({ tx, actor, input, before }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.version !== input.version) return refuse('plan.refusal.stale')
    const hand = handOf(before.hand)
    const list = LISTS[input.kind]
    if (input.at >= hand[list].length) return refuse('plan.refusal.stale')
    const changed = await changeScenario(tx, actor, before, {
      hand: { ...hand, [list]: (hand[list] as unknown[]).filter((_, at) => at !== input.at) },
    })
    if (!changed.ok) return changed
    return finished(
      { scenarioId: changed.value.id, roundId: changed.value.roundId! },
      {
        message: { key: 'plan.done.handDropped', values: { name: changed.value.name } },
        audit: {
          resource: 'round',
          objectId: changed.value.roundId!,
          details: { scenario: changed.value.id, basedOn: before.id, dropped: input.kind },
        },
      },
    )
  },
})

/**
 * 组内互换: somebody of a group goes instead of another. They are equal for the plan, so nothing is solved again; the plan is
 * appraised once more and stays as good as it was.
 */
export const swapMembers = defineCommand({
  name: 'rotation.scenario.swap',
  input: swapInput,
  target: lockScenario,
  run: async ({ tx, input, before, at }) => {
    if (before.version !== input.version) return refuse('plan.refusal.stale')
    if (before.state !== 'solved') return refuse('plan.refusal.notSolved')
    const group = Object.entries(before.members).find(
      ([, keys]) => keys.includes(input.leaves) && keys.includes(input.joins) && keys.length > 1,
    )
    if (!group) return refuse('plan.refusal.notOneGroup', undefined, { field: 'joins' })
    const [id, keys] = group
    const members = {
      ...before.members,
      [id]: keys.map((key) => (key === input.leaves ? input.joins : key === input.joins ? input.leaves : key)),
    }
    const result = storedResult(before)
    if (!result || (result.status !== 'optimal' && result.status !== 'feasible'))
      return refuse('plan.refusal.notSolved')
    const again = appraise(storedInstance(before), result.moves, result.flows, sha256Hex)
    if (again.findings.length > 0) return refuse('plan.refusal.planRefused')
    one(
      await tx
        .update(scenarios)
        .set({ members, version: before.version + 1, changedAt: at })
        .where(and(eq(scenarios.id, before.id), eq(scenarios.version, before.version)))
        .returning({ id: scenarios.id }),
    )
    return finished(
      { scenarioId: before.id },
      {
        message: { key: 'plan.done.swapped' },
        audit: {
          resource: 'round',
          objectId: before.roundId ?? before.id,
          details: { scenario: before.id, leaves: input.leaves, joins: input.joins },
        },
      },
    )
  },
})

/** 按最小放宽重算: a further scenario with exactly the cheapest repair of the conflict, and nothing else changed. */
export const relaxScenario = defineCommand({
  name: 'rotation.scenario.relax',
  input: relaxInput,
  target: lockScenario,
  run: async ({ tx, actor, input, before }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const result = storedResult(before)
    if (before.state !== 'infeasible' || result?.status !== 'infeasible') return refuse('plan.refusal.noConflict')
    const change = relaxed(storedInstance(before), handOf(before.hand), result.conflict, before)
    if (!change.ok) return change
    const changed = await changeScenario(tx, actor, before, { ...change.value, name: input.name })
    if (!changed.ok) return changed
    const row = changed.value
    if (input.solve) {
      const queued = await queueSolve(tx, actor, row, input.timeLimit)
      if (!queued.ok) return queued
    }
    return finished(
      { scenarioId: row.id, roundId: row.roundId! },
      {
        message: { key: 'plan.done.relaxed', values: { name: row.name } },
        audit: {
          resource: 'round',
          objectId: row.roundId!,
          details: { scenario: row.id, basedOn: before.id, relaxation: result.conflict.relaxation },
        },
      },
    )
  },
})
