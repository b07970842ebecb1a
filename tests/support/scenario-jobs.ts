import { readdirSync, readFileSync } from 'node:fs'
import { claimJob, finishJob, type JobHandler } from '@/lib/platform/queue.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'

/** Takes the next waiting job of a handler and does it, as the worker would. */
export async function runNextJob(actor: SystemActor, handler: JobHandler): Promise<unknown> {
  const job = await claimJob(actor, [handler.name])
  if (!job) throw new Error(`no ${handler.name} waits`)
  const result = await handler.run({
    actor: { ...actor, job: handler.name },
    jobId: job.id,
    payload: job.payload,
    userId: job.userId,
    grantId: job.grantId,
    progress: async () => undefined,
    cancelled: async () => false,
  })
  await finishJob(actor, job.id, { result: result ?? null })
  return result
}

/** Process ids of solvers this process has started. */
export const solversOf = (parent: number): number[] =>
  readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      const ppid = Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
      const isSolver = readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('solver-process.ts')
      return ppid === parent && isSolver ? [Number(name)] : []
    } catch {
      // The process has ended between the two looks.
      return []
    }
  })
