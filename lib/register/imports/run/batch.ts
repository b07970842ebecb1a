import { and, eq } from 'drizzle-orm'
import { importBatches, importMappings, importRows } from '@/db/schema/index.ts'
import { one, type Tx, withScope } from '@/db/scope.ts'
import { now } from '../../../platform/clock.ts'
import { keyring } from '../../../platform/crypto.ts'
import { openFile } from '../../../platform/files.ts'
import { newId } from '../../../platform/new-id.ts'
import type { Finding } from '../../../platform/workbook/finding.ts'
import type { MappingOverride } from '../../../platform/workbook/header.ts'
import { withTemporaryFile } from '../../../platform/workbook/temporary-file.ts'
import type { SystemActor } from '../../../rules/access/actor.ts'
import type { LocalDate } from '../../../rules/values/dates.ts'
import type { BatchId, FileId, SchoolId, UserId } from '../../../rules/values/ids.ts'
import { type Outcome, type Refusal, refuse } from '../../../rules/values/outcome.ts'
import type { SheetColumns } from '../parsed.ts'
import { AHEAD_FROM_BYTES, peopleAhead } from './ahead.ts'
import { applyBatch, type Choices, NO_CHOICES, RegisterMoved } from './apply.ts'
import { type DryRunReport, dryRun } from './dry-run.ts'
import type { ImportKind } from './entries.ts'
import { isPageBatch, replanPage } from './page-batch.ts'
import { readSource } from './source.ts'
import { storeLate, storeRows } from './stored-rows.ts'
import { undoBatch } from './undo.ts'
import type { UndoBlock } from './undo-blocks.ts'

export type Batch = typeof importBatches.$inferSelect

/** How the workbook was understood, kept with the batch and shown before anything is confirmed. */
export interface Understanding {
  /** Set by hand on the page for this workbook. */
  override: MappingOverride
  sheets: SheetColumns<string>[]
  skipped: Record<string, number>
  notes: Finding[]
  writtenAt: string | null
  /** What a person asked for, before the workbook said otherwise. */
  asked: { kind: ImportKind | null; on: LocalDate | null }
}

export const NOTHING_UNDERSTOOD: Understanding = {
  override: {},
  sheets: [],
  skipped: {},
  notes: [],
  writtenAt: null,
  asked: { kind: null, on: null },
}

export const understandingOf = (batch: Pick<Batch, 'mapping'>): Understanding => ({
  ...NOTHING_UNDERSTOOD,
  ...((batch.mapping ?? {}) as Partial<Understanding>),
})
export const choicesOf = (batch: Pick<Batch, 'choices'>): Choices => ({
  ...NO_CHOICES,
  ...((batch.choices ?? {}) as Partial<Choices>),
})

export interface NewBatch {
  fileId: FileId | null
  fileName: string
  fileHash: string
  kind: ImportKind | null
  on: LocalDate | null
  schoolId: SchoolId | null
  collectionId?: string | null
  createdBy: UserId | null
  createdByName: string
}

/** The record of a workbook that has arrived. Its kind is a guess until it has been read. */
export async function createBatch(tx: Tx, districtId: Batch['districtId'], batch: NewBatch): Promise<BatchId> {
  const id = newId<BatchId>()
  const { kind, on, ...rest } = batch
  const mapping: Understanding = { ...NOTHING_UNDERSTOOD, asked: { kind, on } }
  await tx.insert(importBatches).values({
    districtId,
    id,
    ...rest,
    kind: kind ?? 'roster',
    statisticsDate: on,
    state: 'uploaded',
    mapping,
    createdAt: now(),
  })
  return id
}

const WORK = { statementSeconds: 600 }

const setProgress = (actor: SystemActor, id: BatchId, progress: number) =>
  withScope(actor, (tx) => tx.update(importBatches).set({ progress }).where(eq(importBatches.id, id)))

