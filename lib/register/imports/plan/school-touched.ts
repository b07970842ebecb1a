import { and, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { fieldChanges, importBatches } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { SchoolId } from '../../../rules/values/ids.ts'

/** Columns of each school and its years changed since a moment, by hand or by an import that still stands. */
export async function touchedSchools(tx: Tx, since: string): Promise<Map<SchoolId, Set<string>>> {
  const undone = tx.select({ id: importBatches.id }).from(importBatches).where(sql`${importBatches.state} = 'undone'`)
  const rows = await tx
    .select({ schoolId: fieldChanges.schoolId, entity: fieldChanges.entity, field: fieldChanges.field })
    .from(fieldChanges)
    .where(
      and(
        inArray(fieldChanges.entity, ['schools', 'school_years']),
        gt(fieldChanges.at, since),
        isNotNull(fieldChanges.field),
        or(isNull(fieldChanges.batchId), sql`${fieldChanges.batchId} NOT IN ${undone}`),
      ),
    )
  const touched = new Map<SchoolId, Set<string>>()
  for (const { schoolId, entity, field } of rows)
    if (schoolId) touched.set(schoolId, (touched.get(schoolId) ?? new Set()).add(`${entity}.${field}`))
  return touched
}
