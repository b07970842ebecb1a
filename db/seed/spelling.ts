/** One person as a row of cells, in the hand of one clerk. */
import type { StaffRecord } from '../../lib/rules/register/records.ts'
import {
  ASSESSMENT_RESULTS,
  CATEGORIES,
  CERTIFICATE_KINDS,
  EDUCATION_LEVELS,
  EMPLOYMENT_FORMS,
  HONOUR_KINDS,
  HONOUR_LEVELS,
  POST_KINDS,
  SEXES,
  STAGES,
  STATUSES,
  SUBJECTS,
  TITLES,
} from '../../lib/rules/register/vocabulary.ts'
import { ageOn, type LocalDate, monthNumberOf, monthOf, type YearMonth, yearOf } from '../../lib/rules/values/dates.ts'
import type { Clerk } from './clerks.ts'
import type { Random } from './random.ts'
import { ROSTER_COLUMNS } from './roster-layout.ts'
import { chineseNumber } from './school-names.ts'

export type Cell = string | number | Date | null | { formula: string; result?: number } | { error: '#REF!' }

const OLD_SUBJECTS: Record<string, string> = {
  体育与健康: '体育',
  信息科技: '信息技术',
  生物学: '生物',
  心理健康: '心理',
  劳动与综合实践: '综合实践活动',
}
const OLD_TITLES: Record<'P' | 'J', Record<string, string>> = {
  P: { senior: '中学高级', first: '小学高级', second: '小学一级', third: '小学二级' },
  J: { senior: '中学高级教师', first: '中学一级', second: '中学二级', third: '中学三级' },
}
const SHORT_TITLES: Record<string, string> = { first: '一级', second: '二级', third: '三级' }

/** @param on the statistics date, for the age and the years of teaching */
export function rosterRow(random: Random, person: StaffRecord, clerk: Clerk, serial: number, on: LocalDate): Cell[] {
  const written = (month: YearMonth | null) => (month ? monthCell(month, clerk) : null)
  const trail = (text: string | null) => (text && clerk.trailingSpaces && random.chance(0.4) ? `${text} ` : text)
  const cells: Record<string, Cell> = {
    serial,
    school: clerk.schoolAlias ?? person.school,
    staffNo: person.staffNo,
    name: nameCell(person.name, clerk),
    sex: SEXES[person.sex],
    idNumber: idCell(random, person.idNumber, clerk),
    birth: written(monthOf(person.birth)),
    age: ageOn(person.birth, on),
    ethnic: clerk.shortEthnic ? (person.ethnic?.replace(/族$/, '') ?? null) : person.ethnic,
    nativePlace: trail(person.nativePlace),
    political: clerk.shortPolitical
      ? (person.political?.replace('中共党员', '党员').replace('共青团员', '团员') ?? null)
      : person.political,
    joinedParty: written(person.joinedParty),
    joinedWork: written(person.joinedWork),
    joinedSchool: written(person.joinedSchool),
    teachingYears: person.certificateKind ? ageOn(`${person.joinedWork}-01` as LocalDate, on) : null,
    firstEducation: person.firstEducation && EDUCATION_LEVELS[person.firstEducation],
    firstEducationAt: person.firstEducationAt,
    highestEducation: trail(person.highestEducation && EDUCATION_LEVELS[person.highestEducation]),
    highestEducationAt: person.highestEducationAt,
    degree: person.degree,
    form: person.form === 'in' ? clerk.establishedForm : EMPLOYMENT_FORMS[person.form],
    category:
      clerk.shortCategory && person.category !== 'teacher'
        ? CATEGORIES[person.category].slice(0, 2)
        : CATEGORIES[person.category],
    postKind: person.postKind && POST_KINDS[person.postKind],
    postGrade: gradeCell(person.postGrade, clerk),
    postSince: written(person.postSince),
    title: titleCell(person, clerk),
    titleObtained: written(person.titleObtained),
    titleAppointed: written(person.titleAppointed),
    duty: person.duty,
    stage: person.stage && STAGES[person.stage],
    subject: trail(subjectCell(person, clerk)),
    periods: person.periods,
    isClassTeacher: person.isClassTeacher === null ? null : person.isClassTeacher ? clerk.classTeacher : '否',
    certificateKind: person.certificateKind && CERTIFICATE_KINDS[person.certificateKind],
    certificateSubject: person.certificateSubject,
    certificateNo: person.certificateNo,
    putonghua: person.putonghua,
    ...honourCells(person, clerk),
    assessments: assessmentCell(person, clerk),
    workSchool:
      person.workSchool === person.school
        ? clerk.blankWorkSchool
          ? null
          : (clerk.schoolAlias ?? person.school)
        : person.workSchool,
    status: STATUSES[person.status],
    phone: clerk.dashedPhone ? (person.phone?.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1-$2-$3') ?? null) : person.phone,
    note: person.note,
  }
  return ROSTER_COLUMNS.map(({ key }) => cells[key] ?? null)
}

/** A two-character name is spread to the width of three. */
function nameCell(name: string, clerk: Clerk): string {
  const letters = [...name]
  return letters.length === 2 ? letters.join(clerk.nameGap) : name
}

function idCell(random: Random, idNumber: string, clerk: Clerk): string {
  const text = clerk.lowerX ? idNumber.replace('X', 'x') : idNumber
  if (!clerk.strayIds || random.chance(0.988)) return text
  return random.pick([
    ` ${text}`,
    `${text} `,
    `${text.slice(0, 6)} ${text.slice(6, 14)} ${text.slice(14)}`,
    fullWidth(text),
  ])
}

/** Full-width digits and letters, as an input method left on produces them. */
export const fullWidth = (text: string): string =>
  text.replace(/[\dA-Za-z]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0))

