import type { Finding } from '../../platform/workbook/finding.ts'
import type { ColumnMatch, MappingOverride } from '../../platform/workbook/header.ts'
import type { LocalDate } from '../../rules/values/dates.ts'
import type { KnownSchool } from './school-names.ts'

export interface ImportContext {
  schools: readonly KnownSchool[]
  /** 统计时间: ages are of this day, and nothing may lie after its month. */
  statisticsDate: LocalDate
  mapping?: MappingOverride
  /** Whether a person is in the register already: such a row may leave out what is required of a new one. */
  isKnown?: (idNumber: string) => boolean
  /** Of identical rows in one school keep the first and refuse the others; otherwise all of them wait. */
  keepFirstDuplicate?: boolean
}

/**
 * One row that can be taken over. A field not in `said` had an empty cell or no column: its value in the record is a
 * neutral one, and must never replace a stored value.
 */
export interface ParsedRow<T> {
  sheet: string
  row: number
  record: T
  said: readonly (keyof T)[]
  /** The columns behind `said`, where one field of the record is made of several. */
  cells?: readonly string[]
}

export interface RefusedRow {
  sheet: string
  row: number
  /** Name of the person or school as far as the row has one. */
  name: string | null
  /** As far as they could be read: who is refused is still in the workbook. */
  idNumber?: string
  school?: string
}

export type SkipReason = 'blank' | 'totals' | 'signature' | 'repeatedHeader' | 'caption' | 'noHeader' | 'hiddenSheet'

export interface Skipped {
  sheet: string
  row: number
  reason: SkipReason
}

/** How one sheet's columns were understood; shown before anything is confirmed, and remembered. */
export interface SheetColumns<F extends string> {
  sheet: string
  headerTop: number
  headerBottom: number
  columns: ColumnMatch<F>[]
}

export interface Parsed<T, F extends string> {
  rows: ParsedRow<T>[]
  findings: Finding[]
  columns: SheetColumns<F>[]
  refusedRows: RefusedRow[]
  skipped: Skipped[]
}
