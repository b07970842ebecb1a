import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  appointments,
  auditEvents,
  correctionRequests,
  exportLog,
  fieldChanges,
  idempotencyKeys,
  notifications,
  reveals,
  titles,
} from '@/db/schema/index.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { changeAppointment } from '@/lib/register/commands/change-post.ts'
import { createTeacher } from '@/lib/register/commands/create-teacher.ts'
import { decideCorrection, supportCorrection } from '@/lib/register/commands/decide-correction.ts'
import { editTeacher } from '@/lib/register/commands/edit-teacher.ts'
import { exportTeachers } from '@/lib/register/commands/export-teachers.ts'
import { changeTitle } from '@/lib/register/commands/record-standing.ts'
import { proposeFact, requestCorrection } from '@/lib/register/commands/request-correction.ts'
import { revealSecret } from '@/lib/register/commands/reveal.ts'
import { selectTeachers } from '@/lib/register/commands/teacher-list.ts'
import { openCorrections } from '@/lib/register/queries/corrections.ts'
import { selectedIds } from '@/lib/register/queries/teacher-preferences.ts'
import { teacherView } from '@/lib/register/queries/teacher-view.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { aLoadedDistrict, type LoadedDistrict } from '../../support/loaded-district.ts'
import { readWorkbook } from '../../support/read-workbook.ts'
import { anActor, idNumberOf, smallRecords } from '../../support/small-district.ts'

let district: LoadedDistrict
let a: SchoolId
let b: SchoolId
let hr: UserActor
let hr2: UserActor
let schoolHrA: UserActor
let schoolHrB: UserActor
let teacher: UserActor
const person = (serial: number): TeacherId => district.teacherIds.get(idNumberOf('1985-03-12', serial))!
const asSystem = <T>(work: (tx: Tx) => Promise<T>) => withScope(district.system, work)
const seen = async (id: TeacherId, on = hr.today, who = hr) =>
  (await withScope(who, (tx) => teacherView(tx, who, id, on), { readOnly: true }))!
const codes = (outcome: { ok: boolean; refusals?: { code: string }[] }) =>
  'refusals' in outcome ? outcome.refusals!.map((refusal) => refusal.code) : []

beforeAll(async () => {
  district = await aLoadedDistrict(smallRecords())
  a = district.schoolIds.get('甲小学')!
  b = district.schoolIds.get('乙小学')!
  const { system } = district
  hr = await anActor(system, 'bureau_hr')
  hr2 = await anActor(system, 'bureau_hr', { teacherId: person(5) })
  schoolHrA = await anActor(system, 'school_hr', { schoolId: a })
  schoolHrB = await anActor(system, 'school_hr', { schoolId: b })
  teacher = await anActor(system, 'teacher', { teacherId: person(1) })
})
afterAll(() => district.close())

const base = (view: Awaited<ReturnType<typeof seen>>) => ({
  name: view.row.name,
  staffNo: view.row.staffNo ?? null,
  joinedWork: view.row.joinedWork ?? null,
  ...Object.fromEntries(Object.entries(view.facts!).filter(([name]) => name !== 'leftOn')),
})
const edit = (view: Awaited<ReturnType<typeof seen>>, changes: Record<string, string>) => ({
  teacherId: view.row.id,
  version: view.row.version,
  ...Object.fromEntries(Object.entries(base(view)).map(([name, value]) => [name, value ?? ''])),
  ...changes,
  base: JSON.stringify(base(view)),
  reason: '核对毕业证书',
})

describe('correcting facts of a person', () => {
  test('the old value stays with who and why, and a past day still shows it', async () => {
    const before = await seen(person(3))
    const outcome = await runCommand(editTeacher, hr, edit(before, { highestEducation: 'master', name: '张百' }))
    expect(outcome.ok).toBe(true)
    const after = await seen(person(3))
    expect(after.row).toMatchObject({ name: '张百', education: 'master', version: before.row.version + 1 })
    expect(after.changes.filter((change) => change.field === 'highestEducation')).toMatchObject([
      { old: 'bachelor', new: 'master', by: hr.name, reason: '核对毕业证书' },
    ])
    expect((await seen(person(3), day('2026-01-01'))).row).toMatchObject({ name: '张%百', education: 'bachelor' })
  })

  test('two edits of different fields both stand, of the same field the second is told both values', async () => {
    const first = await seen(person(4))
    expect((await runCommand(editTeacher, hr, edit(first, { degree: '学士' }))).ok).toBe(true)
    expect((await runCommand(editTeacher, hr2, edit(first, { putonghua: '二级甲等' }))).ok).toBe(true)
    const refused = await runCommand(editTeacher, hr2, edit(first, { degree: '硕士' }))
    expect(codes(refused)).toEqual(['platform.refusal.stale', 'register.refusal.fieldChanged'])
    expect(refused.ok ? null : refused.refusals[1]).toMatchObject({
      field: 'degree',
      values: { now: '学士', mine: '硕士' },
    })
    expect((await seen(person(4))).facts).toMatchObject({ degree: '学士', putonghua: '二级甲等' })
  })

  test('a school edits its own people only', async () => {
    const view = await seen(person(1))
    expect(codes(await runCommand(editTeacher, schoolHrB, edit(view, { note: 'x' })))).toEqual([
      'platform.refusal.notFound',
    ])
    expect((await runCommand(editTeacher, schoolHrA, edit(view, { note: '班主任' }))).ok).toBe(true)
  })
})

