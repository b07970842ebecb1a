import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withScope } from '@/db/scope.ts'
import { findPeople } from '@/lib/register/queries/find.ts'
import { schoolPage } from '@/lib/register/queries/school-page.ts'
import { allTeacherIds, listTeachers, schoolsBetween } from '@/lib/register/queries/teacher-list.ts'
import { teacherQuery } from '@/lib/register/queries/teacher-query.ts'
import { teacherView } from '@/lib/register/queries/teacher-view.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { fieldsOf, TEACHER_FIELDS, type TeacherField } from '@/lib/rules/access/masks.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { aLoadedDistrict, type LoadedDistrict } from '../../support/loaded-district.ts'
import { anActor, idNumberOf, smallRecords } from '../../support/small-district.ts'

let district: LoadedDistrict
let a: SchoolId
let b: SchoolId
const person = (serial: number): TeacherId => district.teacherIds.get(idNumberOf('1985-03-12', serial))!
const actors = {} as Record<
  'hr' | 'reviewer' | 'researcher' | 'principalA' | 'schoolHrA' | 'schoolHrB' | 'own',
  UserActor
>

beforeAll(async () => {
  district = await aLoadedDistrict(smallRecords())
  a = district.schoolIds.get('甲小学')!
  b = district.schoolIds.get('乙小学')!
  const { system } = district
  actors.hr = await anActor(system, 'bureau_hr')
  actors.reviewer = await anActor(system, 'bureau_reviewer')
  actors.researcher = await anActor(system, 'researcher')
  actors.principalA = await anActor(system, 'principal', { schoolId: a })
  actors.schoolHrA = await anActor(system, 'school_hr', { schoolId: a })
  actors.schoolHrB = await anActor(system, 'school_hr', { schoolId: b })
  actors.own = await anActor(system, 'teacher', { teacherId: person(1) })
})
afterAll(() => district.close())

const ALL = Object.keys(TEACHER_FIELDS) as TeacherField[]
const ask = (actor: UserActor, query: Record<string, unknown>) =>
  withScope(actor, (tx) => listTeachers(tx, actor, teacherQuery.parse(query), ALL), { readOnly: true })
const names = async (actor: UserActor, query: Record<string, unknown>) =>
  (await ask(actor, query)).rows.map((row) => row.name).sort()
const view = (actor: UserActor, id: TeacherId, on = actor.today) =>
  withScope(actor, (tx) => teacherView(tx, actor, id, on), { readOnly: true })

describe('who sees whom in the teacher list', () => {
  test('the bureau sees all, a school its own and who teaches there, a teacher through the list nobody else', async () => {
    expect((await ask(actors.hr, {})).total).toBe(5)
    expect(await names(actors.schoolHrA, {})).toEqual(['张%百', '李明亮', '王小芳'])
    expect(await names(actors.schoolHrB, {})).toEqual(['李明', '李明亮', '赵_下'])
    expect(await names(actors.own, {})).toEqual(['王小芳'])
  })

  test('somebody of another school is not there at all, not even by id', async () => {
    expect(await view(actors.schoolHrB, person(1))).toBeNull()
    expect((await view(actors.schoolHrA, person(1)))?.row.name).toBe('王小芳')
    expect(await withScope(actors.schoolHrB, (tx) => schoolPage(tx, actors.schoolHrB, a, actors.hr.today))).toBeNull()
  })
})

