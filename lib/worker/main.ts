import { and, eq } from 'drizzle-orm'
import { districts, jobRuns, jobs } from '@/db/schema/index.ts'
import { closePools, listDistricts, withScope } from '@/db/scope.ts'
import { now, todayIn } from '@/lib/platform/clock.ts'
import { sealAudit } from '@/lib/platform/jobs/seal.ts'
import { incident, log } from '@/lib/platform/log.ts'
import { claimJob, finishJob, requeueInterrupted } from '@/lib/platform/queue.ts'
import { AFTER_INTERRUPTION, DAILY_JOBS, JOBS, STOPPERS } from '@/lib/registry/jobs.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { addDays, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'

const PAUSE_MS = 500
/** Days a daily job makes up after a long stop. */
const MAKE_UP_DAYS = 400

let stopping = false
const idle = new Set<() => void>()

/** The district's day, and who works on it. */
async function systemActor(districtId: DistrictId): Promise<SystemActor> {
  const probe: SystemActor = { kind: 'system', districtId, job: 'worker', today: '2000-01-01' as LocalDate }
  const [district] = await withScope(probe, (tx) => tx.select().from(districts).where(eq(districts.id, districtId)), {
    readOnly: true,
  })
  if (!district) throw new Error('the district is gone')
  return { ...probe, today: todayIn(district) }
}

async function runOneJob(actor: SystemActor, lane?: 'long'): Promise<boolean> {
  const job = await claimJob(
    actor,
    JOBS.filter((handler) => handler.lane === lane).map((handler) => handler.name),
  )
  if (!job) return false
  const handler = JOBS.find((candidate) => candidate.name === job.name)
  if (!handler) return false
  const worker = { ...actor, job: job.name }
  try {
    const result = await handler.run({
      actor: worker,
      jobId: job.id,
      payload: job.payload,
      userId: job.userId,
      grantId: job.grantId,
      progress: (value) =>
        withScope(worker, async (tx) => {
          await tx
            .update(jobs)
            .set({ progress: value as object })
            .where(eq(jobs.id, job.id))
        }),
      cancelled: () =>
        withScope(
          worker,
          async (tx) => {
            const [row] = await tx.select({ state: jobs.state }).from(jobs).where(eq(jobs.id, job.id))
            return row?.state === 'cancelled'
          },
          { readOnly: true },
        ),
    })
    await finishJob(worker, job.id, { result: result ?? null })
  } catch (error) {
    await finishJob(worker, job.id, { failure: incident(error, { action: job.name }).number })
  }
  return true
}

/** Runs each daily job for every day since it last ran, up to today: a missed day is made up, none runs twice. */
async function runDailyJobs(actor: SystemActor): Promise<void> {
  for (const daily of DAILY_JOBS) {
    const last = await withScope(
      actor,
      (tx) => tx.select({ day: jobRuns.forDay }).from(jobRuns).where(eq(jobRuns.name, daily.name)),
      { readOnly: true },
    )
    const done = new Set(last.map((row) => row.day))
    const latest = [...done].sort().at(-1)
    let day = latest ? addDays(latest, 1) : actor.today
    if (day < addDays(actor.today, -MAKE_UP_DAYS)) day = addDays(actor.today, -MAKE_UP_DAYS)
    for (; day <= actor.today; day = addDays(day, 1)) {
      if (done.has(day)) continue
      const worker = { ...actor, job: daily.name, today: day }
      const passed = daily.onlyLatest && day < actor.today
      const report = passed ? { passed: true } : await daily.run({ actor: worker, forDay: day })
      await withScope(worker, async (tx) => {
        const [before] = await tx
          .select()
          .from(jobRuns)
          .where(and(eq(jobRuns.name, daily.name), eq(jobRuns.forDay, day)))
        if (!before)
          await tx
            .insert(jobRuns)
            .values({ districtId: actor.districtId, name: daily.name, forDay: day, at: now(), report: report ?? null })
      })
    }
  }
}

async function round(): Promise<boolean> {
  let worked = false
  for (const district of await listDistricts('worker')) {
    const actor = await systemActor(district.id as DistrictId)
    await sealAudit(actor)
    await runDailyJobs(actor)
    worked = (await runOneJob(actor)) || worked
  }
  return worked
}

/** Long jobs, one after the other over all districts. */
async function longRound(): Promise<boolean> {
  let worked = false
  for (const district of await listDistricts('worker')) {
    if (stopping) break
    worked = (await runOneJob(await systemActor(district.id as DistrictId), 'long')) || worked
  }
  return worked
}

/** Goes round until the worker stops, resting while there is nothing to do. */
async function keepGoing(name: string, go: () => Promise<boolean>): Promise<void> {
  while (!stopping) {
    let worked = false
    try {
      worked = await go()
    } catch (error) {
      incident(error, { action: name })
    }
    if (!worked && !stopping)
      await new Promise<void>((wake) => {
        idle.add(wake)
        setTimeout(() => {
          idle.delete(wake)
          wake()
        }, PAUSE_MS)
      })
  }
}

async function main(): Promise<void> {
  for (const district of await listDistricts('worker')) {
    const actor = await systemActor(district.id as DistrictId)
    await requeueInterrupted(actor.districtId, actor.today)
    for (const settle of AFTER_INTERRUPTION) await settle(actor)
  }
  process.send?.('ready')
  await Promise.all([keepGoing('worker.round', round), keepGoing('worker.long', longRound)])
  await closePools()
  log.info({ worker: 'stopped' })
  process.exit(0)
}

const stop = () => {
  stopping = true
  for (const wake of idle) wake()
  for (const end of STOPPERS) end()
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.on('disconnect', stop)
process.on('message', (message) => {
  if (message === 'stop') stop()
})
await main()
