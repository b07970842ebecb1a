import { and, desc, eq, getTableColumns, gt, inArray, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { fieldChanges, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Keyring } from '../../../platform/crypto.ts'
import type { BatchId } from '../../../rules/values/ids.ts'
import type { ImportTable } from '../plan/row-plan.ts'
import { keptValue } from './kept-value.ts'
import { keySql, SEALED_TABLES, TABLE_ORDER, TABLES } from './tables.ts'
import { asJson } from './write-ops.ts'

type Kept = typeof fieldChanges.$inferSelect

/** What stands in the way of taking a batch back. */
export interface UndoBlock {
  /** edited: the row is not as the batch left it · used: something else refers to it */
  why: 'edited' | 'used'
  table: string
  entityId: string
  /** Name of the person or school, where there is one. */
  label: string
  by: string
  at: string
  /** For `used`: what refers to it. */
  count: number
}

/** How many reasons are worth listing. */
const LISTED = 200

/** Later edits of anything the batch wrote, and later records that stand on what it added. Empty: it may go. */
export async function blocksOfBatch(
  tx: Tx,
  keys: Keyring,
  batchId: BatchId,
  updates: readonly Kept[],
): Promise<UndoBlock[]> {
  const touched = [...(await editedInserts(tx, batchId)), ...(await editedUpdates(tx, keys, updates))]
  const blocks: UndoBlock[] = []
  for (const { table, key } of touched.slice(0, LISTED)) {
    const last = await lastEdit(tx, batchId, table, key)
    blocks.push({
      why: 'edited',
      table,
      entityId: key,
      label: await labelOf(tx, last?.teacherId ?? null, table, key),
      by: last?.byName ?? '',
      at: last?.at ?? '',
      count: 1,
    })
  }
  return [...blocks, ...(await usedRows(tx, batchId))]
}

/** What every write moves on, also one that was taken back since. */
const MOVED = '{version,changed_at}'

/** Rows the batch added that read otherwise now, or are gone. */
async function editedInserts(tx: Tx, batchId: BatchId): Promise<{ table: ImportTable; key: string }[]> {
  const found: { table: ImportTable; key: string }[] = []
  for (const table of TABLE_ORDER) {
    const now = SEALED_TABLES.has(table) ? sql`jsonb_build_object('digest', md5(to_jsonb(t)::text))` : sql`to_jsonb(t)`
    const rows = await tx.execute<{ key: string }>(sql`
      SELECT f.entity_id AS key FROM field_changes f
      LEFT JOIN (SELECT ${keySql(table)} AS key, ${now} AS now FROM ${TABLES[table]} t) x ON x.key = f.entity_id
      WHERE f.batch_id = ${batchId}::uuid AND f.entity = ${table} AND f.operation = 'insert'
        AND (x.now - ${MOVED}::text[]) IS DISTINCT FROM (f.new - ${MOVED}::text[])
      LIMIT ${LISTED}`)
    found.push(...[...rows].map(({ key }) => ({ table, key })))
  }
  return found
}

/** Rows the batch changed of which a changed value is another one now. */
async function editedUpdates(
  tx: Tx,
  keys: Keyring,
  updates: readonly Kept[],
): Promise<{ table: ImportTable; key: string }[]> {
  const found: { table: ImportTable; key: string }[] = []
  for (const table of TABLE_ORDER) {
    const ofTable = updates.filter(({ entity }) => entity === table)
    if (ofTable.length === 0) continue
    const key = (row: Record<string, unknown>) =>
      table === 'school_years'
        ? `${row.schoolId}|${row.year}`
        : String(table === 'teacher_secrets' ? row.teacherId : row.id)
    const columns = getTableColumns(TABLES[table]) as Record<string, PgColumn>
    const ids = [...new Set(ofTable.map(({ entityId }) => entityId))]
    const rows = await tx
      .select(columns)
      .from(TABLES[table])
      .where(
        table === 'school_years'
          ? inArray(columns.schoolId!, [...new Set(ids.map((id) => id.split('|')[0]!))])
          : inArray(table === 'teacher_secrets' ? columns.teacherId! : columns.id!, ids),
      )
    const now = new Map((rows as Record<string, unknown>[]).map((row) => [key(row), row]))
    const stale = ofTable.filter(({ entityId, field, ...change }) => {
      const row = now.get(entityId)
      return row === undefined || !sameJson(asJson(row[field!]), keptValue(keys, change, 'new'))
    })
    found.push(...[...new Set(stale.map(({ entityId }) => entityId))].map((id) => ({ table, key: id })))
  }
  return found
}

const inOrder = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, part]) => [name, inOrder(part)]),
      )
    : value
