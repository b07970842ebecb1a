import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fieldChanges, honours, teachers, titles } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { generateDistrict, onlySchools } from '@/db/seed/district.ts'
import { Random } from '@/db/seed/random.ts'
import { writeRegistersWorkbook, writeRosterWorkbook, writeSchoolsWorkbook } from '@/db/seed/workbooks.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import { runApply, runUndo } from '@/lib/register/imports/run/batch.ts'
import type { DistrictRecords, StaffRecord } from '@/lib/rules/register/records.ts'
import { month } from '@/lib/rules/values/dates.ts'
import {
  anEmptyDistrict,
  batchOf,
  confirm,
  dryRunOf,
  imported,
  registerState,
  rowsOf,
  setBatch,
} from '@/tests/support/import-district.ts'
import type { LoadedDistrict } from '@/tests/support/loaded-district.ts'

const whole = generateDistrict({ seed: 2026 })
const small = [...whole.schools].filter((school) => school.kind === 'primary').slice(0, 2)
const records: DistrictRecords = onlySchools(
  whole,
  small.map(({ name }) => name),
)
const by = { userId: null, name: 'test' }
const roster = (change: (staff: StaffRecord[]) => StaffRecord[] = (staff) => staff) =>
  writeRosterWorkbook({ ...records, staff: change(structuredClone(records.staff)) }, { seed: 1, mess: 'tidy' })
const altered = (index: number, change: Partial<StaffRecord>) => (staff: StaffRecord[]) =>
  staff.map((person, i) => (i === index ? { ...person, ...change } : person))

let district: LoadedDistrict
beforeAll(async () => {
  district = await anEmptyDistrict()
  await imported(district.system, 'schools', await writeSchoolsWorkbook(records))
  await imported(district.system, 'roster', await writeRosterWorkbook(records, { seed: 1 }))
  await imported(district.system, 'registers', await writeRegistersWorkbook(records))
}, 240_000)
afterAll(() => district.close())

/** Runs a step and takes every change it made back by undo, so that the next one finds the register as it was. */
async function undone(id: Awaited<ReturnType<typeof dryRunOf>>['id']) {
  await setBatch(district.system, id, { state: 'undoing' })
  return runUndo(district.system, id, by)
}
const count =
  (of: 'new' | 'changed' | 'unchanged' | 'refused' | 'conflicts' | 'missing') => (counts: Record<string, number>) =>
    counts[of]

