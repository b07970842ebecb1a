import { and, eq, sql } from 'drizzle-orm'
import { jobs, scenarios } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { MOST_PRICES, priceInput, scenarioInput, solveInput } from '../inputs/scenarios.ts'
import { priceKey, pricesOf } from '../scenarios/prices.ts'
import { isResting, lockScenario } from '../scenarios/scenario-row.ts'
import { EXCHANGE_JOB, PRICE_JOB, queueSolve } from '../scenarios/store-scenario.ts'

/** 求解, also again: the scenario waits for its turn. */
export const solveScenario = defineCommand({
  name: 'rotation.scenario.solve',
  input: solveInput,
  target: lockScenario,
  run: async ({ tx, actor, input, before }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.version !== input.version) return refuse('plan.refusal.stale')
    const queued = await queueSolve(tx, actor, before, input.timeLimit)
    if (!queued.ok) return queued
    return finished(
      { scenarioId: before.id, roundId: before.roundId },
      {
        message: { key: 'plan.done.queuedAgain', values: { name: before.name } },
        audit: {
          resource: 'round',
          objectId: before.roundId ?? before.id,
          details: { scenario: before.id, sha256: before.instanceSha256, timeLimit: input.timeLimit },
        },
      },
    )
  },
})

/** 停止: a waiting scenario leaves the queue; one at work ends with the best plan found so far. */
export const cancelScenario = defineCommand({
  name: 'rotation.scenario.cancel',
  input: scenarioInput.omit({ version: true }),
  target: lockScenario,
  run: async ({ tx, before, at }) => {
    if (before.state !== 'queued' && before.state !== 'solving') return refuse('plan.refusal.notRunning')
    one(
      await tx
        .update(scenarios)
        .set({
          cancelAsked: true,
          ...(before.state === 'queued' ? { state: 'cancelled' as const, finishedAt: at } : {}),
          changedAt: at,
          version: before.version + 1,
        })
        .where(and(eq(scenarios.id, before.id), eq(scenarios.version, before.version)))
        .returning({ id: scenarios.id }),
    )
    if (before.state === 'queued' && before.jobId)
      await tx
        .update(jobs)
        .set({ state: 'cancelled', finishedAt: at })
        .where(and(eq(jobs.id, before.jobId), eq(jobs.state, 'waiting')))
    return finished(
      { scenarioId: before.id },
      {
        message: {
          key: before.state === 'queued' ? 'plan.done.cancelled' : 'plan.done.stopping',
          values: { name: before.name },
        },
        audit: { resource: 'round', objectId: before.roundId ?? before.id, details: { scenario: before.id } },
      },
    )
  },
})

/** Asks what a lock costs, or what choosing somebody would cost: one more solve in the background (planner.md §6, §8). */
export const priceScenario = defineCommand({
  name: 'rotation.scenario.price',
  input: priceInput,
  target: lockScenario,
  run: async ({ tx, actor, input, before, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.state !== 'solved' && before.state !== 'adopted') return refuse('plan.refusal.notSolved')
    if (before.roundId === null) return refuse('plan.refusal.readOnly')
    const known = pricesOf(before.prices)
    const key = priceKey(input)
    if (known[key] && known[key].state !== 'failed') return refuse('plan.refusal.pricedAlready')
    if (Object.values(known).filter(({ state }) => state === 'waiting').length >= MOST_PRICES)
      return refuse('plan.refusal.tooManyPrices', { most: MOST_PRICES })
    await enqueue(tx, actor, PRICE_JOB, { ...input })
    one(
      await tx
        .update(scenarios)
        .set({
          prices: sql`${scenarios.prices} || ${JSON.stringify({ [key]: { state: 'waiting', kind: input.kind, teacherId: input.teacherId, to: input.to ?? null, askedAt: at } })}::jsonb`,
        })
        .where(eq(scenarios.id, before.id))
        .returning({ id: scenarios.id }),
    )
    return finished(
      { scenarioId: before.id },
      {
        message: { key: 'plan.done.priceAsked' },
        audit: { resource: 'round', objectId: before.roundId, details: { scenario: before.id, kind: input.kind } },
      },
    )
  },
})

/** 找互换: exchange cycles among wishes, in the background (planner.md §10). */
export const searchExchanges = defineCommand({
  name: 'rotation.scenario.exchanges',
  input: scenarioInput.omit({ version: true }),
  target: lockScenario,
  run: async ({ tx, actor, before, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.roundId === null) return refuse('plan.refusal.readOnly')
    if (!isResting(before.state)) return refuse('plan.refusal.running')
    await enqueue(tx, actor, EXCHANGE_JOB, { scenarioId: before.id })
    one(
      await tx
        .update(scenarios)
        .set({ exchanges: { state: 'waiting', askedAt: at, cycles: [] } })
        .where(eq(scenarios.id, before.id))
        .returning({ id: scenarios.id }),
    )
    return finished(
      { scenarioId: before.id },
      {
        message: { key: 'plan.done.exchangesAsked' },
        audit: { resource: 'round', objectId: before.roundId, details: { scenario: before.id } },
      },
    )
  },
})
