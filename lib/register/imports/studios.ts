import type { SheetData } from '../../platform/workbook/sheet.ts'
import type { Subject } from '../../rules/register/vocabulary.ts'
import type { STUDIO_LEVELS, StudioKind } from '../../rules/talent/studio.ts'
import type { LocalDate } from '../../rules/values/dates.ts'
import type { ImportContext, Parsed, ParsedRow } from './parsed.ts'
import { readIdOf } from './person-id.ts'
import { columnsOf, emptyParsed, missingColumn, readKnownSchool } from './read-table.ts'
import { cleanName } from './read-text.ts'
import { RowReader, type RowRules } from './row-reader.ts'
import { SchoolFinder } from './school-names.ts'
import { readStudioCells } from './studio-cells.ts'
import { STUDIO_INDEX, type StudioField } from './studio-columns.ts'
import { agreeOnStudios } from './studio-groups.ts'
import { readTables } from './table.ts'
import { STUDIO_ROLE_WORDS } from './talent-words.ts'

/** Somebody a row puts into a studio, as the workbook names them. */
export interface StudioPerson {
  role: 'host' | 'member'
  name: string
  staffNo: string | null
  idNumber: string | null
  school: string | null
  from: LocalDate | null
  last: LocalDate | null
}

/** One row of a list of studios: what it says of the studio, and of one person or of all of them. */
export interface StudioRecord {
  studio: string
  level: (typeof STUDIO_LEVELS)[number] | null
  kind: StudioKind | null
  /** The kind was read out of the name, for want of a column. */
  kindGuessed: boolean
  subject: Subject | null
  from: LocalDate | null
  last: LocalDate | null
  people: StudioPerson[]
}

type Reader = RowReader<StudioField>

/** Reads a list of studios in either form: one person a row, or one studio a row with its people in cells. */
export function parseStudios(sheets: readonly SheetData[], context: ImportContext): Parsed<StudioRecord, StudioField> {
  const parsed = emptyParsed<StudioRecord, StudioField>()
  const { findings } = parsed
  const finder = new SchoolFinder(context.schools)
  const { tables, skipped } = readTables(sheets, { index: STUDIO_INDEX, prepared: ['seq'] }, context.mapping, findings)
  parsed.skipped = skipped
  const rules: RowRules<StudioField> = {
    required: new Set(['studio']),
    computed: new Set(['seq']),
    statisticsDate: context.statisticsDate,
  }
  const read: { row: Reader; parsed: ParsedRow<StudioRecord> }[] = []
  for (const table of tables) {
    parsed.columns.push(columnsOf(table))
    const listed = table.column.has('host') || table.column.has('members')
    const needed: StudioField[] = listed ? ['studio'] : ['studio', 'name']
    const missing = needed.filter((field) => !table.column.has(field))
    for (const field of missing) findings.push(missingColumn(table.sheet.name, table.header.bottom, field))
    let above: string | null = null
    for (const { row: source } of table.rows) {
      const row = new RowReader(table, source, rules, findings)
      const record = readStudioCells(row)
      if (record.studio === '' && above !== null && !listed) {
        record.studio = above
        row.report('studio', 'W-STUDIO-ABOVE', 'warning', { studio: above }, above)
        row.said.add('studio')
      }
      above = record.studio || above
      record.people = listed ? listedPeople(row, finder) : [onePerson(row, finder)]
      row.requireAll({ name: 'E-NAME-MISSING' }, needed)
      const at = { sheet: table.sheet.name, row: source.number }
      if (missing.length > 0) {
        parsed.refusedRows.push({ ...at, name: record.people[0]?.name || record.studio || null })
        continue
      }
      read.push({ row, parsed: { ...at, record, said: [], cells: [...row.said] } })
    }
  }
  agreeOnStudios(read)
  for (const { row, parsed: one } of read)
    if (row.refused)
      parsed.refusedRows.push({
        sheet: one.sheet,
        row: one.row,
        name: one.record.people[0]?.name || one.record.studio || null,
      })
    else parsed.rows.push(one)
  return parsed
}

export type ReadStudio = { row: Reader; parsed: ParsedRow<StudioRecord> }

function onePerson(row: Reader, finder: SchoolFinder): StudioPerson {
  const role = row.word('role', STUDIO_ROLE_WORDS, { unknown: 'E-STUDIO-ROLE' })
  const [from, last] = [row.day('memberFrom'), row.day('memberLast')]
  if (from && last && last < from) row.report('memberLast', 'E-PERIOD-ORDER', 'error', { start: from, end: last })
  return {
    role: role ?? 'member',
    name: row.text('name', cleanName) ?? '',
    staffNo: staffNoOf(row),
    idNumber: readIdOf(row)?.text ?? null,
    school: readKnownSchool(row, 'school', finder, 'warning'),
    from,
    last,
  }
}

const staffNoOf = (row: Reader): string | null => row.text('staffNo')?.normalize('NFKC').toUpperCase() ?? null

const PARTED = /[、，,；;\n]+/
const WITH_SCHOOL = /^(.+?)\s*[（(]\s*(.+?)\s*[)）]$/

/** 张某（第一小学）、李某: everybody a cell names, with the school where one stands behind the name. */
function listedPeople(row: Reader, finder: SchoolFinder): StudioPerson[] {
  const people: StudioPerson[] = []
  const add = (role: StudioPerson['role'], text: string, school: string | null) => {
    const match = WITH_SCHOOL.exec(text)
    const name = cleanName(match?.[1] ?? text).text
    if (name === '' || /^(无|暂缺|空缺|—|-|\/)$/.test(name)) return
    const named = match?.[2] ? (finder.find(match[2])?.name ?? null) : null
    if (people.some((one) => one.name === name && one.school === (named ?? school))) return
    people.push({ role, name, staffNo: null, idNumber: null, school: named ?? school, from: null, last: null })
  }
  const hostSchool = readKnownSchool(row, row.has('hostSchool') ? 'hostSchool' : 'school', finder, 'warning')
  for (const text of row.text('host')?.split(PARTED) ?? []) add('host', text.trim(), hostSchool)
  for (const text of row.text('members')?.split(PARTED) ?? []) add('member', text.trim(), null)
  const hosts = people.filter(({ role }) => role === 'host')
  if (hosts.length > 1)
    row.report('host', 'E-STUDIO-HOSTS', 'error', { names: hosts.map(({ name }) => name).join('、') })
  return people
}