describe('R-IMP-1 importing into a register that has people', () => {
  test('the same three workbooks again change nothing, however their clerk spells', async () => {
    const again = [
      await imported(district.system, 'schools', await writeSchoolsWorkbook(records)),
      await imported(district.system, 'roster', await roster()),
      await imported(district.system, 'registers', await writeRegistersWorkbook(records)),
    ]
    for (const { counts } of again)
      expect(counts).toMatchObject({ new: 0, changed: 0, refused: 0, missing: 0, conflicts: 0 })
    expect(again.map(({ counts }) => counts.unchanged > 0)).toEqual([true, true, true])
  })

  test('a change is told field by field, closes the dated row, and undo brings every row back exactly', async () => {
    const index = records.staff.findIndex(({ title, titleAppointed }) => title === 'second' && titleAppointed !== null)
    const person = records.staff[index]!
    const before = await registerState(district.system)
    const { id, report } = await dryRunOf(
      district.system,
      await roster(
        altered(index, {
          title: 'first',
          titleObtained: month('2026-07'),
          titleAppointed: month('2026-08'),
          name: `${person.name}甲`,
          phone: '14300000000',
          postGrade: 10,
          postSince: month('2026-08'),
        }),
      ),
    )
    expect(report.counts).toMatchObject({ new: 0, changed: 1, unchanged: records.staff.length - 1 })
    const [row] = (await rowsOf(district.system, id)).filter(({ outcome }) => outcome === 'changed')
    expect(row!.changes).toEqual(
      expect.arrayContaining([
        { field: 'title', old: 'second', new: 'first' },
        { field: 'name', old: person.name, new: `${person.name}甲` },
      ]),
    )
    expect(JSON.stringify(row!.changes)).not.toContain('14300000000')
    expect(await confirm(district.system, id)).toMatchObject({ ok: true })
    const after = await withScope(district.system, async (tx) => ({
      titles: await tx.select().from(titles).where(eq(titles.teacherId, row!.teacherId!)),
      kept: await tx.select().from(fieldChanges).where(eq(fieldChanges.batchId, id)),
    }))
    const appointed = after.titles.filter(({ kind }) => kind === 'appointed')
    expect(appointed.map(({ title, during }) => [title, during.until])).toEqual(
      expect.arrayContaining([
        ['second', '2026-08-01'],
        ['first', null],
      ]),
    )
    expect(after.kept.find(({ field }) => field === 'name')).toMatchObject({ old: person.name, byName: 'test' })
    expect(JSON.stringify(after.kept)).not.toContain('14300000000')
    expect(await registerState(district.system)).not.toEqual(before)
    expect(await undone(id)).toEqual({ ok: true, value: [] })
    expect(await registerState(district.system)).toEqual(before)
    expect(await batchOf(district.system, id)).toMatchObject({ state: 'undone' })
  })

  test('an honour the row leaves out is a question: kept unless chosen, then no longer valid from the workbook’s day', async () => {
    const index = records.staff.findIndex(
      ({ honours }) =>
        honours.filter(({ awarded }) => awarded !== null && awarded > '2024-09').length > 0 && honours.length > 1,
    )
    const { name, honours: held } = records.staff[index]!
    const rest = held.filter(({ awarded }) => awarded === null || awarded <= '2024-09')
    const left = rest.length > 0 ? rest : held.slice(0, -1)
    const file = await roster(altered(index, { honours: left }))
    const before = await registerState(district.system)
    const { id, report } = await dryRunOf(district.system, file)
    expect(report.counts).toMatchObject({ conflicts: 1, changed: 0, new: 0 })
    const [row] = (await rowsOf(district.system, id)).filter(({ outcome }) => outcome === 'conflict')
    expect(row).toMatchObject({ label: name, changes: [{ field: 'honoursEnded', new: null, conflict: true }] })
    expect(await confirm(district.system, id)).toMatchObject({ ok: true })
    expect(await registerState(district.system)).toEqual(before)
    const chosen = await dryRunOf(district.system, file)
    const choices = { conflicts: { [`${row!.sheet}:${row!.row}`]: ['honoursEnded'] }, missing: {} }
    expect(await confirm(district.system, chosen.id, choices)).toMatchObject({ ok: true })
    const kept = await withScope(district.system, (tx) =>
      tx.select().from(honours).where(eq(honours.teacherId, row!.teacherId!)),
    )
    expect(kept.filter(({ validUntil }) => validUntil === '2026-09-01').length).toBe(held.length - left.length)
    expect((await dryRunOf(district.system, file)).report.counts).toMatchObject({ conflicts: 0, changed: 0 })
    expect(await undone(chosen.id)).toEqual({ ok: true, value: [] })
    expect(await registerState(district.system)).toEqual(before)
  })

  test('whatever changes at once, the same file again changes nothing, and undo is exact', async () => {
    const before = await registerState(district.system)
    const random = new Random('mixed')
    const groups: (keyof StaffRecord)[][] = [
      ['school', 'workSchool', 'joinedSchool'],
      ['school', 'workSchool'],
      ['workSchool'],
      ['joinedSchool'],
      ['title', 'titleObtained', 'titleAppointed', 'postGrade', 'postSince'],
      ['titleObtained', 'titleAppointed'],
      ['postSince'],
      ['form', 'category', 'duty', 'status'],
      ['status'],
      ['stage', 'subject', 'certificateKind', 'certificateSubject'],
      ['periods', 'isClassTeacher'],
      ['honours'],
      ['assessments'],
      ['phone', 'ethnic', 'joinedParty', 'note'],
    ]
    const mixed = await roster((staff) =>
      staff.map((person) => {
        const changed = { ...person }
        for (const fields of random.sample(groups, 3)) {
          const other = random.pick(staff)
          for (const field of fields) Object.assign(changed, { [field]: other[field] })
        }
        return changed
      }),
    )
    const { id, report } = await dryRunOf(district.system, mixed)
    expect(report.counts.changed).toBeGreaterThan(records.staff.length / 3)
    expect(await confirm(district.system, id)).toMatchObject({ ok: true })
    const again = await dryRunOf(district.system, mixed)
    const open = (await rowsOf(district.system, again.id)).filter(({ outcome }) => outcome === 'changed')
    expect(open.map(({ changes }) => changes)).toEqual([])
    expect(again.report.counts).toMatchObject({ new: 0, changed: 0, refused: report.counts.refused })
    expect(await undone(id)).toEqual({ ok: true, value: [] })
    expect(await registerState(district.system)).toEqual(before)
  })

  test('new people, and undo takes them away again with all their rows', async () => {
    const before = await registerState(district.system)
    const others = onlySchools(whole, [whole.schools.filter(({ kind }) => kind === 'primary')[2]!.name]).staff.slice(
      0,
      5,
    )
    const fresh = others.map((person) => ({
      ...person,
      school: small[0]!.name,
      workSchool: small[0]!.name,
      duty: null,
    }))
    const { id, report } = await dryRunOf(district.system, await roster((staff) => [...staff, ...fresh]))
    expect(report.counts).toMatchObject({ new: 5, changed: 0 })
    await confirm(district.system, id)
    expect(await undone(id)).toEqual({ ok: true, value: [] })
    expect(await registerState(district.system)).toEqual(before)
  })

  test('an empty cell never clears a value', async () => {
    const { report } = await dryRunOf(
      district.system,
      await roster((staff) =>
        staff.map((person) => ({
          ...person,
          phone: null,
          duty: null,
          honours: [],
          assessments: [],
          degree: null,
          certificateNo: null,
          periods: null,
        })),
      ),
    )
    expect(report.counts).toMatchObject({ changed: 0, unchanged: records.staff.length })
  })

  test('who is not in the file is a question: left on a day with a reason, or as is; other schools are not asked about', async () => {
    const before = await registerState(district.system)
    const first = small[0]!.name
    const ownStaff = records.staff.filter(({ school }) => school === first)
    const { id, report } = await dryRunOf(
      district.system,
      await roster((staff) => staff.filter(({ school }) => school === first).slice(1)),
    )
    expect(report.counts).toMatchObject({ missing: 1, unchanged: ownStaff.length - 1 })
    const [row] = (await rowsOf(district.system, id)).filter(({ outcome }) => outcome === 'missing')
    expect(row).toMatchObject({ label: ownStaff[0]!.name, schoolName: first })
    const missing = { [row!.row]: { on: '2026-10-01', reason: 'resigned' } }
    expect(await confirm(district.system, id, { conflicts: {}, missing })).toMatchObject({
      ok: true,
      value: { left: 1 },
    })
    const [left] = await withScope(district.system, (tx) =>
      tx.select().from(teachers).where(eq(teachers.id, row!.teacherId!)),
    )
    expect(left!.leftOn).toBe('2026-10-01')
    expect(await undone(id)).toEqual({ ok: true, value: [] })
    expect(await registerState(district.system)).toEqual(before)
  })

  test('a later edit stands in the way of undo, which then undoes nothing and says whose it is', async () => {
    const { id } = await dryRunOf(district.system, await roster(altered(3, { note: '先改一次' })))
    await confirm(district.system, id)
    const later = await dryRunOf(district.system, await roster(altered(3, { note: '后改一次' })))
    await confirm(district.system, later.id)
    const state = await registerState(district.system)
    const outcome = await undone(id)
    expect(outcome).toMatchObject({ ok: true, value: [{ why: 'edited', label: records.staff[3]!.name, by: 'test' }] })
    expect(await registerState(district.system)).toEqual(state)
    expect(await batchOf(district.system, id)).toMatchObject({ state: 'confirmed' })
    // newest first it goes
    expect(await undone(later.id)).toEqual({ ok: true, value: [] })
    expect(await undone(id)).toEqual({ ok: true, value: [] })
  })

  test('stopped in the middle nothing is half done, and the second try gives the same', async () => {
    const before = await registerState(district.system)
    const { id } = await dryRunOf(
      district.system,
      await roster((staff) => staff.map((person) => ({ ...person, note: '全部改' }))),
    )
    await setBatch(district.system, id, { state: 'confirming' })
    const stop = async () => {
      throw new Error('the power went')
    }
    await expect(runApply(district.system, id, by, stop)).rejects.toThrow('the power went')
    expect(await registerState(district.system)).toEqual(before)
    expect(await batchOf(district.system, id)).toMatchObject({ state: 'ready' })
    expect(await confirm(district.system, id)).toMatchObject({ ok: true, value: { written: records.staff.length } })
    expect(await undone(id)).toEqual({ ok: true, value: [] })
    expect(await registerState(district.system)).toEqual(before)
  })

  test('what changed since the dry run is not overwritten: nothing is written', async () => {
    const { id } = await dryRunOf(district.system, await roster(altered(5, { note: '甲' })))
    const other = await dryRunOf(district.system, await roster(altered(5, { note: '乙' })))
    await confirm(district.system, other.id)
    expect(await confirm(district.system, id)).toMatchObject({
      ok: false,
      refusals: [{ code: 'import.refusal.registerMoved' }],
    })
    expect(await undone(other.id)).toEqual({ ok: true, value: [] })
  })

  test('a cell changed since our own workbook was written is a conflict, kept as in the system unless chosen', async () => {
    const person = records.staff[7]!
    const columns = [
      { key: 'school', title: '学校' },
      { key: 'name', title: '姓名' },
      { key: 'idNumber', title: '身份证号' },
      { key: 'note', title: '备注' },
      { key: 'degree', title: '学位' },
    ]
    const writtenAt = new Date().toISOString()
    const exported = await writeSheet({
      title: '教职工花名册',
      kind: 'roster',
      writtenAt,
      columns,
      rows: [{ school: person.school, name: person.name, idNumber: person.idNumber, note: '表里的', degree: '博士' }],
    })
    const inSystem = await dryRunOf(district.system, await roster(altered(7, { note: '系统里的' })))
    await confirm(district.system, inSystem.id)
    const { id, report } = await dryRunOf(district.system, exported)
    expect(report.counts).toMatchObject({
      conflicts: 1,
      missing: records.staff.filter(({ school }) => school === person.school).length - 1,
    })
    const [row] = (await rowsOf(district.system, id)).filter(({ outcome }) => outcome === 'conflict')
    expect(row!.changes).toEqual([
      expect.objectContaining({ field: 'degree', new: '博士' }),
      { field: 'note', old: '系统里的', new: '表里的', conflict: true },
    ])
    await confirm(district.system, id)
    const read = () =>
      withScope(district.system, (tx) => tx.select().from(teachers).where(eq(teachers.id, row!.teacherId!)))
    expect((await read())[0]).toMatchObject({ note: '系统里的', degree: '博士' })
    expect(await undone(id)).toEqual({ ok: true, value: [] })
    const chosen = await dryRunOf(district.system, exported)
    await confirm(district.system, chosen.id, { conflicts: { [`${row!.sheet}:${row!.row}`]: ['note'] }, missing: {} })
    expect((await read())[0]).toMatchObject({ note: '表里的' })
    expect(await undone(chosen.id)).toEqual({ ok: true, value: [] })
    expect(await undone(inSystem.id)).toEqual({ ok: true, value: [] })
  })

  test('a school’s own workbook is refused for people of other schools', async () => {
    const schoolId = await withScope(district.system, async (tx) => {
      const [row] = await tx.execute<{ id: string }>(sql`SELECT id FROM schools WHERE name = ${small[0]!.name}`)
      return row!.id
    })
    const { report } = await dryRunOf(district.system, await roster(), { schoolId: schoolId as never })
    const others = records.staff.filter(({ school }) => school !== small[0]!.name).length
    expect(count('refused')(report.counts as never)).toBe(others)
  })
})
