import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { fieldChanges } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { Keyring } from '../../../platform/crypto.ts'
import { newId } from '../../../platform/new-id.ts'
import type { Period } from '../../../rules/values/dates.ts'
import type { BatchId, DistrictId, SchoolId, TeacherId, UserId } from '../../../rules/values/ids.ts'
import { insertAll } from '../../store/load-district.ts'
import type { ImportTable, RowOp, StoredRow } from '../plan/row-plan.ts'
import {
  DERIVED,
  hasKey,
  keyOf,
  keySql,
  SEALED_TABLES,
  schoolOf,
  schoolSql,
  TABLE_ORDER,
  TABLES,
  teacherOf,
  teacherSql,
} from './tables.ts'

export interface WriteContext {
  districtId: DistrictId
  batchId: BatchId
  at: string
  keys: Keyring
  /** Who confirmed; null on the server's console. */
  byUser: UserId | null
  byName: string
  reason?: string | null
}

type Update = Extract<RowOp, { do: 'update' }>

/** Where the sealed old and new value of a sensitive change belong. */
export const sealedPlace = (id: string, column: 'old' | 'new') => ({ table: 'field_changes', column, rowId: id })

/** A bytea cell or any plain value as JSON can hold it. */
export const asJson = (value: unknown): unknown =>
  Buffer.isBuffer(value) ? { cell: value.toString('base64') } : (value ?? null)

/**
 * Writes a piece of the plan and keeps every change with the batch: what is deleted and what a correction replaces
 * first, then what grows, then what is new, so that no constraint meets a state between two.
 */
export async function writeOps(tx: Tx, ops: readonly RowOp[], context: WriteContext): Promise<void> {
  for (const table of TABLE_ORDER) {
    const rows = ops.flatMap((op) => (op.do === 'delete' && op.table === table ? [op.row] : []))
    if (rows.length > 0) await deleteRows(tx, table, rows, context)
  }
  const updates = ops.filter((op): op is Update => op.do === 'update')
  const inOrder = [...updates].sort((a, b) => Number(grows(a)) - Number(grows(b)))
  for (const update of inOrder) await updateRow(tx, update)
  await keepUpdates(tx, inOrder, context)
  for (const table of TABLE_ORDER) {
    const rows = ops.flatMap((op) => (op.do === 'insert' && op.table === table ? [op.row] : []))
    if (rows.length === 0) continue
    await insertAll(tx, TABLES[table], rows as never)
    await keepWhole(
      tx,
      table,
      rows.map((row) => keyOf(table, row)),
      'insert',
      context,
    )
  }
}

/** Whether the new period reaches beyond the old one. */
function grows({ row, set }: Update): boolean {
  const [before, after] = [row.during as Period | undefined, set.during as Period | undefined]
  if (!before || !after) return false
  return after.from < before.from || (before.until !== null && (after.until === null || after.until > before.until))
}

/** The row of a table by its key columns. */
export function isRow(name: ImportTable, row: StoredRow): SQL {
  const columns = getTableColumns(TABLES[name]) as Record<string, PgColumn>
  const keys = name === 'school_years' ? ['schoolId', 'year'] : name === 'teacher_secrets' ? ['teacherId'] : ['id']
  return and(...['districtId', ...keys].map((key) => eq(columns[key]!, row[key])))!
}

async function updateRow(tx: Tx, { table, row, set }: Update): Promise<void> {
  const columns = getTableColumns(TABLES[table]) as Record<string, PgColumn>
  one(
    await tx
      .update(TABLES[table] as PgTable)
      .set(set as never)
      .where(isRow(table, row))
      .returning({ districtId: columns.districtId! }),
  )
}

/** One line a changed field: old and new value, sealed where they are of a sensitive class. */
async function keepUpdates(tx: Tx, updates: readonly Update[], context: WriteContext): Promise<void> {
  const { keys, districtId, batchId, at, byUser, byName, reason = null } = context
  const rows = updates.flatMap(({ table, row, set }) =>
    Object.entries(set)
      .filter(([field]) => !DERIVED.has(field))
      .map(([field, value]): typeof fieldChanges.$inferInsert => {
        const id = newId<string>()
        const sensitive = SEALED_TABLES.has(table)
        const kept = (column: 'old' | 'new', what: unknown) => {
          const json = asJson(what)
          if (!sensitive) return json
          return { sealed: keys.seal(sealedPlace(id, column), JSON.stringify(json)).toString('base64') }
        }
        return {
          districtId,
          id,
          entity: table,
          entityId: keyOf(table, row),
          teacherId: teacherOf(table, row) as TeacherId | null,
          schoolId: schoolOf(table, row) as SchoolId | null,
          operation: 'update',
          field,
          old: kept('old', row[field]),
          new: kept('new', value),
          sensitive,
          at,
          byUser,
          byName,
          reason,
          batchId,
        }
      }),
  )
  await insertAll(tx, fieldChanges, rows)
}

/** Whole rows, as the database has them; of sensitive tables a digest, enough to see whether a row was touched since. */
async function keepWhole(
  tx: Tx,
  table: ImportTable,
  keys: readonly string[],
  operation: 'insert' | 'delete',
  { batchId, at, byUser, byName }: WriteContext,
): Promise<void> {
  const sealed = SEALED_TABLES.has(table)
  const whole = sealed ? sql`jsonb_build_object('digest', md5(to_jsonb(t)::text))` : sql`to_jsonb(t)`
  const [before, after] = operation === 'insert' ? [sql`NULL::jsonb`, whole] : [whole, sql`NULL::jsonb`]
  await tx.execute(sql`
    INSERT INTO field_changes (district_id, id, entity, entity_id, teacher_id, school_id, operation, old, new, sensitive, at, by_user, by_name, batch_id)
    SELECT t.district_id, gen_random_uuid(), ${table}, ${keySql(table)}, ${teacherSql(table)}, ${schoolSql(table)}, ${operation},
      ${before}, ${after}, ${sealed}, ${at}::timestamptz, ${byUser}::uuid, ${byName}, ${batchId}::uuid
    FROM ${TABLES[table]} t WHERE ${hasKey(table, keys)}`)
}

async function deleteRows(
  tx: Tx,
  table: ImportTable,
  rows: readonly StoredRow[],
  context: WriteContext,
): Promise<void> {
  const keys = rows.map((row) => keyOf(table, row))
  await keepWhole(tx, table, keys, 'delete', context)
  const gone = await tx.execute(sql`DELETE FROM ${TABLES[table]} t WHERE ${hasKey(table, keys)} RETURNING 1`)
  if (gone.length !== keys.length) throw new RangeError(`expected to delete ${keys.length} rows of ${table}`)
}