describe('dated facts', () => {
  const move = (id: TeacherId, version: number, changes: Record<string, string>) => ({
    teacherId: id,
    version,
    line: 'both',
    schoolId: b,
    stage: 'P',
    subject: 'MATH',
    periods: '',
    from: '2026-09-01',
    reason: '工作需要',
    ...changes,
  })

  test('a change closes a row and opens another, and school HR of the old school loses sight from that day', async () => {
    const before = await seen(person(3))
    const outcome = await runCommand(changeAppointment, hr, move(person(3), before.row.version, { subject: 'CHN' }))
    expect(outcome.ok).toBe(true)
    expect((await seen(person(3))).row).toMatchObject({ school: '乙小学', workSchool: '乙小学' })
    expect((await seen(person(3), day('2026-08-31'))).row).toMatchObject({ school: '甲小学' })
    const rows = await asSystem((tx) =>
      tx
        .select()
        .from(appointments)
        .where(eq(appointments.teacherId, person(3))),
    )
    expect(rows.filter((row) => row.kind === 'establishment').map((row) => row.during)).toEqual([
      { from: '2024-09-01', until: '2026-09-01' },
      { from: '2026-09-01', until: null },
    ])
    const other = await withScope(schoolHrA, (tx) => teacherView(tx, schoolHrA, person(3), schoolHrA.today))
    expect(other).toBeNull()
  })

  test('a stale form changes nothing', async () => {
    const before = await seen(person(1))
    const outcome = await runCommand(changeAppointment, hr, move(person(1), before.row.version - 1, {}))
    expect(codes(outcome)).toEqual(['platform.refusal.stale'])
    expect((await seen(person(1))).row.school).toBe('甲小学')
  })

  test('a running rotation is not moved by hand', async () => {
    const before = await seen(person(2))
    expect(codes(await runCommand(changeAppointment, hr, move(person(2), before.row.version, {})))).toEqual([
      'register.refusal.posted',
    ])
  })

  test('a title from its first day on is a correction of the row, later a new row', async () => {
    const before = await seen(person(1))
    const title = {
      teacherId: person(1),
      version: before.row.version,
      kind: 'appointed',
      title: 'senior',
      from: '2026-10-01',
      reason: '区聘字〔2026〕3号',
    }
    expect((await runCommand(changeTitle, hr, title)).ok).toBe(true)
    const again = { ...title, version: before.row.version + 1, title: 'full_senior' }
    expect((await runCommand(changeTitle, hr, again)).ok).toBe(true)
    const rows = await asSystem((tx) =>
      tx
        .select()
        .from(titles)
        .where(eq(titles.teacherId, person(1))),
    )
    expect(rows.filter((row) => row.kind === 'appointed').map((row) => [row.title, row.during.from])).toEqual([
      ['first', '2014-11-01'],
      ['full_senior', '2026-10-01'],
    ])
    expect(codes(await runCommand(changeTitle, hr, { ...again, version: before.row.version + 2 }))).toEqual([
      'register.refusal.sameAlready',
    ])
  })

  test('SD-3 nobody enters a fact of the own record', async () => {
    const own = await seen(person(5))
    const title = {
      teacherId: person(5),
      version: own.row.version,
      kind: 'held',
      title: 'senior',
      from: '2026-10-01',
      reason: '自己',
    }
    expect(codes(await runCommand(changeTitle, hr2, title))).toEqual(['register.refusal.ownRecord'])
  })
})

