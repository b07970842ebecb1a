import { and, eq } from 'drizzle-orm'
import { scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { roundContext } from '../cases/facts.ts'
import {
  completePolicy,
  createScenarioInput,
  duplicateInput,
  planPolicyFromForm,
  reviseScenarioInput,
  scenarioInput,
} from '../inputs/scenarios.ts'
import { roundPlanInput } from '../queries/plan-input.ts'
import { freezeRound, roundIds, roundSecret } from '../scenarios/freeze-scenario.ts'
import { EMPTY_HAND, type Hand, handOf } from '../scenarios/hand.ts'
import { isResting, lockScenario, namedRefusals, storedInstance } from '../scenarios/scenario-row.ts'
import { changeScenario, freeName, insertScenario, instanceName, queueSolve } from '../scenarios/store-scenario.ts'

/** 新建方案: freezes the round as it stands (roll, schools, need, places, wishes, policy) into an instance of its own. */
export const createScenario = defineCommand({
  name: 'rotation.scenario.create',
  input: createScenarioInput,
  scope: { statementSeconds: 60 },
  run: async ({ tx, actor, input, at, keys }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const context = await roundContext(tx, input.roundId)
    if (!context) return refuse('platform.refusal.notFound')
    if (context.round.kind !== 'regular' || context.round.state !== 'open') return refuse('plan.refusal.roundNotOpen')
    const source = await roundPlanInput(tx, context.round, context.policy, input)
    if (!source) return refuse('plan.refusal.roundNotOpen')
    const ring = await keys()
    const id = newId<ScenarioId>()
    const hand: Hand = {
      ...EMPTY_HAND,
      locks: source.settled.map((lock) => ({ ...lock, source: 'case' as const })),
    }
    const typed = input.withPolicy ? completePolicy(input) : null
    if (input.withPolicy && !typed) return refuse('platform.refusal.invalid')
    const frozen = freezeRound(source, {
      name: instanceName(id),
      secret: roundSecret(ring, input.roundId),
      policy: typed ? planPolicyFromForm(typed, source.input.policy) : source.input.policy,
      hand,
    })
    if (!frozen.ok)
      return refuseAll(
        await namedRefusals(tx, frozen.refusals, { ids: roundIds(ring, input.roundId), hand, schoolIds: {} }),
      )
    const row = await insertScenario(
      tx,
      actor,
      {
        id,
        roundId: input.roundId,
        rollId: source.rollId,
        name: input.name,
        frozen: frozen.value,
        hand,
        basedOn: null,
      },
      at,
    )
    if (input.solve) {
      const queued = await queueSolve(tx, actor, row, input.timeLimit)
      if (!queued.ok) return queued
    }
    const { teachers, groups } = frozen.value.instance
    const people = teachers.length + groups.reduce((sum, group) => sum + group.n, 0)
    return finished(
      { scenarioId: id, roundId: input.roundId },
      {
        message: { key: input.solve ? 'plan.done.queued' : 'plan.done.created', values: { name: input.name, people } },
        audit: {
          resource: 'round',
          objectId: input.roundId,
          details: { scenario: id, sha256: row.instanceSha256, people },
        },
      },
    )
  },
})

/** Other policy fields: a draft takes them, of a solved scenario a further one is made (based on). */
export const reviseScenario = defineCommand({
  name: 'rotation.scenario.revise',
  input: reviseScenarioInput,
  target: lockScenario,
  run: async ({ tx, actor, input, before }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const { continuing, extra_eligible } = storedInstance(before).policy
    const changed = await changeScenario(tx, actor, before, {
      policy: planPolicyFromForm(input, { continuing, extra_eligible }),
      name: input.name,
    })
    if (!changed.ok) return changed
    const row = changed.value
    if (input.solve) {
      const queued = await queueSolve(tx, actor, row, input.timeLimit)
      if (!queued.ok) return queued
    }
    return finished(
      { scenarioId: row.id, roundId: row.roundId! },
      {
        message: { key: input.solve ? 'plan.done.queuedAgain' : 'plan.done.revised', values: { name: row.name } },
        audit: { resource: 'round', objectId: row.roundId!, details: { scenario: row.id, basedOn: before.id } },
      },
    )
  },
})

/** 复制: the same frozen round with the same hand and policy, as a draft. */
export const duplicateScenario = defineCommand({
  name: 'rotation.scenario.duplicate',
  input: duplicateInput,
  target: lockScenario,
  run: async ({ tx, actor, input, before, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.roundId === null) return refuse('plan.refusal.readOnly')
    const id = newId<ScenarioId>()
    const name = await freeName(tx, before.roundId, input.name)
    await insertScenario(
      tx,
      actor,
      {
        id,
        roundId: before.roundId,
        rollId: before.rollId,
        name,
        frozen: {
          instance: { ...storedInstance(before), name: instanceName(id) },
          members: before.members,
          schools: before.schools,
        },
        hand: handOf(before.hand),
        basedOn: before.id,
      },
      at,
    )
    return finished(
      { scenarioId: id, roundId: before.roundId },
      {
        message: { key: 'plan.done.duplicated', values: { name } },
        audit: { resource: 'round', objectId: before.roundId, details: { scenario: id, basedOn: before.id } },
      },
    )
  },
})

/** Deletes what nobody relies on: never an adopted scenario, never one that is running. */
export const deleteScenario = defineCommand({
  name: 'rotation.scenario.delete',
  input: scenarioInput,
  target: lockScenario,
  run: async ({ tx, input, before }) => {
    if (before.version !== input.version) return refuse('plan.refusal.stale')
    if (!isResting(before.state))
      return refuse(before.state === 'adopted' ? 'plan.refusal.adoptedAlready' : 'plan.refusal.running')
    one(
      await tx
        .delete(scenarios)
        .where(and(eq(scenarios.id, before.id), eq(scenarios.version, before.version)))
        .returning({ id: scenarios.id }),
    )
    return finished(
      { roundId: before.roundId },
      {
        message: { key: 'plan.done.deleted', values: { name: before.name } },
        audit: {
          resource: 'round',
          objectId: before.roundId ?? before.id,
          details: { scenario: before.id, name: before.name, sha256: before.instanceSha256 },
        },
      },
    )
  },
})
