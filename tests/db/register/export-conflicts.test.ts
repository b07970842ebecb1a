import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Tx, withScope } from '@/db/scope.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { editSchool } from '@/lib/register/commands/edit-school.ts'
import { editTeacher } from '@/lib/register/commands/edit-teacher.ts'
import { exportSchools } from '@/lib/register/commands/export-schools.ts'
import { exportTeachers } from '@/lib/register/commands/export-teachers.ts'
import { chooseColumns } from '@/lib/register/commands/teacher-list.ts'
import { collectionWorkbook } from '@/lib/register/documents/collection-workbook.ts'
import type { ImportKind } from '@/lib/register/imports/run/entries.ts'
import { ownRows } from '@/lib/register/queries/collections.ts'
import { teacherView } from '@/lib/register/queries/teacher-view.ts'
import { exportCandidates } from '@/lib/reserve/commands/export-candidates.ts'
import { createCandidate, editCandidate } from '@/lib/reserve/commands/save-candidate.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { CandidateId, SchoolId, StudioId, TeacherId } from '@/lib/rules/values/ids.ts'
import { exportStudios } from '@/lib/talent/commands/export-studios.ts'
import { createStudio, editStudio } from '@/lib/talent/commands/save-studio.ts'
import { confirm, dryRunOf, rowsOf } from '@/tests/support/import-district.ts'
import { aLoadedDistrict, type LoadedDistrict } from '@/tests/support/loaded-district.ts'
import { anActor, idNumberOf, smallRecords } from '@/tests/support/small-district.ts'

let district: LoadedDistrict
let hr: UserActor
let school: SchoolId
let teacher: TeacherId
let studio: StudioId
let candidate: CandidateId
const asHr = <T>(work: (tx: Tx) => Promise<T>) => withScope(hr, work)
async function must<T>(
  outcome: Promise<{ ok: true; value: { value: T } } | { ok: false; refusals: unknown }>,
): Promise<T> {
  const done = await outcome
  if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  return done.value.value
}

beforeAll(async () => {
  district = await aLoadedDistrict(smallRecords())
  hr = await anActor(district.system, 'bureau_hr')
  school = district.schoolIds.get('甲小学')!
  teacher = district.teacherIds.get(idNumberOf('1985-03-12', 1))!
  const columns = ['name', 'school', 'staffNo', 'subject', 'education', 'joinedWork', 'idNumber', 'tenure', 'phone']
  await must(runCommand(chooseColumns, hr, { columns, compact: false }))
  const staffNo = (await asHr((tx) => teacherView(tx, hr, teacher, hr.today)))!.row.staffNo!
  const fields = { name: '启明工作室', level: 'county', kind: 'moral', subject: '' }
  studio = (await must(runCommand(createStudio, hr, { ...fields, who: staffNo, from: '2025-09-01', years: 3 }))).id
  candidate = (await must(runCommand(createCandidate, hr, { ...someone, on: '2026-05-01' }))).id
}, 120_000)
afterAll(() => district.close())

const someone = {
  name: '白一鸣',
  sex: 'M',
  year: 2026,
  channel: 'campus',
  stage: 'P',
  subject: 'PE',
  education: 'bachelor',
  graduatedFrom: '',
  major: '',
  certificateKind: 'primary',
  certificateSubject: 'PE',
}
const ask = (locale: 'zh-CN' | 'en') => ({ purpose: '核对', filter: '', locale })

async function editTheTeacher(): Promise<void> {
  const view = (await asHr((tx) => teacherView(tx, hr, teacher, hr.today)))!
  const { leftOn: _left, ...facts } = view.facts! as unknown as Record<string, string | null>
  const base = { name: view.row.name, staffNo: view.row.staffNo, joinedWork: view.row.joinedWork, ...facts }
  const sent = Object.fromEntries(Object.entries(base).map(([field, value]) => [field, value ?? '']))
  const of = { teacherId: teacher, version: view.row.version, base: JSON.stringify(base), reason: '核对证书' }
  await must(runCommand(editTeacher, hr, { ...sent, highestEducation: 'master', ...of }))
}