describe('a correction: teacher → school → HR', () => {
  const idOf = async (field: string) =>
    (await asSystem((tx) => tx.select().from(correctionRequests).where(eq(correctionRequests.field, field))))[0]!
  const waits = (actor: UserActor) => withScope(actor, (tx) => openCorrections(tx, actor))

  test('the fact changes with the decision, its history tells who and why, and the teacher is told', async () => {
    const ask = { field: 'highestEducation', wanted: '硕士', reason: '2025 年毕业' }
    expect((await runCommand(requestCorrection, teacher, ask)).ok).toBe(true)
    expect(codes(await runCommand(requestCorrection, teacher, ask))).toEqual(['register.refusal.askedAlready'])
    expect([await waits(schoolHrA), await waits(schoolHrB), await waits(hr)]).toEqual([1, 0, 0])
    let row = await idOf('highestEducation')
    const decide = { requestId: row.id, version: row.version, verdict: 'accept', value: 'master', decision: '证书已核' }
    expect(codes(await runCommand(decideCorrection, hr, decide))).toEqual(['register.refusal.opinionMissing'])
    const opinion = { requestId: row.id, version: row.version, agrees: 'yes', opinion: '属实' }
    expect(codes(await runCommand(supportCorrection, schoolHrB, opinion))).toEqual(['platform.refusal.notFound'])
    expect((await runCommand(supportCorrection, schoolHrA, opinion)).ok).toBe(true)
    expect([await waits(schoolHrA), await waits(hr)]).toEqual([0, 1])
    expect(codes(await runCommand(decideCorrection, hr, decide))).toEqual(['platform.refusal.stale'])
    row = await idOf('highestEducation')
    expect((await runCommand(decideCorrection, hr, { ...decide, version: row.version })).ok).toBe(true)
    const view = await seen(person(1), teacher.today, teacher)
    expect(view.row.education).toBe('master')
    expect(view.changes).toContainEqual(
      expect.objectContaining({
        field: 'highestEducation',
        old: 'bachelor',
        new: 'master',
        by: hr.name,
        reason: '证书已核',
      }),
    )
    const told = await withScope(teacher, (tx) => tx.select().from(notifications))
    expect(told).toMatchObject([{ key: 'register.notice.correctionAccepted', values: { decision: '证书已核' } }])
  })

  test('a phone travels sealed: no row, change or trail holds it', async () => {
    const wanted = '13800001111'
    expect((await runCommand(requestCorrection, teacher, { field: 'phone', wanted, reason: '换号' })).ok).toBe(true)
    let row = await idOf('phone')
    await runCommand(supportCorrection, schoolHrA, {
      requestId: row.id,
      version: row.version,
      agrees: 'yes',
      opinion: '属实',
    })
    row = await idOf('phone')
    const decide = { requestId: row.id, version: row.version, verdict: 'accept', decision: '已核' }
    expect((await runCommand(decideCorrection, hr, decide)).ok).toBe(true)
    expect((await seen(person(1))).row.secrets?.phone).toBe('138****1111')
    const kept = await asSystem(async (tx) => [
      await tx.select().from(correctionRequests),
      await tx.select().from(fieldChanges),
      await tx.select().from(auditEvents),
    ])
    expect(JSON.stringify(kept)).not.toContain(wanted)
  })

  test('what a school proposes is not in the register before HR has checked it', async () => {
    const honour = {
      teacherId: person(1),
      fact: 'honour',
      kind: 'subject_leader',
      level: 'city',
      month: '2026-05',
      reason: '市教发〔2026〕9号',
    }
    expect(codes(await runCommand(proposeFact, schoolHrB, honour))).toEqual(['platform.refusal.notFound'])
    expect((await runCommand(proposeFact, schoolHrA, honour)).ok).toBe(true)
    const held = async () => (await seen(person(1))).record.filter((entry) => entry.facts.kind === 'subject_leader')
    expect(await held()).toEqual([])
    const row = await idOf('honour')
    expect(
      codes(
        await runCommand(decideCorrection, schoolHrA, {
          requestId: row.id,
          version: row.version,
          verdict: 'accept',
          decision: '同意',
        }),
      ),
    ).toEqual(['platform.refusal.forbidden'])
    expect(
      (
        await runCommand(decideCorrection, hr, {
          requestId: row.id,
          version: row.version,
          verdict: 'accept',
          decision: '文件已核',
        })
      ).ok,
    ).toBe(true)
    expect(await held()).toHaveLength(1)
  })
})

