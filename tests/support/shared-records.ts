/**
 * The three workbooks of ../shared/data as plain records, read the short way for checking rules.
 * The product's own reader is tested elsewhere; this one knows just these files.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import XLSX from '@e965/xlsx'
import type { DistrictRecords, HonourRecord, SchoolRecord, StaffRecord } from '@/lib/rules/register/records.ts'
import * as V from '@/lib/rules/register/vocabulary.ts'
import {
  day,
  fromDayNumber,
  type LocalDate,
  month,
  monthOf,
  parseDay,
  type YearMonth,
} from '@/lib/rules/values/dates.ts'

const FOLDER = join(import.meta.dirname, '../../../shared/data')
export const sharedData = existsSync(join(FOLDER, 'expected-figures.json'))
  ? FOLDER
  : join(import.meta.dirname, '../../../../shared/data')
export const hasSharedData = existsSync(join(sharedData, 'expected-figures.json'))
export const expectedFigures = () => JSON.parse(readFileSync(join(sharedData, 'expected-figures.json'), 'utf8'))

type Cell = string | number | null
const sheets = (name: string): Cell[][][] => {
  const book = XLSX.read(readFileSync(join(sharedData, name)))
  return book.SheetNames.map((sheet) =>
    XLSX.utils.sheet_to_json<Cell[]>(book.Sheets[sheet]!, { header: 1, raw: true, defval: null }),
  )
}

const text = (cell: Cell | undefined): string | null => {
  const value = String(cell ?? '')
    .normalize('NFKC')
    .replace(/\s+/g, '')
  return value === '' ? null : value
}
const number = (cell: Cell | undefined): number | null => (cell == null || cell === '' ? null : Number(cell))

/** Year-months as clerks write them: 1985.3, 198503, 1985年3月, 1985-03, Excel serials. */
function yearMonth(cell: Cell | undefined): YearMonth | null {
  const value = text(cell)
  if (!value) return null
  if (/^\d{5}$/.test(value)) return monthOf(fromDayNumber(Number(value) - 25569))
  const match = /^(\d{4})(?:[.\-年/])?(\d{1,2})月?$/.exec(value)
  if (!match) throw new Error(`not a month: ${value}`)
  return month(`${match[1]}-${match[2]!.padStart(2, '0')}`)
}
const dayCell = (cell: Cell | undefined): LocalDate | null => {
  const value = text(cell)
  if (!value) return null
  return /^\d{5}$/.test(value) ? fromDayNumber(Number(value) - 25569) : parseDay(value)
}

const codeOf =
  <T extends string>(terms: Record<T, string>, others: Record<string, T> = {}) =>
  (value: string | null): T | null => {
    if (value === null) return null
    const found = (Object.keys(terms) as T[]).find((code) => terms[code] === value) ?? others[value]
    if (!found) throw new Error(`unknown term ${value}`)
    return found
  }
const subject = codeOf(V.SUBJECTS, {
  体育: 'PE',
  品德: 'MORAL',
  政治: 'MORAL',
  信息技术: 'IT',
  生物: 'BIO',
  综合实践活动: 'LAB',
  心理: 'PSY',
})
const title = codeOf(V.TITLES, {
  一级: 'first',
  二级: 'second',
  三级: 'third',
  未评职称: 'none',
  小学高级: 'first',
  中学高级: 'senior',
  中学高级教师: 'senior',
  中学一级: 'first',
  小学一级: 'second',
  中学二级: 'second',
})
const category = codeOf(V.CATEGORIES, { 行政: 'administrative', 教辅: 'support', 工勤: 'worker' })
const form = codeOf(V.EMPLOYMENT_FORMS, { 事业编: 'in' })

function honours(names: Cell | undefined, dates: Cell | undefined): HonourRecord[] {
  const split = (cell: Cell | undefined) =>
    String(cell ?? '')
      .normalize('NFKC')
      .split(/[、;；,，\n]/)
      .map((part) => part.trim())
      .filter(Boolean)
  const when = split(dates)
  return split(names).map((name, index) => {
    const level = (Object.keys(V.HONOUR_LEVELS) as V.HonourLevel[]).find((code) =>
      name.startsWith(V.HONOUR_LEVELS[code]),
    )
    const kind = (Object.keys(V.HONOUR_KINDS) as V.HonourKind[]).find((code) => name.endsWith(V.HONOUR_KINDS[code]))
    if (!kind) throw new Error(`unknown honour ${name}`)
    return { kind, level: level ?? 'region', awarded: yearMonth(when[index]) }
  })
}

function assessments(cell: Cell | undefined): StaffRecord['assessments'] {
  const value = text(cell)
  if (!value) return []
  return value.split(/[/、,，]/).flatMap((part, index) => {
    const match = /^(\d{4})?(.+)$/.exec(part)
    if (!match || match[2] === '—') return []
    const result = codeOf(V.ASSESSMENT_RESULTS)(match[2]!)!
    return [{ year: match[1] ? Number(match[1]) : 2023 + index, result }]
  })
}

