import type { Finding } from '../../platform/workbook/finding.ts'
import { columnLetter, type SheetData } from '../../platform/workbook/sheet.ts'
import type { StaffRecord } from '../../rules/register/records.ts'
import type { ImportContext, Parsed, ParsedRow, RefusedRow } from './parsed.ts'
import { checkStaffRow } from './roster-checks.ts'
import { ROSTER_COMPUTED, ROSTER_INDEX, ROSTER_REQUIRED, type RosterField } from './roster-columns.ts'
import { refuseDuplicates, type SeenPerson } from './roster-duplicates.ts'
import { readStaffRow } from './roster-row.ts'
import { RowReader, type RowRules } from './row-reader.ts'
import { SchoolFinder } from './school-names.ts'
import { readTables, type Table } from './table.ts'

const REQUIRED = new Set<RosterField>([...ROSTER_REQUIRED, 'stage', 'subject'])
const MISSING: Partial<Record<RosterField, string>> = { idNumber: 'E-ID-MISSING', name: 'E-NAME-MISSING' }
/** Fields of a roster column that are not fields of the record. */
const COLUMN_ONLY = new Set<RosterField>(['seq', 'age', 'teachingYears', 'honourDates', 'inEstablishment', 'birth'])

/** Rows of one workbook mostly say the same fields: equal lists are kept once. */
class SaidLists {
  readonly #lists = new Map<string, readonly (keyof StaffRecord)[]>()

  of(said: ReadonlySet<RosterField>): readonly (keyof StaffRecord)[] {
    const fields = [...said].filter((field) => !COLUMN_ONLY.has(field)) as (keyof StaffRecord)[]
    if (said.has('idNumber')) fields.push('birth')
    const key = fields.join()
    const known = this.#lists.get(key)
    if (known) return known
    this.#lists.set(key, fields)
    return fields
  }
}

/** A required column that is not there refuses every new person, but is said once. */
function missingColumns(table: Table<RosterField>, hasSchool: boolean, findings: Finding[]): boolean {
  const missing = ROSTER_REQUIRED.filter((field) => {
    if (field === 'school' && hasSchool) return false
    return !table.column.has(field) && !(field === 'form' && table.column.has('inEstablishment'))
  })
  for (const field of missing)
    findings.push({
      sheet: table.sheet.name,
      row: table.header.bottom,
      column: null,
      field,
      code: 'E-COLUMN-MISSING',
      severity: 'error',
      values: {},
      original: '',
      mended: null,
    })
  return missing.length > 0
}

/** Reads a staff roster 教职工花名册: one sheet for all schools or one for each (R-IMP-1, domain.md §7.3 c). */
export function parseRoster(sheets: readonly SheetData[], context: ImportContext): Parsed<StaffRecord, RosterField> {
  const finder = new SchoolFinder(context.schools)
  const findings: Finding[] = []
  const spec = {
    index: ROSTER_INDEX,
    prepared: ['seq', 'school'] as const,
    isCaption: (text: string) => finder.find(text) !== null,
  }
  const { tables, skipped } = readTables(sheets, spec, context.mapping, findings)
  const rules: RowRules<RosterField> = {
    required: REQUIRED,
    computed: ROSTER_COMPUTED,
    statisticsDate: context.statisticsDate,
  }
  const rows: ParsedRow<StaffRecord>[] = []
  const refusedRows: RefusedRow[] = []
  const people: SeenPerson[] = []
  const lists = new SaidLists()
  for (const table of tables) {
    const ofSheet = finder.find(table.sheet.name)?.name ?? null
    const hasCaption = table.rows.some(({ caption }) => caption !== null)
    const isPartial = missingColumns(table, ofSheet !== null || hasCaption, findings)
    const idColumn = table.column.get('idNumber')
    for (const { row: source, caption } of table.rows) {
      const row = new RowReader(table, source, rules, findings)
      // 序号 is read for nothing but a formula or an error in it
      row.value('seq')
      const school = caption === null ? ofSheet : (finder.find(caption)?.name ?? ofSheet)
      const record = readStaffRow(row, { school, finder, context })
      checkStaffRow(row, record, context.statisticsDate)
      const known = row.said.has('idNumber') && context.isKnown?.(record.idNumber) === true
      row.requireAll(MISSING, known ? ['idNumber'] : requiredOf(record))
      const at = { sheet: table.sheet.name, row: source.number }
      const parsed = { ...at, record, said: lists.of(row.said) }
      const refused = row.refused || (isPartial && !known) || (!known && record.school === '')
      if (record.idNumber !== '')
        people.push({ ...parsed, refused, column: idColumn === undefined ? null : columnLetter(idColumn) })
      if (refused)
        refusedRows.push({ ...at, name: record.name || null, idNumber: record.idNumber, school: record.school })
      else rows.push(parsed)
    }
  }
  const twice = refuseDuplicates(people, findings, context.keepFirstDuplicate === true)
  for (const person of people)
    if (twice.has(person) && !person.refused)
      refusedRows.push({
        sheet: person.sheet,
        row: person.row,
        name: person.record.name,
        idNumber: person.record.idNumber,
        school: person.record.school,
      })
  const refusedRecords = new Set([...twice].map((person) => person.record))
  const columns = tables.map(({ sheet, header }) => ({
    sheet: sheet.name,
    headerTop: header.top,
    headerBottom: header.bottom,
    columns: header.columns,
  }))
  return { rows: rows.filter(({ record }) => !refusedRecords.has(record)), findings, columns, refusedRows, skipped }
}

function requiredOf(record: StaffRecord): readonly RosterField[] {
  return record.category === 'teacher' ? [...ROSTER_REQUIRED, 'stage', 'subject'] : ROSTER_REQUIRED
}
