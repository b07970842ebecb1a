import { and, desc, eq, sql } from 'drizzle-orm'
import { jobs } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { PaperSet } from './paper-files.ts'

export interface PaperJob {
  id: string
  set: PaperSet
  state: string
  done: number
  of: number
  fileId: string | null
}

/** The sets of a batch the actor asked for in the last day. */
export async function paperJobs(tx: Tx, actor: UserActor, batchId: string): Promise<PaperJob[]> {
  const rows = await tx
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.name, 'rotation.papers.make'),
        eq(jobs.userId, actor.userId),
        sql`${jobs.payload} #>> '{scope,batchId}' = ${batchId}`,
        sql`${jobs.createdAt} > now() - interval '1 day'`,
      ),
    )
    .orderBy(desc(jobs.createdAt))
    .limit(5)
  return rows.map((row) => {
    const progress = (row.progress ?? {}) as { done?: number; of?: number }
    const result = (row.result ?? {}) as { fileId?: string | null }
    return {
      id: row.id,
      set: row.payload.set as PaperSet,
      state: row.state,
      done: progress.done ?? 0,
      of: progress.of ?? 0,
      fileId: result.fileId ?? null,
    }
  })
}
