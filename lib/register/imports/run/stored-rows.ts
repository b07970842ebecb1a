import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { importRows } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Keyring } from '../../../platform/crypto.ts'
import type { Finding } from '../../../platform/workbook/finding.ts'
import type { BatchId, DistrictId } from '../../../rules/values/ids.ts'
import { SENSITIVE_FIELDS } from '../plan/person-changes.ts'
import { openChanges } from '../plan/roster-plan.ts'
import type { CellChange } from '../plan/row-plan.ts'
import type { Entry } from './entries.ts'
import type { PlannedRow } from './tally.ts'

/** A row opened again: the record, the values of sensitive cells, what findings quote of them. */
export interface SealedRow {
  entry: Entry | null
  changes: CellChange[]
  findings: Finding[]
}

const place = (batchId: BatchId, sheet: string, row: number) => ({
  table: 'import_rows',
  column: 'sealed',
  rowId: `${batchId}|${sheet}|${row}`,
})

const isSensitive = (finding: Finding): boolean => finding.field !== null && SENSITIVE_FIELDS.has(finding.field)
/** A finding without the number it speaks of. */
const openFinding = (finding: Finding): Finding =>
  isSensitive(finding) ? { ...finding, original: '', mended: finding.mended === null ? null : '…' } : finding

const WEIGHT = { error: 3, warning: 2, mended: 1 } as const
const worst = (findings: readonly Finding[]): Finding['severity'] | null =>
  findings.map(({ severity }) => severity).sort((a, b) => WEIGHT[b] - WEIGHT[a])[0] ?? null

/** Keeps the rows of a dry run, one statement a piece; records and sensitive cells only sealed. */
export async function storeRows(
  tx: Tx,
  { districtId, batchId, keys }: { districtId: DistrictId; batchId: BatchId; keys: Keyring },
  rows: readonly PlannedRow[],
): Promise<void> {
  const list = rows.map(({ plan, entry, findings }) => {
    const willWrite = plan.outcome === 'new' || plan.outcome === 'changed' || plan.outcome === 'conflict'
    const secret = willWrite || findings.some(isSensitive)
    // Only what may not stand in the open is sealed; the rest is beside it
    const sealed: Partial<SealedRow> = {
      ...(willWrite ? { entry } : {}),
      ...(plan.changes.some(({ sensitive }) => sensitive) ? { changes: plan.changes } : {}),
      ...(findings.some(isSensitive) ? { findings } : {}),
    }
    return {
      sheet: plan.sheet,
      row: plan.row,
      outcome: plan.outcome,
      label: plan.label,
      school_name: plan.schoolName,
      teacher_id: plan.teacherId,
      sealed: secret
        ? keys.seal(place(batchId, plan.sheet, plan.row), JSON.stringify(sealed)).toString('base64')
        : null,
      changes: openChanges(plan.changes),
      findings: findings.map(openFinding),
      severity: worst(findings),
    }
  })
  await tx.execute(sql`
    INSERT INTO import_rows (district_id, batch_id, sheet, row, outcome, label, school_name, teacher_id, sealed, changes, findings, severity)
    SELECT ${districtId}::uuid, ${batchId}::uuid, r.sheet, r.row, r.outcome, r.label, r.school_name, r.teacher_id, decode(r.sealed, 'base64'), r.changes, r.findings, r.severity
    FROM jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
      AS r(sheet text, row int, outcome text, label text, school_name text, teacher_id uuid, sealed text, changes jsonb, findings jsonb, severity text)`)
}

/** Findings that were seen when their row was stored already. */
export async function storeLate(tx: Tx, batchId: BatchId, findings: readonly Finding[]): Promise<void> {
  for (const finding of findings)
    await tx
      .update(importRows)
      .set({
        findings: sql`${importRows.findings} || ${JSON.stringify([finding])}::jsonb`,
        severity: sql`CASE WHEN ${importRows.severity} = 'error' THEN 'error' ELSE ${finding.severity} END`,
      })
      .where(and(eq(importRows.batchId, batchId), eq(importRows.sheet, finding.sheet), eq(importRows.row, finding.row)))
}

type StoredRow = typeof importRows.$inferSelect

/** The sealed part of a row; what stands in the open where nothing was sealed. */
export function openRow(keys: Keyring, row: StoredRow): SealedRow {
  const open = { entry: null, changes: row.changes as CellChange[], findings: row.findings as Finding[] }
  if (row.sealed === null) return open
  const sealed = JSON.parse(keys.open(place(row.batchId, row.sheet, row.row), row.sealed)) as Partial<SealedRow>
  return { ...open, ...sealed }
}

/** The rows that will write, in the order of the workbook, a piece at a time. */
export async function* rowsToWrite(tx: Tx, batchId: BatchId, size: number): AsyncGenerator<StoredRow[]> {
  let after: { sheet: string; row: number } | null = null
  for (;;) {
    const rows: StoredRow[] = await tx
      .select()
      .from(importRows)
      .where(
        and(
          eq(importRows.batchId, batchId),
          inArray(importRows.outcome, ['new', 'changed', 'conflict']),
          after ? sql`(${importRows.sheet}, ${importRows.row}) > (${after.sheet}, ${after.row})` : undefined,
        ),
      )
      .orderBy(asc(importRows.sheet), asc(importRows.row))
      .limit(size)
    if (rows.length === 0) return
    yield rows
    const last = rows.at(-1)!
    after = { sheet: last.sheet, row: last.row }
  }
}
