import type { Finding } from '../../platform/workbook/finding.ts'
import { findHeader } from '../../platform/workbook/header.ts'
import { cellText, type SheetData } from '../../platform/workbook/sheet.ts'
import type { TitleIndex } from '../../platform/workbook/titles.ts'
import type { DisciplineRecord, LeaveRecord, RotationRecord } from '../../rules/register/records.ts'
import type { RotationForm } from '../../rules/register/vocabulary.ts'
import { monthOf } from '../../rules/values/dates.ts'
import type { ImportContext, Parsed } from './parsed.ts'
import { readIdOf } from './person-id.ts'
import { cleanName } from './read-text.ts'
import { DISCIPLINE_INDEX, LEAVE_INDEX, type RegisterField, ROTATION_INDEX } from './register-columns.ts'
import { RowReader, type RowRules } from './row-reader.ts'
import { SchoolFinder } from './school-names.ts'
import { readTables } from './table.ts'
import { DISCIPLINE_WORDS, LEAVE_WORDS, ROTATION_FORM_WORDS } from './words.ts'

type Reader = RowReader<RegisterField>

export interface ParsedRegisters {
  rotations: Parsed<RotationRecord, RegisterField>
  leaves: Parsed<LeaveRecord, RegisterField>
  disciplines: Parsed<DisciplineRecord, RegisterField>
}
type RegisterKind = keyof ParsedRegisters

/** Which register a sheet is: by the columns only one has, then by words of its name, title or kinds. */
export function registerKindOf(sheet: SheetData): RegisterKind | null {
  const rotation = findHeader(sheet, ROTATION_INDEX)
  if (rotation?.columns.some(({ field }) => field === 'toSchool' || field === 'movesRelation')) return 'rotations'
  const event = findHeader(sheet, LEAVE_INDEX)
  if (!event) return null
  const kindColumn = event.columns.find(({ field }) => field === 'kind')?.index
  const tally = { leaves: 0, disciplines: 0 }
  for (const row of sheet.rows.slice(0, 300)) {
    if (row.number <= event.bottom || kindColumn === undefined) continue
    const text = cellText(row.cells[kindColumn]).trim()
    if (LEAVE_WORDS.read(text)) tally.leaves++
    if (DISCIPLINE_WORDS.read(text)) tally.disciplines++
  }
  if (tally.leaves !== tally.disciplines) return tally.leaves > tally.disciplines ? 'leaves' : 'disciplines'
  const title =
    sheet.name +
    sheet.rows
      .filter((row) => row.number < event.top)
      .map((row) => cellText(row.cells[0]))
      .join('')
  if (/处分|调查|违纪/.test(title)) return 'disciplines'
  return /休假|请假|借调|生育|产假/.test(title) ? 'leaves' : null
}

/** Reads the registers a roster cannot hold (domain.md §7.3): rotation records, leave and births, discipline. */
export function parseRegisters(sheets: readonly SheetData[], context: ImportContext): ParsedRegisters {
  const finder = new SchoolFinder(context.schools)
  const of = (kind: RegisterKind) =>
    sheets.filter((sheet) => (registerKindOf(sheet) ?? (kind === 'rotations' ? kind : null)) === kind)
  return {
    rotations: parseRegister(of('rotations'), ROTATION_INDEX, context, {
      required: ['fromSchool', 'toSchool', 'start'],
      read: (row) => readRotation(row, finder, context),
    }),
    leaves: parseRegister(of('leaves'), LEAVE_INDEX, context, {
      required: ['kind'],
      read: (row) => readLeave(row, finder),
    }),
    disciplines: parseRegister(of('disciplines'), DISCIPLINE_INDEX, context, {
      required: ['kind', 'start'],
      read: (row) => readDiscipline(row, finder),
    }),
  }
}

interface RegisterReading<T> {
  required: readonly RegisterField[]
  read(row: Reader): T
}

function parseRegister<T extends { name: string; idNumber: string }>(
  sheets: readonly SheetData[],
  index: TitleIndex<RegisterField>,
  context: ImportContext,
  { required, read }: RegisterReading<T>,
): Parsed<T, RegisterField> {
  const parsed: Parsed<T, RegisterField> = { rows: [], findings: [], columns: [], refusedRows: [], skipped: [] }
  if (sheets.length === 0) return parsed
  const { tables, skipped } = readTables(
    sheets,
    { index, prepared: ['seq', 'school'] },
    context.mapping,
    parsed.findings,
  )
  parsed.skipped = skipped
  const needed: readonly RegisterField[] = ['idNumber', ...required]
  const rules: RowRules<RegisterField> = {
    required: new Set(needed),
    computed: new Set(['seq']),
    statisticsDate: context.statisticsDate,
  }
  const seen = new Map<string, number>()
  for (const table of tables) {
    const { sheet, header } = table
    parsed.columns.push({
      sheet: sheet.name,
      headerTop: header.top,
      headerBottom: header.bottom,
      columns: header.columns,
    })
    const missing = needed.filter((field) => !table.column.has(field))
    for (const field of missing) parsed.findings.push(missingColumn(sheet.name, header.bottom, field))
    for (const { row: source } of table.rows) {
      const row = new RowReader(table, source, rules, parsed.findings)
      const record = read(row)
      row.requireAll({ idNumber: 'E-ID-MISSING' }, needed)
      const key = JSON.stringify(record)
      const first = seen.get(key)
      if (first !== undefined && !row.refused) row.report('idNumber', 'E-DUP-ROW', 'error', { row: first })
      else seen.set(key, source.number)
      if (row.refused || missing.length > 0)
        parsed.refusedRows.push({ sheet: sheet.name, row: source.number, name: record.name || null })
      else
        parsed.rows.push({
          sheet: sheet.name,
          row: source.number,
          record,
          said: [...row.said].filter((field) => field in record) as (keyof T)[],
        })
    }
  }
  return parsed
}