/** Columns a district's workbooks have been understood by before. */
export async function rememberedMapping(tx: Tx, kind: ImportKind): Promise<Record<string, string | null>> {
  const rows = await tx.select().from(importMappings).where(eq(importMappings.kind, kind))
  return Object.fromEntries(rows.map(({ heading, field }) => [heading, field === '' ? null : field]))
}

async function lockBatch(tx: Tx, id: BatchId, states: readonly string[]): Promise<Batch | null> {
  const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, id)).for('update')
  return batch && states.includes(batch.state) ? batch : null
}

const isGone = refuse('import.refusal.notInState')

/**
 * Reads and compares a workbook and keeps what it would do. Started again after a kill it begins anew: rows of a dry
 * run are only there with the whole of it.
 */
export async function runDryRun(actor: SystemActor, id: BatchId, given?: Uint8Array): Promise<Outcome<DryRunReport>> {
  const started = await withScope(actor, async (tx) => {
    const batch = await lockBatch(tx, id, ['uploaded', 'reading', 'mapped', 'ready', 'refused'])
    if (!batch) return null
    await tx
      .update(importBatches)
      .set({ state: 'reading', progress: 5, refusal: null, choices: null })
      .where(eq(importBatches.id, id))
    const stored = given || !batch.fileId ? null : await openFile(tx, await keyring(tx, actor.districtId), batch.fileId)
    return { batch, content: given ?? stored?.content ?? null }
  })
  if (!started) return isGone
  const { batch, content } = started
  if (!content) return refused(actor, id, [{ code: 'import.refusal.fileGone' }])
  const understanding = understandingOf(batch)
  const { asked } = understanding
  const mayAhead =
    batch.schoolId === null && (asked.kind ?? 'roster') === 'roster' && content.length >= AHEAD_FROM_BYTES
  let isRead = false
  const reading = withTemporaryFile(content, (file) =>
    readSource(file, batch.fileName, { ...asked, today: actor.today }),
  ).finally(() => {
    isRead = true
  })
  const [source, ahead] = await Promise.all([reading, mayAhead ? peopleAhead(actor, () => isRead) : undefined])
  if (!source.ok) return refused(actor, id, source.refusals)
  const { kind, on, sheets } = source.value
  if (batch.schoolId !== null && kind !== 'roster')
    return refused(actor, id, [{ code: 'import.refusal.schoolRosterOnly' }])
  await setProgress(actor, id, 30)
  const report = await withScope(
    actor,
    async (tx) => {
      const keys = await keyring(tx, actor.districtId)
      const place = { districtId: actor.districtId, batchId: id, keys }
      await tx.delete(importRows).where(eq(importRows.batchId, id))
      const byTitle = { ...(await rememberedMapping(tx, kind)), ...understanding.override.byTitle }
      const made = await dryRun(
        tx,
        {
          kind,
          sheets,
          mapping: { ...understanding.override, byTitle },
          onlySchool: batch.schoolId,
          context: { ...place, at: now(), on, ahead },
        },
        {
          rows: (rows) => storeRows(tx, place, rows),
          late: (findings) => storeLate(tx, id, findings),
          progress: async (percent) => void (await setProgress(actor, id, percent)),
        },
      )
      const skipped: Record<string, number> = {}
      for (const { reason } of made.skipped) skipped[reason] = (skipped[reason] ?? 0) + 1
      const { columns, notes, writtenAt, counts } = made
      const mapping: Understanding = { ...understanding, sheets: columns, skipped, notes, writtenAt }
      const noTable = columns.length === 0
      one(
        await tx
          .update(importBatches)
          .set({
            kind,
            statisticsDate: on,
            counts,
            mapping,
            progress: 100,
            state: noTable ? 'refused' : 'ready',
            refusal: noTable ? [{ code: 'import.refusal.noHeader' } satisfies Refusal] : null,
          })
          .where(eq(importBatches.id, id))
          .returning({ id: importBatches.id }),
      )
      return made
    },
    WORK,
  )
  return report.columns.length === 0 ? refuse('import.refusal.noHeader') : { ok: true, value: report }
}

