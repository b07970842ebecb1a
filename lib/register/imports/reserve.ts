import type { SheetData } from '../../platform/workbook/sheet.ts'
import type { CertificateKind, EducationLevel, Sex, Stage, Subject } from '../../rules/register/vocabulary.ts'
import type { CandidateState, ReserveChannel } from '../../rules/reserve/pipeline.ts'
import type { LocalDate } from '../../rules/values/dates.ts'
import type { ImportContext, Parsed } from './parsed.ts'
import { columnsOf, emptyParsed, missingColumn, readKnownSchool, readPastDay } from './read-table.ts'
import { cleanName } from './read-text.ts'
import { RESERVE_INDEX, RESERVE_NOT_READ, type ReserveField } from './reserve-columns.ts'
import { RowReader, type RowRules } from './row-reader.ts'
import { SchoolFinder } from './school-names.ts'
import { readTables, type Table } from './table.ts'
import { BASIS_WORDS, CANDIDATE_STATE_WORDS, CHANNEL_WORDS } from './talent-words.ts'
import { CERTIFICATE_WORDS, EDUCATION_WORDS, SEX_WORDS, STAGE_WORDS, SUBJECT_WORDS } from './words.ts'

/** One person of the reserve as a row says; null where it says nothing. */
export interface ReserveRecord {
  number: string | null
  name: string
  sex: Sex | null
  year: number | null
  channel: ReserveChannel | null
  stage: Stage | null
  subject: Subject | null
  education: EducationLevel | null
  graduatedFrom: string | null
  major: string | null
  certificateKind: CertificateKind | null
  certificateSubject: Subject | null
  state: CandidateState | null
  pooledOn: LocalDate | null
  poolUntil: LocalDate | null
  placedSchool: string | null
  placedFrom: LocalDate | null
  basis: 'establishment' | 'labour' | null
  leftOn: LocalDate | null
  leftReason: string | null
}

type Reader = RowReader<ReserveField>

/** Reads a list of reserve hires 储备人才库名册 (domain.md §7.3 i). */
export function parseReserve(
  sheets: readonly SheetData[],
  context: ImportContext,
): Parsed<ReserveRecord, ReserveField> {
  const parsed = emptyParsed<ReserveRecord, ReserveField>()
  const { findings } = parsed
  const finder = new SchoolFinder(context.schools)
  const { tables, skipped } = readTables(sheets, { index: RESERVE_INDEX, prepared: ['seq'] }, context.mapping, findings)
  parsed.skipped = skipped
  const rules: RowRules<ReserveField> = {
    required: new Set(['name']),
    computed: new Set(['seq', ...RESERVE_NOT_READ]),
    statisticsDate: context.statisticsDate,
  }
  for (const table of tables) {
    parsed.columns.push(columnsOf(table))
    const at = { sheet: table.sheet.name, row: table.header.bottom }
    const isMissing = !table.column.has('name')
    if (isMissing) findings.push(missingColumn<ReserveField>(at.sheet, at.row, 'name'))
    tellNotRead(table, findings)
    for (const { row: source } of table.rows) {
      const row = new RowReader(table, source, rules, findings)
      const record = readReserveRow(row, finder, context)
      row.requireAll({ name: 'E-NAME-MISSING' }, record.number === null ? ['name'] : [])
      const place = { sheet: table.sheet.name, row: source.number }
      if (row.refused || isMissing) parsed.refusedRows.push({ ...place, name: record.name || null })
      else {
        const said = (Object.keys(record) as (keyof ReserveRecord)[]).filter((field) => record[field] !== null)
        parsed.rows.push({ ...place, record, said: said.filter((field) => field !== 'name' || record.name !== '') })
      }
    }
  }
  return parsed
}

/** One note a sheet for the columns that are left to the person's page. */
function tellNotRead({ sheet, header }: Table<ReserveField>, findings: Parsed<unknown, string>['findings']): void {
  const left = header.columns.filter(({ field }) => RESERVE_NOT_READ.some((one) => one === field))
  if (left.length === 0) return
  const values = { columns: left.map(({ title }) => title).join('、') }
  findings.push({
    ...missingColumn(sheet.name, header.bottom, 'name'),
    field: null,
    code: 'W-RESERVE-NOT-READ',
    severity: 'warning',
    values,
  })
}

function readReserveRow(row: Reader, finder: SchoolFinder, context: ImportContext): ReserveRecord {
  row.value('seq')
  const post = readPost(row)
  const days = {
    pooledOn: readPastDay(row, 'pooledOn', context),
    poolUntil: row.day('poolUntil'),
    placedFrom: row.day('placedFrom'),
    leftOn: readPastDay(row, 'leftOn', context),
  }
  const order = [days.pooledOn, days.leftOn ?? days.placedFrom]
  if (order[0] && order[1] && order[1] < order[0])
    row.report(days.leftOn ? 'leftOn' : 'placedFrom', 'E-PERIOD-ORDER', 'error', { start: order[0], end: order[1] })
  return {
    number: row.text('number')?.normalize('NFKC') ?? null,
    name: row.text('name', cleanName) ?? '',
    sex: row.word('sex', SEX_WORDS, { unknown: 'E-SEX' }),
    year: row.whole('year', 2000, 2100),
    channel: row.word('channel', CHANNEL_WORDS, { unknown: 'E-RESERVE-CHANNEL' }),
    stage: row.word('stage', STAGE_WORDS, { unknown: 'E-STAGE' }) ?? post.stage,
    subject: row.word('subject', SUBJECT_WORDS, { unknown: 'E-SUBJECT', old: 'M-OLD-SUBJECT' }) ?? post.subject,
    education: row.word('education', EDUCATION_WORDS, { unknown: 'W-EDUCATION', severity: 'warning' }),
    graduatedFrom: row.text('graduatedFrom'),
    major: row.text('major'),
    certificateKind: row.word('certificateKind', CERTIFICATE_WORDS, { unknown: 'W-CERT-KIND', severity: 'warning' }),
    certificateSubject: row.word('certificateSubject', SUBJECT_WORDS, { unknown: 'E-SUBJECT', old: 'M-OLD-SUBJECT' }),
    state: row.word('state', CANDIDATE_STATE_WORDS, { unknown: 'E-RESERVE-STATE' }),
    ...days,
    placedSchool: readKnownSchool(row, 'placedSchool', finder),
    basis: row.word('basis', BASIS_WORDS, { unknown: 'E-RESERVE-BASIS' }),
    leftReason: row.text('leftReason'),
  }
}

/** 报考岗位 in one cell: 小学数学, 初中物理教师. */
function readPost(row: Reader): { stage: Stage | null; subject: Subject | null } {
  const text = row.text('post')
  if (text === null) return { stage: null, subject: null }
  const match = /^(小学|初中|初级中学|高中|幼儿园)[\s·-]*(.*?)(教师|老师|岗位?)?$/.exec(text)
  const stage = match ? (STAGE_WORDS.read(match[1]!)?.value ?? null) : null
  const subject = SUBJECT_WORDS.read(match?.[2] || text)?.value ?? null
  if (subject === null) row.report('post', 'E-RESERVE-POST', 'error', { value: text.slice(0, 40) })
  return { stage, subject }
}