interface List {
  list: string
  kind: ImportKind
  take(locale: 'zh-CN' | 'en'): Promise<Buffer>
  /** Somebody changes the cell in the system; another value is written into the workbook. */
  edit(): Promise<void>
  row: string
  column: string
  value: string
  field: string
}
const LISTS: List[] = [
  {
    list: 'the list of teachers',
    kind: 'roster',
    take: async (locale) => (await must(runCommand(exportTeachers, hr, { ...ask(locale), selection: false }))).file,
    edit: editTheTeacher,
    row: '王小芳',
    column: '最高学历',
    value: '博士',
    field: 'highestEducation',
  },
  {
    list: 'the list of schools',
    kind: 'schools',
    take: async (locale) => (await must(runCommand(exportSchools, hr, ask(locale)))).file,
    edit: async () => {
      const form = {
        name: '甲小学',
        shortName: '',
        kind: 'primary',
        locality: 'urban',
        quality: false,
        foundedYear: '',
      }
      const more = { oneSchoolOnePlan: false, interactive: false, smartCampus: false, zone: '东片', reason: '划片' }
      await must(runCommand(editSchool, hr, { schoolId: school, version: 1, ...form, ...more }))
    },
    row: '甲小学',
    column: '学区',
    value: '西片',
    field: 'zone',
  },
  {
    list: 'the studios',
    kind: 'studios',
    take: async (locale) => (await must(runCommand(exportStudios, hr, ask(locale)))).file,
    edit: async () => {
      const form = {
        name: '启明工作室',
        level: 'city',
        kind: 'moral',
        subject: '',
        from: '2025-09-01',
        last: '2028-08-31',
      }
      await must(runCommand(editStudio, hr, { studioId: studio, version: 1, ...form, reason: '升级' }))
    },
    row: '启明工作室',
    column: '级别',
    value: '自治区级',
    field: 'level',
  },
  {
    list: 'the reserve',
    kind: 'reserve',
    take: async (locale) => (await must(runCommand(exportCandidates, hr, ask(locale)))).file,
    edit: async () => {
      await must(
        runCommand(editCandidate, hr, {
          candidateId: candidate,
          version: 1,
          ...someone,
          subject: 'MUS',
          reason: '更正',
        }),
      )
    },
    row: '白一鸣',
    column: '学科',
    value: '美术',
    field: 'subject',
  },
]

/** The returned workbook with another value in one cell, found by row and heading as a clerk finds it. */
async function altered(file: Uint8Array, { row, column, value }: Pick<List, 'row' | 'column' | 'value'>) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(file as never)
  const sheet = book.worksheets[0]!
  const cells: { at: string; text: string }[] = []
  sheet.eachRow((line) => line.eachCell((cell) => cells.push({ at: cell.address, text: String(cell.value) })))
  const letter = cells.find(({ text }) => text === column)!.at.replace(/\d/g, '')
  const number = cells.find(({ text }) => text === row)!.at.replace(/\D/g, '')
  sheet.getCell(`${letter}${number}`).value = value
  return Buffer.from(await book.xlsx.writeBuffer())
}

describe('R-IMP-1 every list that leaves can come back, and a cell changed since is a conflict', () => {
  test.each(LISTS)('$list comes back unchanged; changed since it is kept, and taken when chosen', async (list) => {
    const { kind, field } = list
    const file = await list.take('zh-CN')
    for (const present of [await list.take('en'), file]) {
      const again = await dryRunOf(district.system, present, { kind: null, fileName: 'a.xlsx' })
      expect(again.report.counts).toMatchObject({ new: 0, changed: 0, refused: 0, conflicts: 0, missing: 0 })
      expect(again.report.counts.unchanged).toBeGreaterThan(0)
    }
    const returned = await altered(file, list)
    await list.edit()
    const dry = await dryRunOf(district.system, returned, { kind, fileName: 'a.xlsx' })
    expect(dry.report.counts).toMatchObject({ conflicts: 1, changed: 0, refused: 0 })
    const [row] = (await rowsOf(district.system, dry.id)).filter(({ outcome }) => outcome === 'conflict')
    expect(row!.changes).toEqual([expect.objectContaining({ field, conflict: true })])
    const now = row!.changes[0]!.old
    expect(await confirm(district.system, dry.id)).toMatchObject({ ok: true })
    const kept = await dryRunOf(district.system, returned, { kind, fileName: 'a.xlsx' })
    expect((await rowsOf(district.system, kept.id)).flatMap(({ changes }) => changes)).toEqual([
      expect.objectContaining({ field, old: now }),
    ])
    const choices = { conflicts: { [`${row!.sheet}:${row!.row}`]: [field] }, missing: {} }
    expect(await confirm(district.system, kept.id, choices)).toMatchObject({ ok: true })
    const taken = await dryRunOf(district.system, returned, { kind, fileName: 'a.xlsx' })
    expect(taken.report.counts).toMatchObject({ conflicts: 0, changed: 0, new: 0 })
  })

  test('a workbook of a 核对任务 too', async () => {
    const rows = await withScope(hr, (tx) => ownRows(tx, school, hr.today))
    const task = { title: '核对', columns: ['highestEducation', 'note'] }
    const options = { writtenAt: new Date().toISOString(), footer: '', nature: 'demo' as const }
    const file = await collectionWorkbook(task, '甲小学', rows, options)
    const list = { row: '王小芳', column: '最高学历', value: '本科' }
    const returned = await altered(file, list)
    const before = await dryRunOf(district.system, file, { kind: 'roster', fileName: 'a.xlsx', schoolId: school })
    expect(before.report.counts).toMatchObject({ changed: 0, conflicts: 0, refused: 0, missing: 0 })
    await editTheTeacher()
    const { report } = await dryRunOf(district.system, returned, {
      kind: 'roster',
      fileName: 'a.xlsx',
      schoolId: school,
    })
    expect(report.counts).toMatchObject({ conflicts: 1, changed: 0 })
  })
})
