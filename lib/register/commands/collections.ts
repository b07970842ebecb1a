import { and, count, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { collectionSchools, collections, importBatches, importRows, schools } from '@/db/schema/index.ts'
import { exactly, one, type Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { COLLECTION_COLUMNS } from '@/lib/register/queries/collections.ts'
import { parseDay } from '@/lib/rules/values/dates.ts'
import { idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { pageDraft } from './collection-cells.ts'

/** 核对任务: which list, which columns, which schools, until when (end of the day in the district). */
export const createCollection = defineCommand({
  name: 'collection.task.create',
  input: z.strictObject({
    title: z.string().trim().min(1).max(80),
    note: z.string().trim().max(500).default(''),
    columns: z.array(z.enum(COLLECTION_COLUMNS)).min(1, 'collection.refusal.noColumn'),
    schools: z.array(idSchema<SchoolId>()).min(1, 'collection.refusal.noSchool').max(2000),
    dueOn: z.string().refine((text) => parseDay(text) !== null),
  }),
  async run({ tx, actor, input, at, today }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (input.dueOn < today) return refuse('collection.refusal.duePast', undefined, { field: 'dueOn' })
    const open = await tx.select({ id: schools.id }).from(schools).where(inArray(schools.id, input.schools))
    exactly(open, new Set(input.schools).size)
    const id = newId<string>()
    const { districtId } = actor
    await tx.insert(collections).values({
      districtId,
      id,
      title: input.title,
      note: input.note || null,
      columns: input.columns,
      dueAt: `${input.dueOn}T23:59:59+08:00`,
      createdBy: actor.userId,
      createdAt: at,
    })
    await tx
      .insert(collectionSchools)
      .values(open.map((school) => ({ districtId, collectionId: id, schoolId: school.id })))
    const audit = { resource: 'collection', objectId: id, details: { schools: open.length, columns: input.columns } }
    return finished({ id }, { message: { key: 'collection.created', values: { count: open.length } }, audit })
  },
})

export const closeCollection = defineCommand({
  name: 'collection.task.close',
  input: z.strictObject({ collectionId: idSchema<string>() }),
  target: async (tx, { collectionId }) => {
    const [row] = await tx.select().from(collections).where(eq(collections.id, collectionId)).for('update')
    return row ? { ...row, target: {} } : null
  },
  async run({ tx, input, at }) {
    one(
      await tx
        .update(collections)
        .set({ closedAt: at })
        .where(eq(collections.id, input.collectionId))
        .returning({ id: collections.id }),
    )
    return finished(null, {
      message: { key: 'collection.closed' },
      audit: { resource: 'collection', objectId: input.collectionId },
    })
  },
})

const part = { collectionId: idSchema<string>(), schoolId: idSchema<SchoolId>() }
const lockPart = async (tx: Tx, { collectionId, schoolId }: { collectionId: string; schoolId: SchoolId }) => {
  const [row] = await tx
    .select()
    .from(collectionSchools)
    .where(and(eq(collectionSchools.collectionId, collectionId), eq(collectionSchools.schoolId, schoolId)))
    .for('update')
  const [task] = await tx.select().from(collections).where(eq(collections.id, collectionId))
  return row && task ? { ...row, isClosed: task.closedAt !== null, target: { schools: [schoolId] } } : null
}

type Part = typeof collectionSchools.$inferSelect
const setPart = async (tx: Tx, row: Part, set: Partial<Part>) =>
  one(
    await tx
      .update(collectionSchools)
      .set({ ...set, version: row.version + 1 })
      .where(and(eq(collectionSchools.collectionId, row.collectionId), eq(collectionSchools.schoolId, row.schoolId)))
      .returning({ version: collectionSchools.version }),
  )

/** Cells edited on the page go to HR with the word that all rows are checked, as a workbook does when it is handed in. */
async function handInCells(tx: Tx, part: Part): Promise<void> {
  const id = await pageDraft(tx, part)
  if (id === null) return
  const [counted] = await tx.select({ rows: count() }).from(importRows).where(eq(importRows.batchId, id))
  one(
    await tx
      .update(importBatches)
      .set({ state: counted?.rows ? 'submitted' : 'discarded' })
      .where(eq(importBatches.id, id))
      .returning({ id: importBatches.id }),
  )
}

/** The school's clerk has gone through the rows; the head confirms. */
export const checkPart = defineCommand({
  name: 'collection.part.check',
  input: z.strictObject(part),
  target: lockPart,
  async run({ tx, actor, before }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.isClosed) return refuse('collection.refusal.closed')
    if (before.state === 'confirmed') return refuse('collection.refusal.confirmedAlready')
    await setPart(tx, before, { state: 'checked', checkedBy: actor.userId, checkedAt: now() })
    await handInCells(tx, before)
    const audit = { resource: 'collection', objectId: before.collectionId, details: { school: before.schoolId } }
    return finished(null, { message: { key: 'collection.checkedNow' }, audit })
  },
})

/** 已核对, by the head of the school. */
export const confirmPart = defineCommand({
  name: 'collection.part.confirm',
  input: z.strictObject(part),
  target: lockPart,
  async run({ tx, actor, before }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.isClosed) return refuse('collection.refusal.closed')
    if (before.state === 'open') return refuse('collection.refusal.notChecked')
    if (before.state === 'confirmed') return refuse('collection.refusal.confirmedAlready')
    const by = { confirmedBy: actor.userId, confirmedByName: actor.name, confirmedAt: now() }
    await setPart(tx, before, { state: 'confirmed', ...by })
    const audit = { resource: 'collection', objectId: before.collectionId, details: { school: before.schoolId } }
    return finished(null, { message: { key: 'collection.confirmedNow' }, audit })
  },
})
