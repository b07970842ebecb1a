/** An empty district to import into, and the way a workbook takes through dry run and confirmation. */
import { eq, sql } from 'drizzle-orm'
import { importBatches, importRows } from '@/db/schema/index.ts'
import { one, withScope } from '@/db/scope.ts'
import { type Batch, createBatch, type NewBatch, runApply, runDryRun } from '@/lib/register/imports/run/batch.ts'
import type { DryRunReport } from '@/lib/register/imports/run/dry-run.ts'
import type { ImportKind } from '@/lib/register/imports/run/entries.ts'
import { importNow } from '@/lib/register/imports/run/import-now.ts'
import { TABLE_ORDER, TABLES } from '@/lib/register/imports/run/tables.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { day, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { BatchId } from '@/lib/rules/values/ids.ts'
import { aLoadedDistrict, type LoadedDistrict } from './loaded-district.ts'

export const anEmptyDistrict = (today?: LocalDate): Promise<LoadedDistrict> =>
  aLoadedDistrict(
    { statisticsDate: day('2026-09-01'), schools: [], staff: [], rotations: [], leaves: [], disciplines: [] },
    today,
  )

/** Dry run and confirmation in one. Throws with the refusal when it is refused. */
export async function imported(
  actor: SystemActor,
  kind: ImportKind,
  content: Uint8Array,
  fileName = `${kind}.xlsx`,
): Promise<DryRunReport> {
  const outcome = await importNow(actor, { content: Buffer.from(content), fileName, kind, on: null })
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals))
  return outcome.value.report
}

/** Every row of the register as text, without what every write moves on; equal before and after is exactly the same. */
export async function registerState(actor: SystemActor): Promise<Record<string, string>> {
  return withScope(actor, async (tx) => {
    const state: Record<string, string> = {}
    for (const table of TABLE_ORDER) {
      const [row] = await tx.execute<{ hash: string }>(
        sql`SELECT count(*) || ' ' || coalesce(md5(string_agg(x, '' ORDER BY x)), '') AS hash FROM (SELECT (to_jsonb(t) - 'version' - 'changed_at')::text AS x FROM ${TABLES[table]} t) rows`,
      )
      state[table] = row!.hash
    }
    return state
  })
}

/** A workbook as far as its dry run. */
export async function dryRunOf(
  actor: SystemActor,
  content: Uint8Array,
  more: Partial<NewBatch> = {},
): Promise<{ id: BatchId; report: DryRunReport }> {
  const id = await withScope(actor, (tx) =>
    createBatch(tx, actor.districtId, {
      fileId: null,
      fileName: 'roster.xlsx',
      fileHash: '',
      kind: 'roster',
      on: null,
      schoolId: null,
      createdBy: null,
      createdByName: 'test',
      ...more,
    }),
  )
  const outcome = await runDryRun(actor, id, content)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals))
  return { id, report: outcome.value }
}

export const setBatch = (actor: SystemActor, id: BatchId, set: Partial<Batch>) =>
  withScope(actor, (tx) => tx.update(importBatches).set(set).where(eq(importBatches.id, id)))
export const batchOf = (actor: SystemActor, id: BatchId) =>
  withScope(actor, async (tx) => one(await tx.select().from(importBatches).where(eq(importBatches.id, id))))
export const rowsOf = (actor: SystemActor, id: BatchId) =>
  withScope(actor, (tx) => tx.select().from(importRows).where(eq(importRows.batchId, id)))

/** Confirms a batch that is ready. */
export async function confirm(actor: SystemActor, id: BatchId, choices?: unknown) {
  await setBatch(actor, id, { state: 'confirming', ...(choices ? { choices } : {}) })
  return runApply(actor, id, { userId: null, name: 'test' })
}