describe('showing a sensitive value', () => {
  const look = { teacherId: '', field: 'idNumber', reasonKind: 'verify', reason: '核对身份' }

  test('once, with a reason, on record, and never kept with the answer', async () => {
    const outcome = await runCommand(
      revealSecret,
      hr,
      { ...look, teacherId: person(1) },
      { idempotencyKey: 'key-00000001' },
    )
    const number = idNumberOf('1985-03-12', 1)
    expect(outcome.ok && outcome.value.value).toEqual({ value: number })
    const rows = await withScope(teacher, (tx) => tx.select().from(reveals))
    expect(rows).toMatchObject([{ byName: hr.name, subject: 'idNumber', reason: '核对身份' }])
    const kept = await asSystem(async (tx) => [
      await tx.select().from(idempotencyKeys),
      await tx.select().from(auditEvents),
    ])
    expect(JSON.stringify(kept)).not.toContain(number)
  })

  test('a school may see the phone of its own people, never an ID number, never without a reason', async () => {
    const mine = { ...look, teacherId: person(1) }
    expect(codes(await runCommand(revealSecret, schoolHrA, mine))).toEqual(['platform.refusal.forbidden'])
    expect((await runCommand(revealSecret, schoolHrA, { ...mine, field: 'phone' })).ok).toBe(true)
    expect(codes(await runCommand(revealSecret, schoolHrB, { ...mine, field: 'phone' }))).toEqual([
      'platform.refusal.notFound',
    ])
    expect(codes(await runCommand(revealSecret, hr, { ...mine, reason: '' }))).toEqual([
      'register.refusal.reasonMissing',
    ])
  })
})

describe('selection and export', () => {
  test('the selection lives on the server, and everybody a query finds can be chosen', async () => {
    const choose = (more: object) => runCommand(selectTeachers, hr, { add: [], remove: [], clear: false, ...more })
    await choose({ add: [person(1), person(4)] })
    await choose({ remove: [person(4)] })
    expect(await withScope(hr, (tx) => selectedIds(tx, hr))).toEqual([person(1)])
    const all = await choose({ all: `school=${b}` })
    expect(all.ok && all.value.value).toEqual({ count: 4 })
  })

  test('what the filter shows leaves masked, marked as demo, with versions, and who took it is kept', async () => {
    const asked = { purpose: '报市局', filter: `school=${a}`, selection: false, locale: 'zh-CN' }
    expect(codes(await runCommand(exportTeachers, hr, { ...asked, purpose: '' }))).toEqual([
      'register.refusal.purposeMissing',
    ])
    const outcome = await runCommand(exportTeachers, hr, asked)
    if (!outcome.ok) throw new Error(codes(outcome).join())
    const cells = await readWorkbook(outcome.value.value.file)
    const text = JSON.stringify(cells)
    expect(text).toContain('演示数据')
    expect(text).toContain('王小芳')
    expect(text).toMatch(new RegExp(`${person(1)}@\\d+`))
    expect(text).not.toContain('赵_下')
    const rows = await withScope(hr, (tx) => tx.select().from(exportLog))
    expect(rows).toMatchObject([{ purpose: '报市局', rowCount: 2, byName: hr.name }])
    expect(rows[0]!.teacherIds.sort()).toEqual([person(1), person(2)].sort())
  })
})

test('a new person enters with every first row, and not twice', async () => {
  const sent = {
    name: '陈新',
    staffNo: 'D000099',
    idNumber: idNumberOf('1999-01-02', 7),
    phone: '',
    schoolId: a,
    joinedSchool: '2026-09-01',
    joinedWork: '2026-09-01',
    form: 'in',
    category: 'teacher',
    postKind: 'professional',
    duty: '',
    stage: 'P',
    subject: 'PE',
    title: 'none',
    titleFrom: '',
    highestEducation: 'bachelor',
    reason: '公开招聘',
  }
  const outcome = await runCommand(createTeacher, hr, sent)
  if (!outcome.ok) throw new Error(codes(outcome).join())
  const view = await seen((outcome.value.value as { id: TeacherId }).id)
  expect(view.row).toMatchObject({ name: '陈新', school: '甲小学', subject: 'PE', sex: 'M', form: 'in' })
  expect(codes(await runCommand(createTeacher, hr, { ...sent, staffNo: 'D000100' }))).toEqual([
    'register.refusal.personTwice',
  ])
  expect(codes(await runCommand(createTeacher, hr, { ...sent, idNumber: `${sent.idNumber.slice(0, 17)}Z` }))).toEqual([
    'register.refusal.idNumber',
  ])
  expect(codes(await runCommand(createTeacher, schoolHrA, sent))).toEqual(['platform.refusal.forbidden'])
})