async function refused(actor: SystemActor, id: BatchId, refusals: Refusal[]): Promise<Outcome<never>> {
  await withScope(actor, (tx) =>
    tx.update(importBatches).set({ state: 'refused', refusal: refusals, progress: 0 }).where(eq(importBatches.id, id)),
  )
  return { ok: false, refusals }
}

export interface ConfirmedBy {
  userId: UserId | null
  name: string
}

/**
 * Writes a confirmed batch, all or nothing, in one transaction. Whatever ends it in the middle leaves the register as
 * it was and the batch ready to be confirmed again.
 */
export async function runApply(
  actor: SystemActor,
  id: BatchId,
  by: ConfirmedBy,
  progress: (rows: number) => Promise<void> = async () => {},
): Promise<Outcome<{ written: number; left: number }>> {
  try {
    return await withScope(
      actor,
      async (tx) => {
        const batch = await lockBatch(tx, id, ['confirming'])
        if (!batch) return isGone
        const at = now()
        const keys = await keyring(tx, actor.districtId)
        const place = { districtId: actor.districtId, batchId: id, at, keys }
        if (isPageBatch(batch) && batch.schoolId)
          await replanPage(tx, { ...place, on: batch.statisticsDate! }, { id, schoolId: batch.schoolId })
        const result = await applyBatch(tx, {
          actor,
          kind: batch.kind as ImportKind,
          choices: choicesOf(batch),
          onlySchool: batch.schoolId,
          writtenAt: understandingOf(batch).writtenAt,
          context: { ...place, on: batch.statisticsDate! },
          write: { ...place, byUser: by.userId, byName: by.name },
          progress,
        })
        await shred(tx, id)
        one(
          await tx
            .update(importBatches)
            .set({ state: 'confirmed', progress: 100, confirmedAt: at, confirmedBy: by.userId })
            .where(eq(importBatches.id, id))
            .returning({ id: importBatches.id }),
        )
        return { ok: true, value: result }
      },
      WORK,
    )
  } catch (error) {
    const moved = error instanceof RegisterMoved
    await withScope(actor, (tx) =>
      tx
        .update(importBatches)
        .set({ state: 'ready', progress: 100, refusal: moved ? [{ code: 'import.refusal.registerMoved' }] : null })
        .where(and(eq(importBatches.id, id), eq(importBatches.state, 'confirming'))),
    )
    if (moved) return refuse('import.refusal.registerMoved')
    throw error
  }
}

/** The records of a batch that has ended are needed no more (security.md §5.5). */
export const shred = (tx: Tx, id: BatchId) =>
  tx.update(importRows).set({ sealed: null }).where(eq(importRows.batchId, id))

/** Takes a confirmed batch back as one; what stands in the way comes back as the batch's refusal, and nothing is undone. */
export async function runUndo(actor: SystemActor, id: BatchId, by: ConfirmedBy): Promise<Outcome<UndoBlock[]>> {
  try {
    return await withScope(
      actor,
      async (tx) => {
        const batch = await lockBatch(tx, id, ['undoing'])
        if (!batch) return isGone
        const at = now()
        const blocks = await undoBatch(tx, await keyring(tx, actor.districtId), id, at)
        const end =
          blocks.length === 0
            ? { state: 'undone', undoneAt: at, undoneBy: by.userId, refusal: null }
            : { state: 'confirmed', refusal: { blocks } }
        one(await tx.update(importBatches).set(end).where(eq(importBatches.id, id)).returning({ id: importBatches.id }))
        return { ok: true, value: blocks }
      },
      WORK,
    )
  } catch (error) {
    await withScope(actor, (tx) =>
      tx
        .update(importBatches)
        .set({ state: 'confirmed' })
        .where(and(eq(importBatches.id, id), eq(importBatches.state, 'undoing'))),
    )
    throw error
  }
}
