import { and, asc, count, desc, eq, ne, or, type SQL, sql } from 'drizzle-orm'
import { importBatches, importRows, jobs } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import { openFile } from '@/lib/platform/files.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { BatchId } from '@/lib/rules/values/ids.ts'

export type BatchRow = typeof importBatches.$inferSelect
export type ImportRow = Omit<typeof importRows.$inferSelect, 'sealed'>

/** Batches the actor may see, newest first; discarded ones are left out. */
export async function listBatches(tx: Tx, { page, size }: { page: number; size: number }) {
  const shown = ne(importBatches.state, 'discarded')
  const rows = await tx
    .select()
    .from(importBatches)
    .where(shown)
    .orderBy(desc(importBatches.createdAt))
    .limit(size)
    .offset((page - 1) * size)
  const [total] = await tx.select({ count: count() }).from(importBatches).where(shown)
  return { rows, total: total?.count ?? 0 }
}

/** One batch; `isBusy` when the actor's own work on it is waiting or running. */
export async function findBatch(tx: Tx, id: BatchId): Promise<{ batch: BatchRow; isBusy: boolean } | null> {
  const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, id))
  if (!batch) return null
  const [job] = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(sql`${jobs.state} IN ('waiting', 'running')`, sql`${jobs.payload}->>'batchId' = ${id}`))
    .limit(1)
  return { batch, isBusy: job !== undefined }
}

/** What the result page opens: an outcome, or the rows that have something said of them. */
export const ROW_PARTS = ['new', 'changed', 'unchanged', 'refused', 'conflict', 'missing', 'warning', 'mended'] as const
export type RowPart = (typeof ROW_PARTS)[number]

const isPart = (part: RowPart): SQL =>
  part === 'warning' || part === 'mended'
    ? sql`${importRows.findings} @> ${JSON.stringify([{ severity: part }])}::jsonb`
    : eq(importRows.outcome, part)

/** One page of a batch's rows in the order of the workbook; sealed parts never leave. */
export async function listRows(
  tx: Tx,
  id: BatchId,
  { part, who, page, size }: { part: RowPart; who?: string; page: number; size: number },
): Promise<{ rows: ImportRow[]; total: number }> {
  const named = who
    ? or(sql`${importRows.label} LIKE ${`%${who}%`}`, sql`${importRows.schoolName} LIKE ${`%${who}%`}`)
    : undefined
  const where = and(eq(importRows.batchId, id), isPart(part), named)
  const { districtId, batchId, sheet, row, outcome, label, schoolName, teacherId, changes, findings, severity } =
    importRows
  const rows = await tx
    .select({ districtId, batchId, sheet, row, outcome, label, schoolName, teacherId, changes, findings, severity })
    .from(importRows)
    .where(where)
    .orderBy(asc(importRows.sheet), asc(importRows.row))
    .limit(size)
    .offset((page - 1) * size)
  const [total] = await tx.select({ count: count() }).from(importRows).where(where)
  return { rows, total: total?.count ?? 0 }
}

/** The stored workbook of a batch that the scope shows. */
export async function batchFile(tx: Tx, actor: UserActor, id: BatchId, what: 'original' | 'annotated') {
  const found = await findBatch(tx, id)
  const fileId = what === 'original' ? found?.batch.fileId : found?.batch.annotatedFileId
  return fileId ? openFile(tx, await keyring(tx, actor.districtId), fileId) : null
}

/** Workbooks of schools that wait for HR's check. */
export async function submittedCount(tx: Tx): Promise<number> {
  const [row] = await tx.select({ count: count() }).from(importBatches).where(eq(importBatches.state, 'submitted'))
  return row?.count ?? 0
}