/** A decimal number never stands for January or October here: 2021.1 could be both, so those are written as text. */
export function monthCell(month: YearMonth, clerk: Pick<Clerk, 'months'>): Cell {
  const [year, number] = [yearOf(month), monthNumberOf(month)]
  const two = month.slice(5, 7)
  switch (clerk.months) {
    case 'dot':
      return `${year}.${two}`
    case 'dot-short':
      return number === 10 ? `${year}.10` : `${year}.${number}`
    case 'dot-number':
      return number === 1 || number === 10 ? `${year}.${two}` : Number(`${year}.${number}`)
    case 'digits':
      return `${year}${two}`
    case 'digits-number':
      return Number(`${year}${two}`)
    case 'chinese':
      return `${year}年${two}月`
    case 'chinese-short':
      return `${year}年${number}月`
    case 'dash':
      return month
    case 'date':
      return new Date(Date.UTC(year, number - 1, 1))
  }
}

function gradeCell(grade: number | null, clerk: Clerk): Cell {
  if (grade === null) return null
  if (clerk.grades === 'number') return grade
  return `${clerk.grades === 'full' ? '专业技术' : ''}${chineseNumber(grade)}级`
}

function titleCell(person: StaffRecord, clerk: Clerk): string | null {
  if (person.title === 'none') return person.category === 'worker' ? null : clerk.noTitle
  if (clerk.titles === 'short') return SHORT_TITLES[person.title] ?? TITLES[person.title]
  if (clerk.titles === 'old' && person.stage !== 'R')
    return OLD_TITLES[person.stage === 'J' ? 'J' : 'P'][person.title] ?? TITLES[person.title]
  return TITLES[person.title]
}

function subjectCell(person: StaffRecord, clerk: Clerk): string | null {
  if (!person.subject) return null
  const name = SUBJECTS[person.subject]
  if (!clerk.oldSubjects) return name
  if (person.subject === 'MORAL') return person.stage === 'J' ? '政治' : '品德'
  return OLD_SUBJECTS[name] ?? name
}

/** Several honours share a cell, their months the cell beside it, in the same order. */
function honourCells(person: StaffRecord, clerk: Clerk): Record<'honours' | 'honourDates', Cell> {
  if (person.honours.length === 0) return { honours: null, honourDates: null }
  const months = person.honours.map((h) => (h.awarded ? monthCell(h.awarded, clerk) : ''))
  return {
    honours: person.honours.map((h) => HONOUR_LEVELS[h.level] + HONOUR_KINDS[h.kind]).join(clerk.honourSeparator),
    honourDates:
      months.length === 1
        ? months[0]!
        : person.honours.map((h) => listedMonth(h.awarded, clerk)).join(clerk.honourSeparator),
  }
}

/** Dates and numbers cannot share a cell: in a list they are text. */
function listedMonth(month: YearMonth | null, clerk: Clerk): string {
  if (!month) return ''
  const cell = monthCell(month, clerk)
  return cell instanceof Date || typeof cell === 'number' ? `${yearOf(month)}.${month.slice(5, 7)}` : String(cell)
}

function assessmentCell(person: StaffRecord, clerk: Clerk): string | null {
  if (person.assessments.length === 0) return null
  const result = new Map(person.assessments.map((a) => [a.year, ASSESSMENT_RESULTS[a.result]]))
  const years = [2023, 2024, 2025]
  if (clerk.assessments === 'years')
    return years
      .filter((y) => result.has(y))
      .map((y) => `${y}${result.get(y)}`)
      .join('，')
  return years.map((y) => result.get(y) ?? '—').join(clerk.assessments === 'slash' ? '/' : '、')
}
