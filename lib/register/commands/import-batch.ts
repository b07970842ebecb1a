import { and, eq, inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { importBatches, importMappings, importRows, jobs } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import { askSecondPerson, defineOperation } from '@/lib/platform/two-person.ts'
import { normaliseTitle } from '@/lib/platform/workbook/titles.ts'
import { type Batch, choicesOf, type Understanding, understandingOf } from '@/lib/register/imports/run/batch.ts'
import { IMPORT_KINDS, type ImportKind } from '@/lib/register/imports/run/entries.ts'
import { ENDING, LEAVING, LEAVING_OF } from '@/lib/register/imports/run/leaving.ts'
import { isPageBatch } from '@/lib/register/imports/run/page-batch.ts'
import type { Counts } from '@/lib/register/imports/run/tally.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'
import { type BatchId, idSchema } from '@/lib/rules/values/ids.ts'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'

export const JOB_DRY_RUN = 'import.dryRun'
export const JOB_APPLY = 'import.apply'
export const JOB_UNDO = 'import.undo'

/** Days in which a batch can be taken back. */
export const UNDO_DAYS = 30

const ofBatch = { batchId: idSchema<BatchId>() }
const lock = async (tx: Tx, { batchId }: { batchId: BatchId }) => {
  const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId)).for('update')
  return batch ? { ...batch, target: { schools: [batch.schoolId] } } : null
}
const daySchema = z.string().refine((text) => parseDay(text) !== null)

const set = async (tx: Tx, batchId: BatchId, change: Partial<Batch>) =>
  one(
    await tx.update(importBatches).set(change).where(eq(importBatches.id, batchId)).returning({ id: importBatches.id }),
  )
const isOwn = (actor: Actor, batch: Batch) => actor.kind === 'user' && batch.createdBy === actor.userId
const audit = (batch: Batch, details?: unknown) => ({ resource: 'import', objectId: batch.id, details })
const wrongState = refuse('import.refusal.notInState')

/** Whether work on the batch is waiting or running; a job given up after three tries is neither. */
async function isBusy(tx: Tx, batchId: BatchId): Promise<boolean> {
  const rows = await tx
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(inArray(jobs.state, ['waiting', 'running']), sql`${jobs.payload}->>'batchId' = ${batchId}`))
  return rows.length > 0
}

/** Columns put right by hand, the header row, the kind and the day; the workbook is read again. Headings are remembered. */
export const remapBatch = defineCommand({
  name: 'import.batch.remap',
  input: z.strictObject({
    ...ofBatch,
    kind: z.enum(IMPORT_KINDS),
    on: daySchema,
    /** `sheet|letter|field`, the field empty for leaving the column out. */
    columns: z.array(z.string().max(200)).max(400).default([]),
    /** `sheet|row` */
    headerRows: z.array(z.string().max(200)).max(50).default([]),
  }),
  target: lock,
  async run({ tx, actor, input, before }) {
    const stuck = before.state === 'reading' && !(await isBusy(tx, before.id))
    if (isPageBatch(before) || (!stuck && !['ready', 'refused'].includes(before.state))) return wrongState
    if (!isOwn(actor, before)) return refuse('import.refusal.notYours')
    const understanding = understandingOf(before)
    const byColumn: Record<string, Record<string, string | null>> = { ...understanding.override.byColumn }
    for (const [sheet, letter, field] of input.columns.map((text) => text.split('|'))) {
      if (!sheet || !letter) continue
      byColumn[sheet] = { ...byColumn[sheet], [letter]: field || null }
      await remember(tx, actor, input.kind, understanding, { sheet, letter, field: field ?? '' })
    }
    const headerRow: Record<string, number> = { ...understanding.override.headerRow }
    for (const [sheet, row] of input.headerRows.map((text) => text.split('|')))
      if (sheet && row && Number.isInteger(Number(row)) && Number(row) > 0) headerRow[sheet] = Number(row)
    const mapping: Understanding = {
      ...understanding,
      override: { ...understanding.override, byColumn, headerRow },
      asked: { kind: input.kind, on: input.on as LocalDate },
    }
    await set(tx, before.id, { mapping, state: 'uploaded', progress: 0, refusal: null })
    await enqueue(tx, actor, JOB_DRY_RUN, { batchId: before.id })
    return finished({ batchId: before.id }, { message: { key: 'import.batch.reading' }, audit: audit(before) })
  },
})

