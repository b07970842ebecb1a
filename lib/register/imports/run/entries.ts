import type { Finding } from '../../../platform/workbook/finding.ts'
import type { SheetData } from '../../../platform/workbook/sheet.ts'
import type {
  DisciplineRecord,
  LeaveRecord,
  RotationRecord,
  SchoolRecord,
  StaffRecord,
} from '../../../rules/register/records.ts'
import type { ImportContext, Parsed, ParsedRow, RefusedRow, SheetColumns, Skipped } from '../parsed.ts'
import { parseRegisters } from '../registers.ts'
import { parseRoster } from '../roster.ts'
import { parseSchools } from '../schools.ts'

export const IMPORT_KINDS = ['schools', 'roster', 'registers'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** A row that was read, of whatever list. */
export type Entry =
  | (ParsedRow<SchoolRecord> & { kind: 'schools' })
  | (ParsedRow<StaffRecord> & { kind: 'roster' })
  | (ParsedRow<RotationRecord> & { kind: 'rotations' })
  | (ParsedRow<LeaveRecord> & { kind: 'leaves' })
  | (ParsedRow<DisciplineRecord> & { kind: 'disciplines' })

export interface ReadEntries {
  entries: Entry[]
  findings: Finding[]
  columns: SheetColumns<string>[]
  refusedRows: RefusedRow[]
  skipped: Skipped[]
}

/** Reads the rows of a workbook of a known kind; several sheets of registers come as one list. */
export function readEntries(kind: ImportKind, sheets: readonly SheetData[], context: ImportContext): ReadEntries {
  if (kind === 'schools') return collect(parseSchools(sheets, context), 'schools')
  if (kind === 'roster') return collect(parseRoster(sheets, context), 'roster')
  const { rotations, leaves, disciplines } = parseRegisters(sheets, context)
  const parts = [collect(rotations, 'rotations'), collect(leaves, 'leaves'), collect(disciplines, 'disciplines')]
  return {
    entries: parts.flatMap(({ entries }) => entries),
    findings: parts.flatMap(({ findings }) => findings),
    columns: parts.flatMap(({ columns }) => columns),
    refusedRows: parts.flatMap(({ refusedRows }) => refusedRows),
    skipped: parts.flatMap(({ skipped }) => skipped),
  }
}

function collect<T, F extends string>(parsed: Parsed<T, F>, kind: Entry['kind']): ReadEntries {
  const { rows, findings, columns, refusedRows, skipped } = parsed
  // Marked in place: a long roster is not copied
  for (const row of rows) Object.assign(row, { kind })
  return { entries: rows as unknown as Entry[], findings, columns, refusedRows, skipped }
}