/** jsonb gives an object's keys in its own order. */
const sameJson = (a: unknown, b: unknown): boolean =>
  JSON.stringify(inOrder(a ?? null)) === JSON.stringify(inOrder(b ?? null))

/** Studios and the reserve keep their edits by the page under a name of their own. */
const PAGE_NAMES: Record<string, string> = {
  studios: 'studio',
  studio_memberships: 'studio_membership',
  reserve_candidates: 'reserve_candidate',
}
const namesOf = (table: string): string[] => [table, ...(PAGE_NAMES[table] ? [PAGE_NAMES[table]] : [])]

async function lastEdit(tx: Tx, batchId: BatchId, table: string, key: string): Promise<Kept | null> {
  const [own] = await tx
    .select()
    .from(fieldChanges)
    .where(and(eq(fieldChanges.batchId, batchId), eq(fieldChanges.entity, table), eq(fieldChanges.entityId, key)))
    .orderBy(desc(fieldChanges.seq))
    .limit(1)
  if (!own) return null
  const [later] = await tx
    .select()
    .from(fieldChanges)
    .where(
      and(inArray(fieldChanges.entity, namesOf(table)), eq(fieldChanges.entityId, key), gt(fieldChanges.seq, own.seq!)),
    )
    .orderBy(desc(fieldChanges.seq))
    .limit(1)
  return later ?? { ...own, byName: '', at: '' }
}

/** Where the name of a row that belongs to no person of the register stands. */
const NAMED: Record<string, string> = {
  schools: 'schools',
  school_years: 'schools',
  studios: 'studios',
  reserve_candidates: 'reserve_candidates',
}

async function labelOf(tx: Tx, teacherId: Kept['teacherId'], table: string, key: string): Promise<string> {
  if (teacherId) {
    const [row] = await tx.select({ name: teachers.name }).from(teachers).where(eq(teachers.id, teacherId))
    return row?.name ?? ''
  }
  const named = NAMED[table]
  if (!named) return ''
  const [row] = await tx.execute<{ name: string }>(
    sql`SELECT name FROM ${sql.identifier(named)} WHERE id = ${key.split('|')[0]!}::uuid`,
  )
  return row?.name ?? ''
}

/**
 * Records of other areas that refer to what the batch added, by the database's own foreign keys: a case, an account,
 * a roll. What the batch itself added does not count.
 */
async function usedRows(tx: Tx, batchId: BatchId): Promise<UndoBlock[]> {
  const blocks: UndoBlock[] = []
  for (const parent of [
    'schools',
    'education_groups',
    'teachers',
    'postings',
    'studios',
    'reserve_candidates',
  ] as const) {
    const references = await tx.execute<{ child: string; column: string }>(sql`
      SELECT c.conrelid::regclass::text AS child, a.attname AS column
      FROM pg_constraint c
      JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[array_upper(c.conkey, 1)]
      WHERE c.contype = 'f' AND c.confrelid = ${parent}::regclass ORDER BY 1`)
    for (const { child, column } of references) {
      const own = (TABLE_ORDER as string[]).includes(child)
      const kept = own
        ? sql`AND NOT EXISTS (SELECT 1 FROM field_changes o WHERE o.batch_id = ${batchId}::uuid AND o.entity = ${child} AND o.operation = 'insert' AND o.entity_id = ${ownKey(child as ImportTable)})`
        : sql``
      const [row] = await tx.execute<{ count: number; first: string | null }>(sql`
        SELECT count(*)::int AS count, min(f.entity_id) AS first FROM ${sql.identifier(child)} t
        JOIN field_changes f ON f.batch_id = ${batchId}::uuid AND f.entity = ${parent} AND f.operation = 'insert'
          AND f.entity_id = t.${sql.identifier(column)}::text
        WHERE true ${kept}`)
      if (row && row.count > 0)
        blocks.push({
          why: 'used',
          table: child,
          entityId: row.first ?? '',
          label: '',
          by: '',
          at: '',
          count: row.count,
        })
    }
  }
  return blocks
}

const ownKey = (table: ImportTable) => keySql(table)
