import { eq } from 'drizzle-orm'
import { scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { withScope } from '@/db/scope.ts'
import { startPlan } from '@/lib/planner/runner.ts'
import { exchangesFrom, swapInstance } from '@/lib/planner/swaps.ts'
import type { JobHandler } from '@/lib/platform/queue.ts'
import { type ExchangeSearch, proposedCycles } from '../scenarios/exchanges.ts'
import { instanceText } from '../scenarios/freeze-scenario.ts'
import { storedInstance } from '../scenarios/scenario-row.ts'
import { EXCHANGE_JOB } from '../scenarios/store-scenario.ts'

const SECONDS = 180

/** 找互换: the round as a search for exchanges alone, in the solver's own process like every other solve. */
export const exchangesJob: JobHandler = {
  name: EXCHANGE_JOB,
  lane: 'long',
  run: async ({ actor, payload }) => {
    const [row] = await withScope(
      actor,
      (tx) =>
        tx
          .select()
          .from(scenarios)
          .where(eq(scenarios.id, payload.scenarioId as ScenarioId)),
      { readOnly: true },
    )
    if (!row) return { skipped: true }
    const write = (exchanges: ExchangeSearch) =>
      withScope(actor, (tx) => tx.update(scenarios).set({ exchanges }).where(eq(scenarios.id, row.id)))
    const instance = storedInstance(row)
    const mayWish = instance.teachers.some(({ wishes }) => wishes.length > 0)
    if (!mayWish) {
      await write({ state: 'done', cycles: [], points: 0, proven: true })
      return { cycles: 0 }
    }
    // Whoever has a destination already, by hand or by a case, takes no part.
    const settled = instance.locks.map(({ teacher }) => teacher)
    const round = swapInstance({ ...instance, stays: [...new Set([...instance.stays, ...settled])] })
    const started = startPlan(instanceText(round), { timeLimit: SECONDS })
    const outcome = started.ok ? await started.value.done : null
    if (outcome?.kind !== 'result' || outcome.result.status === 'infeasible' || outcome.result.status === 'error') {
      await write({ state: 'failed', cycles: [], points: 0, proven: false })
      return { failed: true }
    }
    const found = exchangesFrom(instance, outcome.result)
    const cycles = proposedCycles(found, row)
    await write({ state: 'done', cycles, points: found.points, proven: found.status === 'optimal' })
    return { cycles: cycles.length }
  },
}