const missingColumn = (sheet: string, row: number, field: RegisterField): Finding => ({
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

function readPerson(row: Reader): { name: string; idNumber: string } {
  const name = row.text('name', cleanName) ?? ''
  return { name, idNumber: readIdOf(row)?.text ?? '' }
}

function readSchool(row: Reader, field: 'school' | 'fromSchool' | 'toSchool', finder: SchoolFinder): string {
  const text = row.text(field)
  if (text === null) return ''
  const school = finder.find(text)
  if (school && school.name !== text) row.report(field, 'M-SCHOOL', 'mended', {}, school.name)
  if (!school)
    row.report(field, 'E-SCHOOL-UNKNOWN', 'error', {
      value: text.slice(0, 40),
      suggestions: finder.suggest(text).join('、'),
    })
  return school?.name ?? ''
}

/** The form by its code, by its name, and by both when they agree. */
function readForm(row: Reader): RotationForm {
  const code = row.whole('formCode', 1, 9)
  const word = row.word('form', ROTATION_FORM_WORDS, { unknown: 'E-ROTATION-FORM' })
  if (code !== null && word !== null && String(code) !== word)
    row.report('form', 'E-ROTATION-FORM', 'error', { value: String(code) })
  const form = code ?? (word === null ? null : Number(word))
  if (form !== null) row.said.add('form')
  else if (!row.failed.has('form') && !row.failed.has('formCode'))
    row.report(row.has('form') ? 'form' : 'idNumber', 'E-ROTATION-FORM', 'error', { value: '' })
  return (form ?? 9) as RotationForm
}

/** 结束 ≥ 开始, and the two units differ (domain.md §2.6 [S50]). */
function readRotation(row: Reader, finder: SchoolFinder, { statisticsDate }: ImportContext): RotationRecord {
  const person = readPerson(row)
  const form = readForm(row)
  const relationSchool = readSchool(row, 'school', finder)
  const [fromSchool, toSchool] = [readSchool(row, 'fromSchool', finder), readSchool(row, 'toSchool', finder)]
  if (fromSchool !== '' && fromSchool === toSchool)
    row.report('toSchool', 'E-SAME-SCHOOL', 'error', { value: toSchool })
  // A register runs past the statistics date: what has begun since is in it, and planned ends lie ahead
  const start = row.month('start', { mayBeAhead: true })
  const end = readEnd(row)
  if (start && end && end < start) row.report('end', 'E-PERIOD-ORDER', 'error', { start, end })
  const note = row.text('note')
  return {
    ...person,
    relationSchool: relationSchool || fromSchool,
    form,
    movesRelation: row.yesNo('movesRelation') ?? false,
    fromSchool,
    toSchool,
    start: start ?? monthOf(statisticsDate),
    end,
    planned: note?.includes('计划') === true || (end !== null && end > monthOf(statisticsDate)),
    note,
  }
}

/** 至今 is an open end. */
function readEnd(row: Reader) {
  const value = row.value('end')
  return typeof value === 'string' && /^\s*(至今|现在|今)\s*$/.test(value)
    ? null
    : row.month('end', { mayBeAhead: true })
}

function readLeave(row: Reader, finder: SchoolFinder): LeaveRecord {
  const person = readPerson(row)
  const school = readSchool(row, 'school', finder)
  const kind = row.word('kind', LEAVE_WORDS, { unknown: 'E-LEAVE-KIND' }) ?? 'sick'
  const [start, end, childBirth] = [row.day('start'), row.day('end'), row.day('childBirth')]
  if (start && end && end < start) row.report('end', 'E-PERIOD-ORDER', 'error', { start, end })
  if (kind === 'birth' && childBirth === null && !row.failed.has('childBirth'))
    row.report(row.has('childBirth') ? 'childBirth' : 'kind', 'E-CHILD-BIRTH', 'error')
  if (kind !== 'birth' && kind !== 'pregnancy' && start === null && !row.failed.has('start'))
    row.report(row.has('start') ? 'start' : 'kind', 'E-REQUIRED', 'error')
  return { ...person, school, kind, start, end, childBirth }
}

function readDiscipline(row: Reader, finder: SchoolFinder): DisciplineRecord {
  const person = readPerson(row)
  const school = readSchool(row, 'school', finder)
  const kind = row.word('kind', DISCIPLINE_WORDS, { unknown: 'E-DISCIPLINE-KIND' }) ?? 'warning'
  const [start, end] = [row.day('start'), row.day('end')]
  if (start && end && end < start) row.report('end', 'E-PERIOD-ORDER', 'error', { start, end })
  return { ...person, school, kind, start: start ?? ('1900-01-01' as DisciplineRecord['start']), end }
}