/** The district's own heading means this field from now on; schools read what HR has settled. */
async function remember(
  tx: Tx,
  actor: Actor,
  kind: string,
  understanding: Understanding,
  { sheet, letter, field }: { sheet: string; letter: string; field: string },
): Promise<void> {
  if (actor.kind !== 'user' || actor.role !== 'bureau_hr') return
  const columns = understanding.sheets.find((one) => one.sheet === sheet)?.columns
  const title = columns?.find((column) => column.letter === letter)?.title
  if (!title) return
  const heading = normaliseTitle(title.split(' / ').join(''))
  if (heading === '') return
  const row = { districtId: actor.districtId, kind, heading, field, at: now() }
  const key = [importMappings.districtId, importMappings.kind, importMappings.heading]
  await tx
    .insert(importMappings)
    .values(row)
    .onConflictDoUpdate({ target: key, set: { field, at: row.at } })
}

/** For conflicting cells: which to take from the workbook; whatever is shown and not taken stays as in the system. */
export const chooseConflicts = defineCommand({
  name: 'import.batch.choose',
  input: z.strictObject({
    ...ofBatch,
    shown: z.array(z.string().max(200)).max(2000).default([]),
    take: z.array(z.string().max(240)).max(20_000).default([]),
  }),
  target: lock,
  async run({ tx, input, before }) {
    if (!['ready', 'submitted'].includes(before.state)) return wrongState
    const choices = choicesOf(before)
    const conflicts = { ...choices.conflicts }
    for (const row of input.shown) delete conflicts[row]
    for (const text of input.take) {
      const [row, field] = text.split('|')
      if (row && field && input.shown.includes(row)) conflicts[row] = [...(conflicts[row] ?? []), field]
    }
    await set(tx, before.id, { choices: { ...choices, conflicts } })
    return finished(null, {
      message: { key: 'import.batch.chosen' },
      audit: audit(before, { taken: input.take.length }),
    })
  },
})

/** For people the workbook leaves out: left on a day with a reason, or as they are. */
export const chooseMissing = defineCommand({
  name: 'import.batch.choose',
  input: z.strictObject({
    ...ofBatch,
    rows: z.array(z.coerce.number().int().min(1)).min(1, 'import.refusal.nobodyChosen').max(20_000),
    reason: z.enum(['stay', ...LEAVING, ...ENDING]),
    on: z.union([daySchema, z.literal('')]).default(''),
  }),
  target: lock,
  async run({ tx, input, before }) {
    if (!['ready', 'submitted'].includes(before.state)) return wrongState
    if (input.reason !== 'stay' && !LEAVING_OF[before.kind as ImportKind].includes(input.reason))
      return refuse('platform.refusal.invalid', undefined, { field: 'reason' })
    if (input.reason !== 'stay' && input.on === '')
      return refuse('platform.refusal.required', undefined, { field: 'on' })
    const known = await tx
      .select({ row: importRows.row })
      .from(importRows)
      .where(
        and(eq(importRows.batchId, before.id), eq(importRows.outcome, 'missing'), inArray(importRows.row, input.rows)),
      )
    const choices = choicesOf(before)
    const missing = { ...choices.missing }
    for (const { row } of known)
      if (input.reason === 'stay') delete missing[row]
      else missing[row] = { on: input.on as LocalDate, reason: input.reason }
    await set(tx, before.id, { choices: { ...choices, missing } })
    return finished(null, {
      message: {
        key: input.reason === 'stay' ? 'import.batch.staying' : 'import.batch.leaving',
        values: { count: known.length },
      },
      audit: audit(before, { missing: known.length, reason: input.reason }),
    })
  },
})

/** How many rows a confirmation would write. */
export function toWrite(batch: Batch): number {
  const counts = (batch.counts ?? {}) as Partial<Counts>
  const choices = choicesOf(batch)
  return (counts.new ?? 0) + (counts.changed ?? 0) + (counts.conflicts ?? 0) + Object.keys(choices.missing).length
}

/** A school hands its workbook to HR; until HR has checked it nothing of it holds. */
export const submitBatch = defineCommand({
  name: 'import.batch.submit',
  input: z.strictObject(ofBatch),
  target: lock,
  async run({ tx, before }) {
    if (before.state !== 'ready') return wrongState
    if (toWrite(before) === 0) return refuse('import.refusal.nothingToDo')
    await set(tx, before.id, { state: 'submitted' })
    return finished(null, { message: { key: 'import.batch.submitted' }, audit: audit(before) })
  },
})

