import { and, eq, inArray, lte, sql } from 'drizzle-orm'
import { jobs } from '@/db/schema/index.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import type { Actor, SystemActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'
import { fromNow, type Instant, now } from './clock.ts'
import { newId } from './new-id.ts'

export interface JobContext {
  actor: SystemActor
  jobId: string
  payload: Record<string, unknown>
  /** Who asked; the job works for them and stops when their grant has ended. */
  userId: string | null
  grantId: string | null
  /** Shown on the page that waits. */
  progress: (value: unknown) => Promise<void>
  /** True once the job was cancelled on a page. */
  cancelled: () => Promise<boolean>
}

/** Work done outside the web process. `run` is safe to start again after a kill: it leaves whole steps or nothing. */
export interface JobHandler {
  name: string
  /** `long`: minutes of work; runs beside the others, one at a time, so that messages and orders do not wait for it. */
  lane?: 'long'
  run: (context: JobContext) => Promise<unknown>
}

/** Work of every day of the district, also of days on which the server was down. */
export interface DailyJob {
  name: string
  /** Looks at the state of the day only: days missed are noted, not worked through one by one. */
  onlyLatest?: true
  run: (context: { actor: SystemActor; forDay: LocalDate }) => Promise<unknown>
}

/** Asks for a job in the business transaction: it exists exactly if that commits. */
export async function enqueue(
  tx: Tx,
  actor: Actor,
  name: string,
  payload: Record<string, unknown>,
  runAfter: Instant = now(),
): Promise<string> {
  const id = newId<string>()
  await tx.insert(jobs).values({
    districtId: actor.districtId,
    id,
    name,
    payload,
    userId: actor.kind === 'user' ? actor.userId : null,
    grantId: actor.kind === 'user' ? actor.grantId : null,
    runAfter,
    createdAt: now(),
  })
  return id
}

const MAX_ATTEMPTS = 3

/** Takes the next due job, so that two workers never take the same one. */
export async function claimJob(actor: SystemActor, names: string[]): Promise<typeof jobs.$inferSelect | null> {
  return withScope(actor, async (tx) => {
    const [next] = await tx
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(eq(jobs.state, 'waiting'), lte(jobs.runAfter, now()), inArray(jobs.name, names)))
      .orderBy(jobs.runAfter)
      .limit(1)
      .for('update', { skipLocked: true })
    if (!next) return null
    const [taken] = await tx
      .update(jobs)
      .set({ state: 'running', startedAt: now(), attempts: sql`${jobs.attempts} + 1` })
      .where(eq(jobs.id, next.id))
      .returning()
    return taken ?? null
  })
}

/** After a kill of the worker: what was running waits again, or has failed for good after three tries. */
export async function requeueInterrupted(districtId: DistrictId, today: LocalDate): Promise<void> {
  const actor: SystemActor = { kind: 'system', districtId, job: 'worker', today }
  await withScope(actor, async (tx) => {
    await tx
      .update(jobs)
      .set({ state: 'failed', failure: 'interrupted', finishedAt: now() })
      .where(and(eq(jobs.state, 'running'), sql`${jobs.attempts} >= ${MAX_ATTEMPTS}`))
    await tx
      .update(jobs)
      .set({ state: 'waiting', runAfter: fromNow(1) })
      .where(eq(jobs.state, 'running'))
  })
}

/** Ends a job with its result or its failure; a cancelled one stays cancelled. */
export async function finishJob(
  actor: SystemActor,
  id: string,
  end: { result: unknown } | { failure: string },
): Promise<void> {
  await withScope(actor, (tx) =>
    tx
      .update(jobs)
      .set({
        finishedAt: now(),
        ...('failure' in end
          ? { state: 'failed', failure: end.failure }
          : { state: 'done', result: (end.result ?? null) as object | null }),
      })
      .where(and(eq(jobs.id, id), eq(jobs.state, 'running'))),
  )
}
