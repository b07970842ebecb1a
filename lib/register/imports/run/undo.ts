import { and, asc, desc, eq, getTableColumns, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { fieldChanges } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { Keyring } from '../../../platform/crypto.ts'
import type { BatchId } from '../../../rules/values/ids.ts'
import { pinyinKeys } from '../../store/pinyin.ts'
import type { ImportTable, StoredRow } from '../plan/row-plan.ts'
import { keptValue } from './kept-value.ts'
import { casesGoneOn, closeRunningCases, followPostings } from './running-cases.ts'
import { hasKey, TABLE_ORDER, TABLES } from './tables.ts'
import { blocksOfBatch, type UndoBlock } from './undo-blocks.ts'
import { isRow } from './write-ops.ts'

type Kept = typeof fieldChanges.$inferSelect

/** A kept value as the column takes it. */
const asColumn = (value: unknown): unknown => {
  const cell = (value as { cell?: string } | null)?.cell
  return typeof cell === 'string' ? Buffer.from(cell, 'base64') : value
}

const rowOf = (table: ImportTable, entityId: string, districtId: string): StoredRow => {
  if (table === 'school_years') {
    const [schoolId, year] = entityId.split('|')
    return { districtId, schoolId, year: Number(year) }
  }
  return table === 'teacher_secrets' ? { districtId, teacherId: entityId } : { districtId, id: entityId }
}

/**
 * Takes a confirmed batch back as one, newest first: what it added goes, what it corrected is as before, what it
 * removed is there again. Refused as a whole when anything of it was changed or used since; then the reasons come back.
 */
export async function undoBatch(tx: Tx, keys: Keyring, batchId: BatchId, at: string): Promise<UndoBlock[]> {
  const updates = await tx
    .select()
    .from(fieldChanges)
    .where(and(eq(fieldChanges.batchId, batchId), eq(fieldChanges.operation, 'update')))
    .orderBy(desc(fieldChanges.seq))
  const blocks = [...(await casesGoneOn(tx, batchId)), ...(await blocksOfBatch(tx, keys, batchId, updates))]
  if (blocks.length > 0) return blocks
  await closeRunningCases(tx, batchId)
  for (const table of [...TABLE_ORDER].reverse()) {
    const inserted = await keysOf(tx, batchId, table, 'insert')
    if (inserted.length > 0) await tx.execute(sql`DELETE FROM ${TABLES[table]} t WHERE ${hasKey(table, inserted)}`)
  }
  for (const [place, changes] of rowsInReverse(updates)) {
    const [table, entityId] = place.split(' ') as [ImportTable, string]
    const set: StoredRow = {}
    for (const change of changes) set[change.field!] = asColumn(keptValue(keys, change, 'old'))
    if (typeof set.name === 'string' && (table === 'teachers' || table === 'schools'))
      Object.assign(set, pinyinKeys(set.name))
    await restore(tx, table, rowOf(table, entityId, changes[0]!.districtId), set, at)
  }
  await putBack(tx, batchId)
  await followPostings(tx, at)
  return []
}

async function keysOf(tx: Tx, batchId: BatchId, table: ImportTable, operation: string): Promise<string[]> {
  const rows = await tx
    .select({ key: fieldChanges.entityId })
    .from(fieldChanges)
    .where(
      and(eq(fieldChanges.batchId, batchId), eq(fieldChanges.entity, table), eq(fieldChanges.operation, operation)),
    )
  return rows.map(({ key }) => key)
}

/** Changes of one row together, rows in the reverse order of their writing: the exact way back never overlaps. */
export function rowsInReverse(updates: readonly Kept[]): Map<string, Kept[]> {
  const rows = new Map<string, Kept[]>()
  for (const change of updates) {
    const place = `${change.entity} ${change.entityId}`
    rows.set(place, [...(rows.get(place) ?? []), change])
  }
  return rows
}

/** The version goes on, never back: a form opened in between must see that the row was another one. */
async function restore(tx: Tx, table: ImportTable, row: StoredRow, set: StoredRow, at: string): Promise<void> {
  const columns = getTableColumns(TABLES[table]) as Record<string, PgColumn>
  const own = {
    ...set,
    ...(columns.version ? { version: sql`${columns.version} + 1` } : {}),
    ...(columns.changedAt ? { changedAt: at } : {}),
  }
  one(
    await tx
      .update(TABLES[table] as PgTable)
      .set(own as never)
      .where(isRow(table, row))
      .returning({ districtId: columns.districtId! }),
  )
}

/** Rows a batch had removed, as the record of changes holds them whole. */
async function putBack(tx: Tx, batchId: BatchId): Promise<void> {
  for (const table of TABLE_ORDER) {
    const kept = await tx
      .select({ old: fieldChanges.old })
      .from(fieldChanges)
      .where(
        and(eq(fieldChanges.batchId, batchId), eq(fieldChanges.entity, table), eq(fieldChanges.operation, 'delete')),
      )
      .orderBy(asc(fieldChanges.seq))
    if (kept.length === 0) continue
    const columns = Object.values(getTableColumns(TABLES[table]) as Record<string, PgColumn>)
      .map((column) => snake(column.name))
      .filter((name) => name !== 'valid_from' && name !== 'valid_to')
    const list = sql.join(
      columns.map((name) => sql.identifier(name)),
      sql`, `,
    )
    const rows = JSON.stringify(kept.map(({ old }) => old))
    await tx.execute(
      sql`INSERT INTO ${TABLES[table]} (${list}) SELECT ${list} FROM jsonb_populate_recordset(NULL::${TABLES[table]}, ${rows}::jsonb)`,
    )
  }
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
