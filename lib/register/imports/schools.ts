import type { Finding } from '../../platform/workbook/finding.ts'
import type { SheetData } from '../../platform/workbook/sheet.ts'
import type { SchoolRecord, StageResources } from '../../rules/register/records.ts'
import type { Locality } from '../../rules/register/vocabulary.ts'
import { yearOf } from '../../rules/values/dates.ts'
import type { ImportContext, Parsed, ParsedRow, RefusedRow } from './parsed.ts'
import { halfWidth } from './read-text.ts'
import { RowReader, type RowRules } from './row-reader.ts'
import { CLASS_FIELDS, RESOURCE_KINDS, SCHOOL_INDEX, SCHOOL_REQUIRED, type SchoolField } from './school-columns.ts'
import { SchoolFinder } from './school-names.ts'
import { readTables } from './table.ts'
import { LOCALITY_WORDS, SCHOOL_KIND_WORDS } from './words.ts'

type Reader = RowReader<SchoolField>

const MOST = 1_000_000_000
const EARLIEST_YEAR = 1840

/** 城乡分类代码 → class (domain.md §1.1): 11x urban, 12x town, 2xx rural. */
function localityOfCode(code: string | null): Locality | null {
  if (code === null) return null
  if (/^11\d$/.test(code)) return 'urban'
  if (/^12\d$/.test(code)) return 'town'
  return /^2\d\d$/.test(code) ? 'rural' : null
}

function readResources(row: Reader, stage: 'P' | 'J'): StageResources | null {
  const [teachingArea, sportsArea, equipmentValue, networkedRooms] = RESOURCE_KINDS.map((kind) =>
    row.whole(`${stage}_${kind}`, 0, MOST),
  )
  const resources = {
    teachingArea: teachingArea!,
    sportsArea: sportsArea!,
    equipmentValue: equipmentValue!,
    networkedRooms: networkedRooms!,
  }
  return Object.values(resources).every((value) => value === null) ? null : resources
}

function readCode(row: Reader): string {
  const text = row.text('code')
  if (text === null) return ''
  const code = halfWidth(text).text.replace(/\s/g, '')
  if (!/^\d{10}$/.test(code)) row.report('code', 'E-SCHOOL-CODE', 'error', { length: code.length })
  return code
}

const splitNames = (text: string | null): string[] =>
  text === null || /^(无|—|-)$/.test(text)
    ? []
    : text
        .split(/[、，,；;\n]+/)
        .map((name) => name.trim())
        .filter((name) => name !== '')

function readSchoolRow(row: Reader, thisYear: number): SchoolRecord {
  const localityCode = row.text('localityCode')
  const locality = row.word('locality', LOCALITY_WORDS, { unknown: 'E-LOCALITY' })
  const byCode = localityOfCode(localityCode)
  if (localityCode !== null && byCode === null)
    row.report('localityCode', 'W-LOCALITY-CODE', 'warning', { value: localityCode.slice(0, 20) })
  if (locality && byCode && locality !== byCode)
    row.report('locality', 'W-LOCALITY', 'warning', { code: localityCode ?? '' })
  if (locality === null && byCode === null && !row.failed.has('locality'))
    row.report(row.has('locality') ? 'locality' : 'name', 'E-LOCALITY', 'error', { value: '' })
  const [x, y] = [row.decimal('x'), row.decimal('y')]
  return {
    code: readCode(row),
    name: row.text('name') ?? '',
    shortName: row.text('shortName'),
    aliases: splitNames(row.text('aliases')),
    kind: row.word('kind', SCHOOL_KIND_WORDS, { unknown: 'E-SCHOOL-KIND' }) ?? 'primary',
    typeCode: row.text('typeCode'),
    localityCode,
    locality: locality ?? byCode ?? 'urban',
    quality: row.yesNo('quality') ?? false,
    zone: row.text('zone'),
    group: row.text('group'),
    branchOf: row.text('branchOf'),
    foundedYear: row.whole('foundedYear', EARLIEST_YEAR, thisYear),
    pupils: { P: row.whole('pupilsP', 0, MOST) ?? 0, J: row.whole('pupilsJ', 0, MOST) ?? 0 },
    classes: CLASS_FIELDS.map((field) => row.whole(field, 0, 200) ?? 0),
    establishment: row.whole('establishment', 0, 10_000),
    seats: row.whole('seats', 0, MOST),
    oneSchoolOnePlan: row.yesNo('oneSchoolOnePlan') ?? false,
    addedSeats: row.whole('addedSeats', 0, MOST),
    interactive: row.yesNo('interactive') ?? false,
    pairedSchool: row.text('pairedSchool'),
    pairedClasses: row.whole('pairedClasses', 0, 10_000),
    smartCampus: row.yesNo('smartCampus') ?? false,
    resources: { P: readResources(row, 'P'), J: readResources(row, 'J') },
    position: x === null || y === null ? null : { x, y },
  }
}

