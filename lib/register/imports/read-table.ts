import type { Finding } from '../../platform/workbook/finding.ts'
import type { ImportContext, Parsed } from './parsed.ts'
import type { RowReader } from './row-reader.ts'
import type { SchoolFinder } from './school-names.ts'
import type { Table } from './table.ts'

/** A column that every row needs and the sheet does not have. */
export const missingColumn = <F extends string>(sheet: string, row: number, field: F): Finding => ({
  sheet,
  row,
  column: null,
  field,
  code: 'E-COLUMN-MISSING',
  severity: 'error',
  values: {},
  original: '',
  mended: null,
})

export const emptyParsed = <T, F extends string>(): Parsed<T, F> => ({
  rows: [],
  findings: [],
  columns: [],
  refusedRows: [],
  skipped: [],
})

/** How a sheet's columns were understood, for the page. */
export const columnsOf = <F extends string>({ sheet, header }: Table<F>) => ({
  sheet: sheet.name,
  headerTop: header.top,
  headerBottom: header.bottom,
  columns: header.columns,
})

/** A school of the register that a cell names; null when it is empty or names none, which is reported. */
export function readKnownSchool<F extends string>(
  row: RowReader<F>,
  field: F,
  finder: SchoolFinder,
  severity: 'error' | 'warning' = 'error',
): string | null {
  const text = row.text(field)
  if (text === null || /^(无|—|-|\/)$/.test(text)) return null
  const school = finder.find(text)
  if (school && school.name !== text) row.report(field, 'M-SCHOOL', 'mended', {}, school.name)
  if (school) return school.name
  row.said.delete(field)
  row.report(field, severity === 'error' ? 'E-SCHOOL-UNKNOWN' : 'W-SCHOOL-UNKNOWN', severity, {
    value: text.slice(0, 40),
    suggestions: finder.suggest(text).join('、'),
  })
  return null
}

/** A day that has come by the day the workbook speaks of. */
export function readPastDay<F extends string>(row: RowReader<F>, field: F, { statisticsDate }: ImportContext) {
  const day = row.day(field)
  if (day === null || day <= statisticsDate) return day
  row.report(field, 'E-DATE-FUTURE', 'error', { value: day, date: statisticsDate })
  return null
}