/** All of the batch, or nothing, by the worker. The number on the button is the number that is written. */
export const confirmBatch = defineCommand({
  name: 'import.batch.confirm',
  input: z.strictObject({ ...ofBatch, count: z.coerce.number().int() }),
  target: lock,
  async run({ tx, actor, input, before }) {
    const stuck = before.state === 'confirming' && !(await isBusy(tx, before.id))
    if (!stuck && !['ready', 'submitted'].includes(before.state)) return wrongState
    if (before.schoolId === null && !isOwn(actor, before)) return refuse('import.refusal.notYours')
    const count = toWrite(before)
    if (count === 0) return refuse('import.refusal.nothingToDo')
    if (count !== input.count) return refuse('import.refusal.countMoved', { count })
    await set(tx, before.id, { state: 'confirming', progress: 0, refusal: null })
    await enqueue(tx, actor, JOB_APPLY, { batchId: before.id })
    return finished(
      { batchId: before.id },
      { message: { key: 'import.batch.confirming' }, audit: audit(before, { count }) },
    )
  },
})

export const discardBatch = defineCommand({
  name: 'import.batch.discard',
  input: z.strictObject(ofBatch),
  target: lock,
  async run({ tx, actor, before }) {
    if (!['uploaded', 'ready', 'refused', 'submitted'].includes(before.state)) return wrongState
    if (before.schoolId === null && !isOwn(actor, before)) return refuse('import.refusal.notYours')
    await tx.delete(importRows).where(eq(importRows.batchId, before.id))
    await set(tx, before.id, { state: 'discarded' })
    return finished({ batchId: before.id }, { message: { key: 'import.batch.discarded' }, audit: audit(before) })
  },
})

function mayBeUndone(batch: Batch): Outcome<null> {
  if (batch.state !== 'confirmed') return wrongState
  const age = Date.parse(now()) - Date.parse(batch.confirmedAt ?? now())
  return age > UNDO_DAYS * 86_400_000 ? refuse('import.refusal.tooOld', { days: UNDO_DAYS }) : { ok: true, value: null }
}

/** One's own batch is taken back by oneself; another's needs a second person. */
export const undoBatchCommand = defineCommand({
  name: 'import.batch.undo',
  input: z.strictObject(ofBatch),
  target: lock,
  async run({ tx, actor, before }) {
    const stuck = before.state === 'undoing' && !(await isBusy(tx, before.id))
    const may = stuck ? ({ ok: true, value: null } as const) : mayBeUndone(before)
    if (!may.ok) return may
    if (!isOwn(actor, before)) return refuse('import.refusal.undoNeedsTwo')
    await set(tx, before.id, { state: 'undoing', refusal: null })
    await enqueue(tx, actor, JOB_UNDO, { batchId: before.id })
    return finished({ batchId: before.id }, { message: { key: 'import.batch.undoing' }, audit: audit(before) })
  },
})

/** Undo of another person's import (security.md §2.5). */
export const undoOperation = defineOperation({
  name: 'import.undo',
  asks: 'import.batch.askUndo',
  answerRoles: ['bureau_hr', 'bureau_reviewer'],
  payload: z.strictObject({ batchId: idSchema<BatchId>() }),
  href: (subjectId) => `/imports/${subjectId}`,
  async execute({ tx, actor }, { batchId }) {
    const [batch] = await tx.select().from(importBatches).where(eq(importBatches.id, batchId))
    if (!batch) return refuse('platform.refusal.notFound')
    const may = mayBeUndone(batch)
    if (!may.ok) return may
    await enqueue(tx, actor, JOB_UNDO, { batchId })
    return finished({ batchId }, { message: { key: 'import.batch.undoing' }, audit: audit(batch) })
  },
})

export const askUndo = defineCommand({
  name: 'import.batch.askUndo',
  input: z.strictObject({ ...ofBatch, reason: z.string().trim().min(1).max(500) }),
  target: lock,
  async run({ tx, actor, input, before }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const may = mayBeUndone(before)
    if (!may.ok) return may
    const asked = await askSecondPerson(tx, actor, undoOperation, {
      subjectId: before.id,
      payload: { batchId: before.id },
      summary: { file: before.fileName, by: before.createdByName, count: toWrite(before) },
      reason: input.reason,
    })
    if (!asked.ok) return asked
    return finished(null, {
      message: { key: 'import.batch.undoAsked' },
      audit: audit(before, { reason: input.reason }),
    })
  },
})