/** Which record fields a row said: several columns make up `pupils`, `classes`, `resources`, `position`. */
function saidFields(said: ReadonlySet<SchoolField>): (keyof SchoolRecord)[] {
  const fields = new Set<keyof SchoolRecord>()
  for (const field of said) {
    if (field === 'pupilsP' || field === 'pupilsJ') fields.add('pupils')
    else if (field.startsWith('class')) fields.add('classes')
    else if (field.startsWith('P_') || field.startsWith('J_')) fields.add('resources')
    else if (field === 'x' || field === 'y') fields.add('position')
    else if (field !== 'seq') fields.add(field as keyof SchoolRecord)
  }
  if (said.has('localityCode')) fields.add('locality')
  return [...fields]
}

/** Reads the school list 学校基本情况一览表, with the research centre and without its totals. */
export function parseSchools(
  sheets: readonly SheetData[],
  context: Omit<ImportContext, 'schools'>,
): Parsed<SchoolRecord, SchoolField> {
  const findings: Finding[] = []
  const { tables, skipped } = readTables(sheets, { index: SCHOOL_INDEX, prepared: ['seq'] }, context.mapping, findings)
  const rules: RowRules<SchoolField> = {
    required: new Set(SCHOOL_REQUIRED),
    computed: new Set(['seq']),
    statisticsDate: context.statisticsDate,
  }
  const read: { row: Reader; parsed: ParsedRow<SchoolRecord> }[] = []
  const seen = new Map<string, number>()
  for (const table of tables) {
    for (const { row: source } of table.rows) {
      const row = new RowReader(table, source, rules, findings)
      const record = readSchoolRow(row, yearOf(context.statisticsDate))
      row.requireAll({}, SCHOOL_REQUIRED)
      for (const [field, value] of [
        ['code', record.code],
        ['name', record.name],
      ] as const) {
        if (value === '') continue
        const first = seen.get(`${field}:${value}`)
        if (first === undefined) seen.set(`${field}:${value}`, source.number)
        else row.report(field, 'E-DUP-SCHOOL', 'error', { row: first, value })
      }
      read.push({
        row,
        parsed: {
          sheet: table.sheet.name,
          row: source.number,
          record,
          said: saidFields(row.said),
          cells: [...row.said],
        },
      })
    }
    for (const field of SCHOOL_REQUIRED)
      if (!table.column.has(field))
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
  }
  // References among schools are settled once all names are known
  const finder = new SchoolFinder(read.map(({ parsed }) => parsed.record))
  for (const { row, parsed } of read) {
    for (const field of ['branchOf', 'pairedSchool'] as const) {
      const name = parsed.record[field]
      if (name === null) continue
      const school = finder.find(name)
      if (school) parsed.record[field] = school.name
      else row.report(field, 'W-SCHOOL-REFERENCE', 'warning', { value: name.slice(0, 40) })
    }
  }
  const incomplete = new Set(
    tables.filter(({ column }) => SCHOOL_REQUIRED.some((field) => !column.has(field))).map(({ sheet }) => sheet.name),
  )
  const isRefused = ({ row, parsed }: (typeof read)[number]) => row.refused || incomplete.has(parsed.sheet)
  const refusedRows: RefusedRow[] = read
    .filter(isRefused)
    .map(({ parsed }) => ({ sheet: parsed.sheet, row: parsed.row, name: parsed.record.name || null }))
  const rows = read.filter((entry) => !isRefused(entry)).map(({ parsed }) => parsed)
  const columns = tables.map(({ sheet, header }) => ({
    sheet: sheet.name,
    headerTop: header.top,
    headerBottom: header.bottom,
    columns: header.columns,
  }))
  return { rows, findings, columns, refusedRows, skipped }
}
