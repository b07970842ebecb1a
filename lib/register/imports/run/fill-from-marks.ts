import { inArray } from 'drizzle-orm'
import { teacherSecrets } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Keyring } from '../../../platform/crypto.ts'
import { findHeader, type MappingOverride } from '../../../platform/workbook/header.ts'
import type { SheetData } from '../../../platform/workbook/sheet.ts'
import { readSheetMarks } from '../../../platform/workbook/write-sheet.ts'
import type { TeacherId } from '../../../rules/values/ids.ts'
import { ROSTER_INDEX } from '../roster-columns.ts'

/** A title no workbook of ours has of its own. */
const TITLE = '公民身份号码'

/** Kinds of our workbooks whose rows are people of the roster. */
const KINDS = ['roster', 'teachers']

/**
 * A workbook of ours that left without ID numbers, as schools get it, is recognised by the marks of its rows: the
 * numbers are put beside the rows while they are read here, and never leave again.
 */
export async function fillFromMarks(
  tx: Tx,
  keys: Keyring,
  sheets: readonly SheetData[],
  mapping: MappingOverride,
): Promise<void> {
  const marks = readSheetMarks(sheets)
  if (marks === null || !KINDS.includes(marks.kind)) return
  for (const sheet of sheets) {
    const ofSheet = marks.rows.get(sheet.name)
    const header = ofSheet && findHeader(sheet, ROSTER_INDEX, mapping)
    if (!ofSheet || !header || header.columns.some(({ field }) => field === 'idNumber')) continue
    const ids = [...new Set([...ofSheet.values()].map(({ id }) => id as TeacherId))]
    const secrets = await tx
      .select({ id: teacherSecrets.teacherId, cell: teacherSecrets.idNumber })
      .from(teacherSecrets)
      .where(inArray(teacherSecrets.teacherId, ids))
    const numbers = new Map(
      secrets.map(({ id, cell }) => [
        id as string,
        keys.open({ table: 'teacher_secrets', column: 'id_number', rowId: id }, cell),
      ]),
    )
    const column = sheet.rows.reduce((width, row) => Math.max(width, row.cells.length), 0)
    for (const row of sheet.rows) {
      if (row.number === header.bottom) row.cells[column] = TITLE
      const mark = ofSheet.get(row.number)
      if (mark) row.cells[column] = numbers.get(mark.id) ?? null
    }
  }
}
