import { and, eq, inArray, sql } from 'drizzle-orm'
import { jobs, scenarios } from '@/db/schema/index.ts'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { withScope } from '@/db/scope.ts'
import { type PlanRun, type RunOutcome, startPlan } from '@/lib/planner/runner.ts'
import { now } from '@/lib/platform/clock.ts'
import { incident } from '@/lib/platform/log.ts'
import type { JobHandler } from '@/lib/platform/queue.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { NO_PROGRESS, progressOf, type SolveProgress, withPoint } from '../scenarios/progress.ts'
import type { ScenarioRow } from '../scenarios/scenario-row.ts'
import { SOLVE_JOB } from '../scenarios/store-scenario.ts'

/** How often the page's progress is written. */
const WRITE_MS = 700

const running = new Set<PlanRun>()
/** Ends solvers that are at work: the worker is stopping, and the job is taken up again when it starts. */
export function stopSolving(): void {
  stopped = true
  for (const run of running) run.cancel()
}
let stopped = false

/**
 * Scenarios whose job is gone for good (killed three times, or lost) are failed and may be run again; those whose job waits
 * again wait with it. Nothing else of them is touched.
 */
export async function failInterruptedScenarios(actor: SystemActor): Promise<number> {
  return withScope(actor, async (tx) => {
    const open = await tx
      .select({ id: scenarios.id, jobId: scenarios.jobId })
      .from(scenarios)
      .where(inArray(scenarios.state, ['queued', 'solving']))
    let failed = 0
    for (const { id, jobId } of open) {
      const [job] = jobId ? await tx.select({ state: jobs.state }).from(jobs).where(eq(jobs.id, jobId)) : []
      const waits = job?.state === 'waiting' || job?.state === 'running'
      await tx
        .update(scenarios)
        .set({
          state: waits ? 'queued' : 'failed',
          failure: waits ? null : 'interrupted',
          changedAt: now(),
          version: sql`${scenarios.version} + 1`,
        })
        .where(eq(scenarios.id, id))
      if (!waits) failed += 1
    }
    return failed
  })
}

/** 求解: one scenario in a process of its own; progress, cancel and the checked result are written to the scenario. */
export const solveScenarioJob: JobHandler = {
  name: SOLVE_JOB,
  lane: 'long',
  run: async ({ actor, payload, jobId }) => {
    const scenarioId = payload.scenarioId as ScenarioId
    const taken = await take(actor, scenarioId, jobId)
    if (!taken) return { skipped: true }
    const { row, previous } = taken
    const began = Date.now()
    let progress: SolveProgress = { ...NO_PROGRESS }
    let written = ''
    const seconds = () => Math.round((Date.now() - began) / 100) / 10
    const started = startPlan(row.instance, {
      ...(row.timeLimit === null ? {} : { timeLimit: row.timeLimit }),
      ...(previous ? { previous } : {}),
      onNews: ({ level, bound, incumbent, gap }) => {
        // While a level is only bounded, the best plan so far is what its bound is compared with.
        const value = incumbent ?? progress.best?.[level - 1] ?? null
        const point = { level, elapsed: seconds(), bound, incumbent: value }
        progress = { ...progress, level, bound, incumbent, gap, trail: withPoint(progress.trail, point) }
      },
      onConflict: () => {
        progress = { ...progress, conflict: true }
      },
      onPlan: ({ values, moves, flows }) => {
        progress = {
          ...progress,
          best: values,
          firstPlanAt: progress.firstPlanAt ?? seconds(),
          moves: moves.length + flows.reduce((sum, { n }) => sum + n, 0),
        }
      },
    })
    if (!started.ok) {
      await end(actor, row, { state: 'failed', failure: started.refusals[0]!.code })
      return { failed: started.refusals[0]!.code }
    }
    const run = started.value
    running.add(run)
    const watch = setInterval(() => {
      const text = JSON.stringify({ ...progress, elapsed: seconds() })
      if (text === written) return
      written = text
      void keepWatch(actor, row, JSON.parse(text), run)
    }, WRITE_MS)
    let outcome: RunOutcome
    try {
      outcome = await run.done
    } finally {
      clearInterval(watch)
      running.delete(run)
    }
    // Stopped with the worker: the job is taken up again from the start, so nothing is written.
    if (stopped) throw new Error('stopped with the worker')
    await store(actor, row, outcome, { ...progress, elapsed: seconds() })
    return { outcome: outcome.kind }
  },
}