function readSchools(): SchoolRecord[] {
  const [rows] = sheets('学校基本情况-2026.xlsx')
  return rows!
    .slice(3)
    .filter((row) => text(row[0]) && text(row[0]) !== '合计')
    .map((row) => {
      const resources = (at: number) =>
        row[at] == null
          ? null
          : {
              teachingArea: number(row[at]),
              sportsArea: number(row[at + 1]),
              equipmentValue: number(row[at + 2]),
              networkedRooms: number(row[at + 3]),
            }
      return {
        code: text(row[0])!,
        name: text(row[1])!,
        shortName: text(row[2]),
        aliases: (text(row[3]) ?? '').split('、').filter(Boolean),
        kind: codeOf(V.SCHOOL_KINDS, { 初中: 'junior' })(text(row[4]))!,
        typeCode: text(row[5]),
        localityCode: text(row[6]),
        locality: codeOf(V.LOCALITIES)(text(row[7]))!,
        quality: row[8] === '是',
        zone: text(row[9]),
        group: text(row[10]),
        branchOf: text(row[11]),
        foundedYear: number(row[12]),
        pupils: { P: number(row[13]) ?? 0, J: number(row[14]) ?? 0 },
        classes: row.slice(15, 24).map((cell) => number(cell) ?? 0),
        establishment: number(row[24]),
        seats: number(row[25]),
        oneSchoolOnePlan: row[26] === '是',
        addedSeats: number(row[27]),
        interactive: row[28] === '是',
        pairedSchool: text(row[29]),
        pairedClasses: number(row[30]),
        smartCampus: row[31] === '是',
        resources: { P: resources(32), J: resources(36) },
        position: { x: Number(row[40]), y: Number(row[41]) },
      }
    })
}

function readStaff(nameOf: (school: string) => string): StaffRecord[] {
  const [rows] = sheets('教职工花名册-2026.xlsx')
  return rows!
    .slice(4)
    .filter((row) => typeof row[0] === 'number')
    .map((row) => {
      const idNumber = text(row[5])!.toUpperCase()
      const school = nameOf(text(row[1])!)
      return {
        school,
        staffNo: text(row[2]),
        name: text(row[3])!,
        sex: codeOf(V.SEXES)(text(row[4]))!,
        idNumber,
        birth: day(`${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`),
        ethnic: text(row[8]),
        nativePlace: text(row[9]),
        political: text(row[10]),
        joinedParty: yearMonth(row[11]),
        joinedWork: yearMonth(row[12])!,
        joinedSchool: yearMonth(row[13])!,
        firstEducation: codeOf(V.EDUCATION_LEVELS)(text(row[15])),
        firstEducationAt: text(row[16]),
        highestEducation: codeOf(V.EDUCATION_LEVELS)(text(row[17])),
        highestEducationAt: text(row[18]),
        degree: text(row[19]),
        form: form(text(row[20]))!,
        category: category(text(row[21]))!,
        postKind: codeOf(V.POST_KINDS)(text(row[22])),
        postGrade: null,
        postSince: yearMonth(row[24]),
        title: title(text(row[25])) ?? 'none',
        titleObtained: yearMonth(row[26]),
        titleAppointed: yearMonth(row[27]),
        duty: text(row[28]),
        stage: codeOf(V.STAGES)(text(row[29])),
        subject: subject(text(row[30])),
        periods: number(row[31]),
        isClassTeacher: row[32] === '是',
        certificateKind: codeOf(V.CERTIFICATE_KINDS)(text(row[33])),
        certificateSubject: text(row[34]),
        certificateNo: text(row[35]),
        putonghua: text(row[36]),
        honours: honours(row[37], row[38]),
        assessments: assessments(row[39]),
        workSchool: nameOf(text(row[40]) ?? school),
        status: codeOf(V.STATUSES)(text(row[41]))!,
        phone: text(row[42]),
        note: text(row[43]),
      }
    })
}

/** The district of ../shared/data. */
export function sharedRecords(): DistrictRecords {
  const schools = readSchools()
  const names = new Map(
    schools.flatMap((school) => [school.name, school.shortName, ...school.aliases].map((name) => [name, school.name])),
  )
  const nameOf = (school: string) => {
    const name = names.get(school)
    if (!name) throw new Error(`unknown school ${school}`)
    return name
  }
  const [rotations, leaves, disciplines] = sheets('交流与暂缓登记-2026.xlsx').map((rows) => rows.slice(2))
  const id = (cell: Cell | undefined) => text(cell)!.toUpperCase()
  return {
    statisticsDate: day('2026-09-01'),
    schools,
    staff: readStaff(nameOf),
    rotations: rotations!.map((row) => ({
      name: text(row[1])!,
      idNumber: id(row[2]),
      relationSchool: nameOf(text(row[3])!),
      form: Number(row[4]) as V.RotationForm,
      movesRelation: row[6] === '是',
      fromSchool: text(row[7])!,
      toSchool: text(row[8])!,
      start: yearMonth(row[9])!,
      end: yearMonth(row[10]),
      planned: row[11] === '计划期满',
      note: text(row[11]),
    })),
    leaves: leaves!.map((row) => ({
      name: text(row[1])!,
      idNumber: id(row[2]),
      school: nameOf(text(row[3])!),
      kind: codeOf(V.LEAVE_KINDS)(text(row[4]))!,
      start: dayCell(row[5]),
      end: dayCell(row[6]),
      childBirth: dayCell(row[7]),
    })),
    disciplines: disciplines!.map((row) => ({
      name: text(row[1])!,
      idNumber: id(row[2]),
      school: nameOf(text(row[3])!),
      kind: codeOf(V.DISCIPLINE_KINDS)(text(row[4]))!,
      start: dayCell(row[5])!,
      end: dayCell(row[6]),
    })),
  }
}
