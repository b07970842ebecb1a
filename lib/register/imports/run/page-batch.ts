import { and, eq, inArray, sql } from 'drizzle-orm'
import { importBatches, importRows } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { SheetData } from '../../../platform/workbook/sheet.ts'
import type { StaffRecord } from '../../../rules/register/records.ts'
import type { BatchId, SchoolId, TeacherId } from '../../../rules/values/ids.ts'
import { done, type Outcome, refuseAll } from '../../../rules/values/outcome.ts'
import type { ParsedRow } from '../parsed.ts'
import type { PlanContext } from '../plan/person-context.ts'
import { RosterPlanner } from '../plan/roster-plan.ts'
import { type CellChange, type RowPlan, rowFinding } from '../plan/row-plan.ts'
import { parseRoster } from '../roster.ts'
import { ROSTER_FIELDS, type RosterField } from '../roster-columns.ts'
import { headsOn, knownSchools } from './dry-run.ts'
import type { Entry } from './entries.ts'
import { openRow, storeRows } from './stored-rows.ts'

/** In place of a file's digest: cells edited on the page make a batch of their own, with rows and no workbook. */
export const PAGE_HASH = 'page'
export const isPageBatch = ({ fileHash }: { fileHash: string }): boolean => fileHash === PAGE_HASH
const SHEET = '网页'

/** Who changed a cell on the page, and why; kept with the change until it holds, then in its history. */
export interface CellNote {
  why: string
  by: string
  at: string
}
export type NotedChange = CellChange & Partial<CellNote>
type Row = ParsedRow<StaffRecord>

/** One typed value as the roster's reader takes it: the same words, the same sentences when it is refused. */
export function readCell(
  idNumber: string,
  field: RosterField,
  value: string,
  context: { schools: Parameters<typeof parseRoster>[1]['schools']; on: PlanContext['on'] },
): Outcome<Row> {
  const title = ROSTER_FIELDS.find((spec) => spec.field === field)!.titles[0]!
  const cells = [
    ['身份证号', title],
    [idNumber, value],
  ]
  const sheet: SheetData = {
    name: SHEET,
    hidden: false,
    merges: [],
    rows: cells.map((row, i) => ({ number: i + 1, hidden: false, cells: row })),
  }
  const { rows, findings } = parseRoster([sheet], {
    schools: context.schools,
    statisticsDate: context.on,
    isKnown: () => true,
  })
  const [row] = rows
  if (row?.said.some((said) => said === field)) return done(row)
  return refuseAll(
    findings
      .filter((finding) => finding.field === field)
      .map(({ code, values, original, mended }) => ({
        code: `import.finding.${code}`,
        values: { ...values, original, mended: mended ?? '', field: title },
        field: 'value',
      })),
  )
}

interface Draft {
  id: BatchId
  schoolId: SchoolId
}

/** Puts one more cell of a person beside those already edited; back at the stored value it is no change any more. */
export async function putCell(
  tx: Tx,
  context: Omit<PlanContext, 'schoolIdOf' | 'nameOf'>,
  draft: Draft,
  teacherId: TeacherId,
  cell: { row: Row; field: RosterField; note: CellNote },
): Promise<Outcome<RowPlan>> {
  const [stored] = await tx
    .select()
    .from(importRows)
    .where(and(eq(importRows.batchId, draft.id), eq(importRows.teacherId, teacherId)))
  const before = stored ? (openRow(context.keys, stored).entry as (Row & Entry) | null) : null
  const [last] = await tx
    .select({ row: sql<number>`coalesce(max(${importRows.row}), 0)::int` })
    .from(importRows)
    .where(eq(importRows.batchId, draft.id))
  const { row, field, note } = cell
  const merged: Row = {
    ...row,
    sheet: SHEET,
    row: stored?.row ?? (last?.row ?? 0) + 1,
    record: before ? { ...before.record, [field]: row.record[field as keyof StaffRecord] } : row.record,
    said: [...new Set([...(before?.said ?? []), ...row.said])],
  }
  const [plan] = await planRows(tx, context, draft.schoolId, [merged])
  const problems = plan!.findings.filter(({ severity }) => severity !== 'mended')
  if (plan!.outcome === 'refused' || problems.some((finding) => finding.field === field))
    return refuseAll(
      problems.map(({ code, values }) => ({ code: `import.finding.${code}`, values: { ...values, field: '' } })),
    )
  const notes = new Map((stored?.changes as NotedChange[] | undefined)?.map((change) => [change.field, change]))
  plan!.changes = plan!.changes.map((change) => {
    const { why, by, at } = change.field === field ? note : (notes.get(change.field) ?? note)
    return { ...change, why, by, at }
  })
  if (stored) await tx.delete(importRows).where(and(eq(importRows.batchId, draft.id), eq(importRows.row, stored.row)))
  const entry = { ...merged, kind: 'roster' as const } as Entry
  if (plan!.changes.length > 0)
    await storeRows(tx, { ...context, batchId: draft.id }, [{ plan: plan!, entry, findings: plan!.findings }])
  await count(tx, draft.id)
  return done(plan!)
}

