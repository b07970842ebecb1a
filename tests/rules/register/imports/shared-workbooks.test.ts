import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openWorkbook } from '@/lib/platform/workbook/open.ts'
import { parseRegisters } from '@/lib/register/imports/registers.ts'
import { parseRoster } from '@/lib/register/imports/roster.ts'
import { parseSchools } from '@/lib/register/imports/schools.ts'
import { day } from '@/lib/rules/values/dates.ts'

const folder = [join(process.cwd(), '../shared/data'), join(process.cwd(), '../../shared/data')].find((path) =>
  existsSync(path),
)
const statisticsDate = day('2026-09-01')

async function open(name: string) {
  const opened = await openWorkbook(readFileSync(join(folder!, name)), name)
  if (!opened.ok) throw new Error(opened.refusals[0]!.code)
  return opened.value
}
const context = async () => ({
  statisticsDate,
  schools: parseSchools(await open('学校基本情况-2026.xlsx'), { statisticsDate }).rows.map(({ record }) => record),
})
const count = <T>(items: readonly T[], is: (item: T) => boolean) => items.filter(is).length
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

describe.runIf(folder)('R-IMP-1 the model district’s workbooks', () => {
  test('50 schools and the research centre, with their totals', async () => {
    const parsed = parseSchools(await open('学校基本情况-2026.xlsx'), { statisticsDate })
    const schools = parsed.rows.map(({ record }) => record)
    expect(parsed).toMatchObject({ findings: [], refusedRows: [], skipped: [{ row: 55, reason: 'totals' }] })
    expect(schools).toHaveLength(51)
    expect([sum(schools.map((s) => s.pupils.P)), sum(schools.map((s) => s.pupils.J))]).toEqual([53_010, 24_322])
    expect([
      sum(schools.flatMap((s) => s.classes.slice(0, 6))),
      sum(schools.flatMap((s) => s.classes.slice(6))),
    ]).toEqual([1330, 546])
    expect([
      sum(schools.map((s) => s.seats ?? 0)),
      sum(schools.map((s) => s.addedSeats ?? 0)),
      sum(schools.map((s) => s.establishment ?? 0)),
    ]).toEqual([81_625, 1200, 5720])
    expect([
      count(schools, (s) => s.quality),
      count(schools, (s) => s.interactive),
      count(schools, (s) => s.smartCampus),
      count(schools, (s) => s.oneSchoolOnePlan),
    ]).toEqual([21, 49, 20, 7])
  })

  test('6,230 people after mending, none refused, with their totals', async () => {
    const parsed = parseRoster(await open('教职工花名册-2026.xlsx'), await context())
    const staff = parsed.rows.map(({ record }) => record)
    expect(parsed.refusedRows).toEqual([])
    expect(parsed.findings.filter(({ severity }) => severity !== 'mended')).toEqual([])
    expect(staff).toHaveLength(6230)
    expect(parsed.columns[0]!.columns.every(({ field, confidence }) => field !== null && confidence === 1)).toBe(true)
    expect([count(staff, (s) => s.form === 'in'), count(staff, (s) => s.sex === 'F')]).toEqual([5640, 4486])
    expect(
      (['teacher', 'administrative', 'support', 'worker'] as const).map((c) => count(staff, (s) => s.category === c)),
    ).toEqual([5760, 190, 170, 110])
    expect(
      (['full_senior', 'senior', 'first', 'second', 'third', 'none'] as const).map((title) =>
        count(staff, (s) => s.title === title),
      ),
    ).toEqual([31, 1433, 2305, 1869, 62, 530])
    expect([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, null].map((grade) => count(staff, (s) => s.postGrade === grade))).toEqual(
      [31, 287, 573, 573, 692, 922, 691, 935, 934, 62, 530],
    )
    expect(
      (['P', 'J', 'R'] as const).map((stage) => count(staff, (s) => s.category === 'teacher' && s.stage === stage)),
    ).toEqual([3776, 1930, 54])
    expect(
      (['CHN', 'MATH', 'PE', 'ENG', 'MORAL', 'SCI', 'MUS', 'ART', 'IT', 'PSY'] as const).map((subject) =>
        count(staff, (s) => s.stage === 'P' && s.subject === subject),
      ),
    ).toEqual([1465, 860, 365, 265, 195, 190, 180, 172, 60, 24])
    expect(
      (['on_post', 'maternity', 'seconded', 'sick', 'support', 'study', 'suspended'] as const).map((status) =>
        count(staff, (s) => s.status === status),
      ),
    ).toEqual([6074, 58, 46, 24, 18, 7, 3])
  })

  test('671 rotation records, 238 leaves and births, 10 disciplinary entries', async () => {
    const { rotations, leaves, disciplines } = parseRegisters(await open('交流与暂缓登记-2026.xlsx'), await context())
    expect(
      [rotations, leaves, disciplines].map(({ rows, findings, refusedRows }) => [
        rows.length,
        findings.length,
        refusedRows.length,
      ]),
    ).toEqual([
      [671, 0, 0],
      [238, 0, 0],
      [10, 0, 0],
    ])
    expect([
      count(rotations.rows, ({ record }) => record.movesRelation),
      count(rotations.rows, ({ record }) => record.planned),
    ]).toEqual([70, 286])
  })

  test('the faulty roster: all 68 planted faults in their cells, exactly 34 rows refused, nothing said of clean rows', async () => {
    const expected = JSON.parse(readFileSync(join(folder!, '花名册-有错误.expected.json'), 'utf8')) as {
      findings: { row: number; letter: string; kind: string; severity: string }[]
    }
    const parsed = parseRoster(await open('花名册-有错误.xlsx'), await context())
    const found = parsed.findings.map(({ row, column, code, severity }) => `${row} ${column} ${code} ${severity}`)
    for (const { row, letter, kind, severity } of expected.findings)
      expect(found).toContain(`${row} ${letter} ${kind} ${severity}`)
    const faulty = new Set(expected.findings.filter(({ severity }) => severity === 'error').map(({ row }) => row))
    expect(parsed.refusedRows.map(({ row }) => row).sort((a, b) => a - b)).toEqual([...faulty].sort((a, b) => a - b))
    expect([parsed.rows.length, parsed.refusedRows.length]).toEqual([303, 34])
    const listed = new Set(expected.findings.map(({ row }) => row))
    expect(parsed.findings.filter(({ row }) => !listed.has(row))).toEqual([])
  })
})
