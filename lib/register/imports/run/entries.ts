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
import { parseReserve, type ReserveRecord } from '../reserve.ts'
import { parseRoster } from '../roster.ts'
import { parseSchools } from '../schools.ts'
import { parseStudios, type StudioRecord } from '../studios.ts'

export const IMPORT_KINDS = ['schools', 'roster', 'registers', 'studios', 'reserve'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** A row that was read, of whatever list. */
export type Entry =
  | (ParsedRow<SchoolRecord> & { kind: 'schools' })
  | (ParsedRow<StaffRecord> & { kind: 'roster' })
  | (ParsedRow<RotationRecord> & { kind: 'rotations' })
  | (ParsedRow<LeaveRecord> & { kind: 'leaves' })
  | (ParsedRow<DisciplineRecord> & { kind: 'disciplines' })
  | (ParsedRow<StudioRecord> & { kind: 'studios' })
  | (ParsedRow<ReserveRecord> & { kind: 'reserve' })

export interface ReadEntries {
  entries: Entry[]
  findings: Finding[]
  columns: SheetColumns<string>[]
  refusedRows: RefusedRow[]
  skipped: Skipped[]
}

type Reader = (sheets: readonly SheetData[], context: ImportContext) => ReadEntries

const READERS: Record<ImportKind, Reader> = {
  schools: (sheets, context) => collect(parseSchools(sheets, context), 'schools'),
  roster: (sheets, context) => collect(parseRoster(sheets, context), 'roster'),
  registers: (sheets, context) => {
    const { rotations, leaves, disciplines } = parseRegisters(sheets, context)
    return joined([collect(rotations, 'rotations'), collect(leaves, 'leaves'), collect(disciplines, 'disciplines')])
  },
  studios: (sheets, context) => collect(parseStudios(sheets, context), 'studios'),
  reserve: (sheets, context) => collect(parseReserve(sheets, context), 'reserve'),
}

/** Reads the rows of a workbook of a known kind; several sheets of registers come as one list. */
export const readEntries = (kind: ImportKind, sheets: readonly SheetData[], context: ImportContext): ReadEntries =>
  READERS[kind](sheets, context)

const joined = (parts: readonly ReadEntries[]): ReadEntries => ({
  entries: parts.flatMap(({ entries }) => entries),
  findings: parts.flatMap(({ findings }) => findings),
  columns: parts.flatMap(({ columns }) => columns),
  refusedRows: parts.flatMap(({ refusedRows }) => refusedRows),
  skipped: parts.flatMap(({ skipped }) => skipped),
})

function collect<T, F extends string>(parsed: Parsed<T, F>, kind: Entry['kind']): ReadEntries {
  const { rows, findings, columns, refusedRows, skipped } = parsed
  // Marked in place: a long roster is not copied
  for (const row of rows) Object.assign(row, { kind })
  return { entries: rows as unknown as Entry[], findings, columns, refusedRows, skipped }
}