/**
 * Before cells edited on the page are written: each is compared once more. One that has another value by now than when
 * it was edited stays as in the system, and its row says so.
 */
export async function replanPage(
  tx: Tx,
  context: Omit<PlanContext, 'schoolIdOf' | 'nameOf'>,
  { id, schoolId }: Draft,
): Promise<void> {
  const stored = await tx.select().from(importRows).where(eq(importRows.batchId, id)).orderBy(importRows.row)
  const entries = stored.map((row) => openRow(context.keys, row).entry as Row & Entry)
  const plans = await planRows(tx, context, schoolId, entries)
  const moved = stored.map((row, i) => {
    const now = new Map(plans[i]!.changes.map((change) => [change.field, change.old]))
    const fields = (row.changes as NotedChange[]).filter(
      ({ field, old }) => now.has(field) && JSON.stringify(now.get(field)) !== JSON.stringify(old),
    )
    return new Set(fields.map(({ field }) => field))
  })
  const kept = entries.map((entry, i) => ({ ...entry, said: entry.said.filter((field) => !moved[i]!.has(field)) }))
  const again = await planRows(tx, context, schoolId, kept)
  for (const [i, plan] of again.entries()) {
    const notes = new Map((stored[i]!.changes as NotedChange[]).map((change) => [change.field, change]))
    plan.changes = plan.changes.map((change) => {
      const { why, by, at } = notes.get(change.field) ?? {}
      return { ...change, ...(why && by && at ? { why, by, at } : {}) }
    })
    for (const field of moved[i]!) plan.findings.push(rowFinding(plan, 'W-CELL-MOVED', 'warning', {}, field))
  }
  await tx.delete(importRows).where(eq(importRows.batchId, id))
  await storeRows(
    tx,
    { ...context, batchId: id },
    again.map((plan, i) => ({ plan, entry: kept[i]! as Entry, findings: plan.findings })),
  )
  await count(tx, id)
}

async function planRows(
  tx: Tx,
  context: Omit<PlanContext, 'schoolIdOf' | 'nameOf'>,
  onlySchool: SchoolId,
  rows: readonly Row[],
): Promise<RowPlan[]> {
  const whole: PlanContext = { ...context, ...(await knownSchools(tx)) }
  const options = { writtenAt: null, chosen: new Map(), onlySchool, withOps: false }
  return new RosterPlanner(whole, options, await headsOn(tx, context.on)).plan(tx, rows)
}

async function count(tx: Tx, id: BatchId): Promise<void> {
  const [row] = await tx
    .select({ changed: sql<number>`count(*)::int` })
    .from(importRows)
    .where(and(eq(importRows.batchId, id), inArray(importRows.outcome, ['changed', 'new'])))
  const changed = row?.changed ?? 0
  const none = { new: 0, unchanged: 0, refused: 0, conflicts: 0, missing: 0, warnings: 0, mended: 0 }
  one(
    await tx
      .update(importBatches)
      .set({ counts: { ...none, changed, rows: changed } })
      .where(eq(importBatches.id, id))
      .returning({ id: importBatches.id }),
  )
}

/** Why a row's cells were changed, for the history of each: what the school wrote, and who. */
export function reasonOf(changes: readonly NotedChange[]): string | null {
  const notes = changes.flatMap(({ why, by }) => (why && by ? [`${why}（${by}）`] : []))
  return notes.length === 0 ? null : [...new Set(notes)].join('；')
}