describe('security.md §2.2 masks', () => {
  const row = async (actor: UserActor) => (await ask(actor, { who: '王小芳' })).rows[0]!
  const id = idNumberOf('1985-03-12', 1)

  test('f1 f2 f7 as each role may read them', async () => {
    const hr = await row(actors.hr)
    expect(hr.secrets).toMatchObject({ idNumber: `****${id.slice(-4)}`, phone: '139****5678', ethnic: '汉族' })
    expect(hr.birth?.day).toBe('1985-03-12')
    const school = await row(actors.schoolHrA)
    expect(school.secrets).toMatchObject({ idNumber: 'registered', phone: '139****5678', birth: '1985-03-12' })
    const principal = await row(actors.principalA)
    expect(principal.secrets).toEqual({ idNumber: 'registered', certificateNo: 'registered', phone: '139****5678' })
    expect(principal.birth).toEqual({ day: null, month: '1985-03', age: 41 })
    const reviewer = await row(actors.reviewer)
    expect(reviewer.secrets).toBeUndefined()
    expect(reviewer.birth).toEqual({ day: null, month: '1985-03', age: 41 })
  })

  test('a researcher reads name, school and subject only', async () => {
    const row = (await ask(actors.researcher, { who: '王小芳' })).rows[0]!
    const read = Object.entries(row).filter(([, value]) => value !== null && value !== undefined)
    expect(read.map(([name]) => name).sort()).toEqual(
      ['away', 'id', 'name', 'school', 'schoolId', 'stage', 'subject', 'version', 'workSchool'].sort(),
    )
    expect(fieldsOf('researcher')).toEqual(['name', 'school', 'workSchool', 'stage', 'subject'])
  })

  test('f3: the kind of a private leave reaches nobody but the person', async () => {
    const leaveOf = async (actor: UserActor) =>
      (await view(actor, person(1)))?.record.find((entry) => entry.kind === 'leave')
    for (const actor of [actors.hr, actors.schoolHrA, actors.principalA, actors.reviewer]) {
      const leave = await leaveOf(actor)
      expect(leave).toMatchObject({ masked: true, facts: { kind: null }, until: '2026-07-01' })
    }
    expect((await leaveOf(actors.own))?.facts.kind).toBe('sick')
    expect(await leaveOf(actors.researcher)).toBeUndefined()
  })

  test('nothing sent to any but the person holds the whole ID number or phone', async () => {
    for (const actor of [actors.hr, actors.reviewer, actors.researcher, actors.principalA, actors.schoolHrA]) {
      const sent = JSON.stringify([await ask(actor, {}), await view(actor, person(1))])
      expect(sent).not.toContain(id)
      expect(sent).not.toContain('13912345678')
    }
  })
})

describe('finding people', () => {
  test.each([
    ['李明', ['李明', '李明亮']],
    ['lml', ['李明亮']],
    ['limingliang', ['李明亮']],
    ['0003', ['张%百']],
    [idNumberOf('1985-03-12', 4).slice(-4), ['赵_下']],
    [idNumberOf('1985-03-12', 4), ['赵_下']],
  ])('%s', async (who, found) => {
    expect(await names(actors.hr, { who })).toEqual(found)
  })

  test('% and _ and \\ are letters, not patterns', async () => {
    expect(await names(actors.hr, { who: '%' })).toEqual(['张%百'])
    expect(await names(actors.hr, { who: '_' })).toEqual(['赵_下'])
    expect(await names(actors.hr, { who: '\\' })).toEqual([])
  })

  test('the last four of an ID number find nobody for anyone but HR', async () => {
    const who = idNumberOf('1985-03-12', 1).slice(-4)
    expect(await names(actors.schoolHrA, { who })).toEqual([])
    expect(await names(actors.principalA, { who })).toEqual([])
  })

  test('the finder shows namesakes apart, whole matches first, and nobody of another school', async () => {
    const found = await withScope(actors.hr, (tx) => findPeople(tx, actors.hr, '李明'))
    expect(found.map(({ name, school }) => `${name} ${school}`)).toEqual(['李明 乙小学', '李明亮 甲小学'])
    expect(await withScope(actors.schoolHrB, (tx) => findPeople(tx, actors.schoolHrB, '王小芳'))).toEqual([])
  })
})

