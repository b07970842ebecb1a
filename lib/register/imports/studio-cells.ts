import type { Subject } from '../../rules/register/vocabulary.ts'
import type { StudioKind } from '../../rules/talent/studio.ts'
import { addDays, addMonthsToDay, type LocalDate } from '../../rules/values/dates.ts'
import { readDay } from './read-dates.ts'
import { readSmallNumber } from './read-text.ts'
import type { RowReader } from './row-reader.ts'
import type { StudioField } from './studio-columns.ts'
import type { StudioRecord } from './studios.ts'
import { STUDIO_KIND_WORDS, STUDIO_LEVEL_WORDS } from './talent-words.ts'
import { SUBJECT_WORDS } from './words.ts'

type Reader = RowReader<StudioField>

const LONGEST_NAME = 60
/** 名师工作室 alone may be of a subject or of moral education: the name tells, else the subject column. */
const EITHER = /^(名师|名师工作室|教师|教师工作室)$/

/** What a row says of the studio itself. */
export function readStudioCells(row: Reader): StudioRecord {
  row.value('seq')
  const studio = row.text('studio') ?? ''
  if (studio.length > LONGEST_NAME)
    row.report('studio', 'E-TEXT-LONG', 'error', { length: studio.length, max: LONGEST_NAME })
  const { kind, kindGuessed, subject } = readKind(row, studio)
  const level = row.word('level', STUDIO_LEVEL_WORDS, { unknown: 'E-STUDIO-LEVEL' })
  const cycle = readCycle(row)
  if (cycle.from && cycle.last && cycle.last <= cycle.from)
    row.report(row.has('cycleLast') ? 'cycleLast' : 'cycle', 'E-PERIOD-ORDER', 'error', {
      start: cycle.from,
      end: cycle.last,
    })
  return { studio, level, kind, kindGuessed, subject, ...cycle, people: [] }
}

function guessKind(text: string, subject: Subject | null): StudioKind | null {
  if (/名?校长|园长/.test(text)) return 'principal'
  if (/德育|班主任/.test(text)) return 'moral'
  return subject === null ? null : 'subject'
}

function readKind(row: Reader, studio: string) {
  const typed = row.text('studioSubject')
  const moral = typed !== null && /^(德育|班主任|班级管理)$/.test(typed)
  const none = typed !== null && /^(无|—|-|\/|不分学科|综合)$/.test(typed)
  const subject =
    moral || none ? null : row.word('studioSubject', SUBJECT_WORDS, { unknown: 'E-SUBJECT', old: 'M-OLD-SUBJECT' })
  if (moral || none) row.said.delete('studioSubject')
  const text = row.text('studioKind')
  const open = text === null || EITHER.test(text)
  if (open) row.said.delete('studioKind')
  const kind = open
    ? guessKind(`${studio}${moral ? '德育' : ''}`, subject)
    : row.word('studioKind', STUDIO_KIND_WORDS, { unknown: 'E-STUDIO-KIND' })
  if (kind !== null && kind !== 'subject' && subject !== null && !open)
    row.report('studioSubject', 'E-STUDIO-SUBJECT', 'error')
  return { kind, kindGuessed: open && kind !== null, subject: kind === null || kind === 'subject' ? subject : null }
}

const day = (text: string) => readDay(text.trim())

/** 周期 in its columns of days, or in one cell: 2024.9—2027.8, 三年. */
function readCycle(row: Reader): { from: LocalDate | null; last: LocalDate | null } {
  const from = row.day('cycleFrom')
  let last = row.day('cycleLast')
  const text = row.text('cycle')
  if (text === null) return { from, last }
  const years = readSmallNumber(text.normalize('NFKC').replace(/(学年|周年|年)$/, ''))
  if (years !== null) {
    if (from !== null && last === null && (years === 2 || years === 3)) {
      last = addDays(addMonthsToDay(from, years * 12), -1)
      row.said.add('cycleLast')
    } else if (years !== 2 && years !== 3) row.report('cycle', 'E-STUDIO-YEARS', 'error', { value: text.slice(0, 20) })
    return { from, last }
  }
  const [start, end] = text.normalize('NFKC').split(/\s*(?:至|到|~|—+|–|--|(?<=[月日\d])-(?=\d{4}))\s*/)
  const [first, final] = [day(start ?? ''), day(end ?? '')]
  if (!first || !final) {
    row.report('cycle', 'E-DATE-IMPOSSIBLE', 'error', { value: text.slice(0, 40) })
    return { from, last }
  }
  row.said.add('cycleFrom').add('cycleLast')
  // A month as the end is its last day
  const endDay = final.monthOnly ? addDays(addMonthsToDay(final.day, 1), -1) : final.day
  return { from: from ?? first.day, last: last ?? endDay }
}
