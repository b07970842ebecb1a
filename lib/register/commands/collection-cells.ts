import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { collectionSchools, collections, importBatches, teacherSecrets } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { createBatch } from '@/lib/register/imports/run/batch.ts'
import { knownSchools } from '@/lib/register/imports/run/dry-run.ts'
import { PAGE_HASH, putCell, readCell } from '@/lib/register/imports/run/page-batch.ts'
import { COLLECTION_COLUMNS, ownRows } from '@/lib/register/queries/collections.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { type BatchId, idSchema, type SchoolId, type TeacherId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'

/** The open batch of cells that a school edits on the page of a task; made with the first of them. */
export async function pageDraft(
  tx: Tx,
  { collectionId, schoolId }: { collectionId: string; schoolId: SchoolId },
): Promise<BatchId | null> {
  const [row] = await tx
    .select({ id: importBatches.id })
    .from(importBatches)
    .where(
      and(
        eq(importBatches.collectionId, collectionId),
        eq(importBatches.schoolId, schoolId),
        eq(importBatches.fileHash, PAGE_HASH),
        eq(importBatches.state, 'ready'),
      ),
    )
  return row?.id ?? null
}

async function newDraft(tx: Tx, actor: UserActor, task: { id: string; title: string }, schoolId: SchoolId) {
  const id = await createBatch(tx, actor.districtId, {
    fileId: null,
    fileName: `网页核对：${task.title}`,
    fileHash: PAGE_HASH,
    kind: 'roster',
    on: actor.today,
    schoolId,
    collectionId: task.id,
    createdBy: actor.userId,
    createdByName: actor.name,
  })
  one(
    await tx
      .update(importBatches)
      .set({ state: 'ready', progress: 100 })
      .where(eq(importBatches.id, id))
      .returning({ id: importBatches.id }),
  )
  return id
}

/**
 * One cell of a 核对任务, edited in place: only a column that was asked for, only one's own people. It is kept at once,
 * with the old value, who and why; it holds when HR has checked it, like a workbook of the school.
 */
export const saveCell = defineCommand({
  name: 'collection.cell.save',
  input: z.strictObject({
    collectionId: idSchema<string>(),
    schoolId: idSchema<SchoolId>(),
    teacherId: idSchema<TeacherId>(),
    field: z.enum(COLLECTION_COLUMNS),
    value: z.string().trim().max(500),
    /** What the cell read when it was opened, as JSON. */
    was: z.string().max(2000),
    reason: z.string().trim().min(1).max(200),
  }),
  target: async (tx, { collectionId, schoolId }) => {
    const [part] = await tx
      .select({ state: collectionSchools.state })
      .from(collectionSchools)
      .where(and(eq(collectionSchools.collectionId, collectionId), eq(collectionSchools.schoolId, schoolId)))
      .for('update')
    const [task] = await tx.select().from(collections).where(eq(collections.id, collectionId))
    return part && task ? { ...part, task, target: { schools: [schoolId] } } : null
  },
  run: async ({ tx, actor, input, before, at, today, keys }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const { task } = before
    const { field, teacherId, schoolId, value } = input
    if (task.closedAt !== null) return refuse('collection.refusal.closed')
    if (before.state === 'confirmed') return refuse('collection.refusal.confirmedAlready')
    if (!task.columns.includes(field)) return refuse('collection.refusal.notAsked')
    if (value === '') return refuse('collection.refusal.emptyCell', undefined, { field: 'value' })
    const own = (await ownRows(tx, schoolId, today)).find((row) => row.teacherId === teacherId)
    if (!own) return refuse('platform.refusal.notFound')
    if (JSON.stringify(own.values[field] ?? null) !== input.was) return refuse('collection.refusal.cellMoved')
    const ring = await keys()
    const [secret] = await tx
      .select({ cell: teacherSecrets.idNumber })
      .from(teacherSecrets)
      .where(eq(teacherSecrets.teacherId, teacherId))
    if (!secret) return refuse('platform.refusal.notFound')
    const idNumber = ring.open({ table: 'teacher_secrets', column: 'id_number', rowId: teacherId }, secret.cell)
    const read = readCell(idNumber, field, value, { schools: (await knownSchools(tx)).list, on: today })
    if (!read.ok) return read
    const id = (await pageDraft(tx, input)) ?? (await newDraft(tx, actor, task, schoolId))
    const note = { why: input.reason, by: actor.name, at }
    const context = { districtId: actor.districtId, batchId: id, at, on: today, keys: ring }
    const put = await putCell(tx, context, { id, schoolId }, teacherId, { row: read.value, field, note })
    if (!put.ok) return put
    const changed = put.value.changes.some((change) => change.field === field)
    const { name } = own.values as { name: string }
    return finished(null, {
      message: { key: changed ? 'collection.cell.saved' : 'collection.cell.asBefore', values: { name } },
      audit: { resource: 'collection', objectId: task.id, teacherId, reason: input.reason, details: { field } },
    })
  },
})