describe('filters and totals', () => {
  test('R-HON-1 backbone counts whom a valid honour makes one, on the day asked', async () => {
    expect(await ask(actors.hr, {})).toMatchObject({ total: 5, backbone: 1 })
    expect(await names(actors.hr, { backbone: 'yes' })).toEqual(['王小芳'])
    expect(await names(actors.hr, { backbone: 'no' })).toHaveLength(4)
    expect((await ask(actors.hr, { asOf: '2024-04-30' })).backbone).toBe(0)
    expect((await ask(actors.hr, { asOf: '2019-01-01' })).backbone).toBe(1)
  })

  test('R-BAL-4 a school by relation and by place of work', async () => {
    expect(await names(actors.hr, { school: b })).toEqual(['李明', '赵_下'])
    expect(await names(actors.hr, { school: b, basis: 'workplace' })).toEqual(['李明', '李明亮', '赵_下'])
    expect(await names(actors.hr, { school: a, posted: 'out' })).toEqual(['李明亮'])
    expect(await names(actors.schoolHrB, { posted: 'in' })).toEqual(['李明亮'])
  })

  test('title, subject, years at school', async () => {
    expect(await names(actors.hr, { title: 'none' })).toEqual(['赵_下'])
    expect(await names(actors.hr, { subject: 'CHN' })).toEqual(['张%百', '李明'])
    expect(await names(actors.hr, { yearsFrom: '6', school: a })).toEqual(['李明亮', '王小芳'])
    expect(await names(actors.hr, { yearsTo: '6', school: a })).toEqual(['张%百'])
  })

  test('the totals count just whom the list shows, for every role and condition', async () => {
    for (const actor of Object.values(actors))
      for (const query of [
        {},
        { who: '李' },
        { sex: 'F' },
        { backbone: 'yes' },
        { backbone: 'no' },
        { title: 'none' },
      ]) {
        const { rows, total, backbone } = await ask(actor, query)
        expect([actor.role, query, rows.length]).toEqual([actor.role, query, total])
        // a researcher reads no honours of a person, yet how many backbone teachers a list holds
        if (actor.role !== 'researcher') expect(rows.filter((row) => row.isBackbone)).toHaveLength(backbone)
      }
  })

  test('in the order of schools, up and down, the pages join into the whole list without a gap', async () => {
    for (const down of [undefined, '1']) {
      const all = await withScope(actors.hr, (tx) => allTeacherIds(tx, actors.hr, teacherQuery.parse({ down })))
      const { rows } = await ask(actors.hr, { down })
      expect(rows.map(({ id }) => id)).toEqual(all)
      expect(new Set(all).size).toBe(5)
    }
  })

  test('a page takes people from just the schools that hold its places', () => {
    const counts = [2, 0, 3, 1].map((people, n) => ({ schoolId: `s${n}` as SchoolId, people }))
    expect(schoolsBetween(counts, 0, 2)).toEqual({ schoolIds: ['s0'], before: 0 })
    expect(schoolsBetween(counts, 2, 4)).toEqual({ schoolIds: ['s2'], before: 2 })
    expect(schoolsBetween(counts, 1, 6)).toEqual({ schoolIds: ['s0', 's1', 's2', 's3'], before: 0 })
    expect(schoolsBetween(counts, 5, 9)).toEqual({ schoolIds: ['s3'], before: 5 })
    expect(schoolsBetween(counts, 6, 9)).toEqual({ schoolIds: [], before: 6 })
  })

  test('paging tells the whole, and a page that is gone shows the first', async () => {
    const page = await ask(actors.hr, { size: '20', page: '9' })
    expect(page).toMatchObject({ total: 5, page: 1 })
    expect(page.rows).toHaveLength(5)
  })

  test('as of a day before somebody came they are not there', async () => {
    expect(await names(actors.hr, { asOf: '2024-08-31', school: a })).toEqual(['李明亮', '王小芳'])
    const then = await view(actors.hr, person(2), day('2025-08-31'))
    expect(then?.row).toMatchObject({ school: '甲小学', workSchool: '甲小学', away: false })
    expect((await view(actors.hr, person(2)))?.row).toMatchObject({ workSchool: '乙小学', away: true })
  })
})
