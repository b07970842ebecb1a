import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { withScope } from '@/db/scope.ts'
import type { OpaqueIds } from '@/lib/planner/instance/opaque-ids.ts'
import { singleOut } from '@/lib/planner/instance/revise.ts'
import { startPlan } from '@/lib/planner/runner.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import type { JobHandler } from '@/lib/platform/queue.ts'
import { LEVELS, type PlanInstance, type PlanResult, type SolvedPlan } from '@/lib/rules/planner/format.ts'
import { idSchema, type SchoolId, type TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { instanceText, reviseScenario, roundIds } from '../scenarios/freeze-scenario.ts'
import { handOf } from '../scenarios/hand.ts'
import { type AskedPrice, type PriceAnswer, priceKey } from '../scenarios/prices.ts'
import { type ScenarioRow, storedInstance, storedResult } from '../scenarios/scenario-row.ts'
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
 * What a lock or choosing somebody costs. The round is solved once more: without the lock; with the person locked to the
 * school named; or, no school being named, with the person going wherever it costs least.
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
    const question = asQuestion(row, ids, asked)
    if (!question.ok) {
      await write({ state: 'done', answer: { kind: 'conflict', rules: ['H12', 'H13'] } })
      return { refused: question.refusals[0]!.code }
    }
    const { instance, mustMove } = question.value
    const started = startPlan(instanceText(instance), {
      timeLimit: PRICE_SECONDS,
      ...(mustMove === undefined ? {} : { mustMove }),
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
    const code = mustMove && isSolved(other) ? other.moves.find(({ teacher }) => teacher === mustMove)?.to : undefined
    const to = code === undefined ? (asked.to ?? null) : (row.schools[code] ?? null)
    const answer: PriceAnswer = isSolved(other)
      ? asked.kind === 'choose'
        ? compare(result, other, to)
        : compare(other, result, to)
      : other.status === 'infeasible'
        ? { kind: 'conflict', rules: other.conflict.rules }
        : { kind: 'unknown' }
    await write({ state: 'done', answer })
    return { answer: answer.kind }
  },
}

/** The instance that answers the question, and who has to go in it where no school was named. */
function asQuestion(
  row: ScenarioRow,
  ids: OpaqueIds,
  { kind, teacherId, to }: Pick<AskedPrice, 'kind' | 'teacherId' | 'to'>,
): Outcome<{ instance: PlanInstance; mustMove?: string }> {
  const instance = storedInstance(row)
  const hand = handOf(row.hand)
  if (kind === 'choose' && !to) {
    const id = ids.person(teacherId)
    const { instance: single } = singleOut({ instance, members: row.members }, teacherId, id)
    const listed = single === instance ? Object.entries(row.members).find(([, keys]) => keys[0] === teacherId)?.[0] : id
    return listed && single.teachers.some((one) => one.id === listed)
      ? done({ instance: single, mustMove: listed })
      : refuse('plan.refusal.notListed', { count: 1 })
  }
  const others = hand.locks.filter((lock) => lock.teacherId !== teacherId)
  const locks = kind === 'lock' || !to ? others : [...others, { teacherId, to, source: 'hand' as const }]
  const revised = reviseScenario(
    { instance, members: row.members, schools: row.schools },
    { name: instance.name, ids, policy: instance.policy, hand: { ...hand, locks } },
  )
  return revised.ok ? done({ instance: revised.value.instance }) : revised
}
