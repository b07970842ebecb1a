import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { withScope } from '@/db/scope.ts'
import { startPlan } from '@/lib/planner/runner.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import type { JobHandler } from '@/lib/platform/queue.ts'
import { LEVELS, type PlanResult, type SolvedPlan } from '@/lib/rules/planner/format.ts'
import { idSchema, type SchoolId, type TeacherId } from '@/lib/rules/values/ids.ts'
import { instanceText, reviseScenario, roundIds } from '../scenarios/freeze-scenario.ts'
import { handOf } from '../scenarios/hand.ts'
import { type AskedPrice, type PriceAnswer, priceKey } from '../scenarios/prices.ts'
import { storedInstance, storedResult } from '../scenarios/scenario-row.ts'
import { PRICE_JOB } from '../scenarios/store-scenario.ts'

/** Longest a price may take. */
const PRICE_SECONDS = 180

const isSolved = (result: PlanResult | null): result is SolvedPlan =>
  result !== null && (result.status === 'optimal' || result.status === 'feasible')

/** The first of levels 1–4 on which `other` is worse than `ours` (negative: better), planner.md §6. */
function compare(ours: SolvedPlan, other: SolvedPlan, to: SchoolId | null): PriceAnswer {
  const proven = [ours, other].every(({ status }) => status === 'optimal')
  for (const { level, sense } of LEVELS.slice(0, 4)) {
    const [a, b] = [ours.levels[level - 1]?.value, other.levels[level - 1]?.value]
    if (a === undefined || b === undefined) return { kind: 'unknown' }
    const by = sense === 'min' ? b - a : a - b
    if (by === 0) continue
    const cv = ours.equity.flatMap((one) => {
      const now = other.equity.find((candidate) => candidate.id === one.id && candidate.stage === one.stage)
      return one.cv_after !== null && now?.cv_after != null
        ? [{ id: one.id, stage: one.stage, from: one.cv_after, until: now.cv_after }]
        : []
    })
    return { kind: 'worse', level, by, proven, to, cv }
  }
  return { kind: 'tie', to }
}

/** What the page asked for, as the queue kept it. */
const askedSchema = z.object({
  scenarioId: idSchema<ScenarioId>(),
  kind: z.enum(['lock', 'choose']),
  teacherId: idSchema<TeacherId>(),
  to: idSchema<SchoolId>()
    .nullish()
    .transform((school) => school ?? null),
})

/**
 * What choosing somebody costs: the person is locked to a school and the round solved again. Without a school named, the
 * person must go somewhere: staying is forbidden by locking each wished or fitting place is dear, so the cheapest place is
 * the one HR names; the page asks for it.
 */
export const priceScenarioJob: JobHandler = {
  name: PRICE_JOB,
  lane: 'long',
  run: async ({ actor, payload }) => {
    const asked = askedSchema.parse(payload)
    const loaded = await withScope(
      actor,
      async (tx) => {
        const [row] = await tx.select().from(scenarios).where(eq(scenarios.id, asked.scenarioId))
        return row?.roundId ? { row, ids: roundIds(await keyring(tx, actor.districtId), row.roundId) } : null
      },
      { readOnly: true },
    )
    if (!loaded) return { skipped: true }
    const { row, ids } = loaded
    const result = storedResult(row)
    const write = (price: Partial<AskedPrice>) =>
      withScope(actor, (tx) =>
        tx
          .update(scenarios)
          .set({
            prices: sql`${scenarios.prices} || ${JSON.stringify({
              [priceKey(asked)]: { kind: asked.kind, teacherId: asked.teacherId, to: asked.to ?? null, ...price },
            })}::jsonb`,
          })
          .where(eq(scenarios.id, row.id)),
      )
    if (!isSolved(result)) {
      await write({ state: 'failed' })
      return { failed: true }
    }
    const instance = storedInstance(row)
    const hand = handOf(row.hand)
    const others = hand.locks.filter(({ teacherId }) => teacherId !== asked.teacherId)
    const revised = reviseScenario(
      { instance, members: row.members, schools: row.schools },
      {
        name: instance.name,
        ids,
        policy: instance.policy,
        hand:
          asked.kind === 'lock'
            ? { ...hand, locks: others }
            : {
                ...hand,
                locks: [
                  ...others,
                  { teacherId: asked.teacherId as TeacherId, to: asked.to as SchoolId, source: 'hand' as const },
                ],
              },
      },
    )
    if (!revised.ok) {
      await write({ state: 'done', answer: { kind: 'conflict', rules: ['H12', 'H13'] } })
      return { refused: revised.refusals[0]!.code }
    }
    const started = startPlan(instanceText(revised.value.instance), {
      timeLimit: PRICE_SECONDS,
      ...(asked.kind === 'choose' ? { previous: { instance: row.instance, result: JSON.stringify(row.result) } } : {}),
    })
    if (!started.ok) {
      await write({ state: 'failed' })
      return { failed: started.refusals[0]!.code }
    }
    const outcome = await started.value.done
    if (outcome.kind === 'failed') {
      await write({ state: 'failed' })
      return { failed: outcome.why }
    }
    const other = outcome.result
    const answer: PriceAnswer = isSolved(other)
      ? asked.kind === 'choose'
        ? compare(result, other, asked.to)
        : compare(other, result, asked.to)
      : other.status === 'infeasible'
        ? { kind: 'conflict', rules: other.conflict.rules }
        : { kind: 'unknown' }
    await write({ state: 'done', answer })
    return { answer: answer.kind }
  },
}