/** The scenario as the job finds it: none when it was cancelled or deleted while it waited. */
async function take(actor: SystemActor, scenarioId: ScenarioId, jobId: string) {
  return withScope(actor, async (tx) => {
    const [row] = await tx.select().from(scenarios).where(eq(scenarios.id, scenarioId)).for('update')
    if (!row || row.jobId !== jobId || (row.state !== 'queued' && row.state !== 'solving')) return null
    const [taken] = await tx
      .update(scenarios)
      .set({ state: 'solving', startedAt: now(), changedAt: now(), version: row.version + 1 })
      .where(eq(scenarios.id, row.id))
      .returning()
    const [base] = row.basedOn ? await tx.select().from(scenarios).where(eq(scenarios.id, row.basedOn)) : []
    const usable = base?.result && (base.state === 'solved' || base.state === 'adopted')
    return {
      row: taken!,
      previous: usable ? { instance: base.instance, result: JSON.stringify(base.result) } : null,
    }
  })
}

/** Writes how far it is and looks whether somebody wants it to stop. */
async function keepWatch(actor: SystemActor, row: ScenarioRow, progress: SolveProgress, run: PlanRun): Promise<void> {
  const asked = await withScope(actor, (tx) =>
    tx
      .update(scenarios)
      .set({ progress })
      .where(and(eq(scenarios.id, row.id), eq(scenarios.state, 'solving')))
      .returning({ cancelAsked: scenarios.cancelAsked }),
  ).catch((error: unknown) => {
    // A page that cannot be told how far it is, is no reason to lose the plan: the next turn tells it.
    incident(error, { action: SOLVE_JOB })
    return []
  })
  if (asked[0]?.cancelAsked) run.cancel()
}

async function end(actor: SystemActor, row: ScenarioRow, change: Partial<ScenarioRow>): Promise<void> {
  await withScope(actor, (tx) =>
    tx
      .update(scenarios)
      .set({ ...change, finishedAt: now(), changedAt: now(), version: sql`${scenarios.version} + 1` })
      .where(and(eq(scenarios.id, row.id), eq(scenarios.state, 'solving'))),
  )
}

/** The checker has looked at the result inside the run; its verdict is stored beside it, for good or ill. */
async function store(
  actor: SystemActor,
  row: ScenarioRow,
  outcome: RunOutcome,
  progress: SolveProgress,
): Promise<void> {
  if (outcome.kind === 'failed') {
    const [fresh] = await withScope(
      actor,
      (tx) => tx.select({ asked: scenarios.cancelAsked }).from(scenarios).where(eq(scenarios.id, row.id)),
      { readOnly: true },
    )
    await end(actor, row, {
      state: fresh?.asked ? 'cancelled' : 'failed',
      failure: fresh?.asked ? null : outcome.why,
      progress: { ...progressOf(progress), detail: outcome.detail.slice(0, 300) },
      result: null,
      check: null,
    })
    return
  }
  const { result, report } = outcome
  const solved = result.status === 'optimal' || result.status === 'feasible' ? result.levels : []
  const trail = solved.reduce(
    (points, { level, bound, value }) =>
      withPoint(points, { level, elapsed: progress.elapsed, bound, incumbent: value }),
    progress.trail,
  )
  await end(actor, row, {
    state: result.status === 'infeasible' ? 'infeasible' : 'solved',
    result,
    check: {
      ok: report.ok,
      findings: report.findings,
      values: report.values,
      instanceSha256: row.instanceSha256,
      at: now(),
    },
    progress: { ...progress, trail },
    failure: null,
  })
}
