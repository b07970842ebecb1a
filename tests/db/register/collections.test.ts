import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fieldChanges, roleGrants, teachers, users } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { generateDistrict, onlySchools } from '@/db/seed/district.ts'
import { now } from '@/lib/platform/clock.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { saveCell } from '@/lib/register/commands/collection-cells.ts'
import { checkPart, confirmPart, createCollection } from '@/lib/register/commands/collections.ts'
import { confirmBatch, submitBatch, undoBatchCommand } from '@/lib/register/commands/import-batch.ts'
import { uploadWorkbook } from '@/lib/register/commands/upload-workbook.ts'
import { collectionWorkbook } from '@/lib/register/documents/collection-workbook.ts'
import { runApply, runDryRun } from '@/lib/register/imports/run/batch.ts'
import {
  collectionsWaiting,
  findCollection,
  type OwnRow,
  ownRows,
  pageCells,
} from '@/lib/register/queries/collections.ts'
import { listBatches, listRows } from '@/lib/register/queries/imports.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { GrantId, PersonId, SchoolId, UserId } from '@/lib/rules/values/ids.ts'
import { batchOf } from '@/tests/support/import-district.ts'
import { aLoadedDistrict, type LoadedDistrict } from '@/tests/support/loaded-district.ts'

const whole = generateDistrict({ seed: 2026 })
const names = whole.schools
  .filter(({ kind }) => kind === 'primary')
  .slice(0, 2)
  .map(({ name }) => name)
const records = onlySchools(whole, names)
const today = day('2026-11-23')
let district: LoadedDistrict
let folder: string
let own: SchoolId
let other: SchoolId

async function person(role: Role, schoolId: SchoolId | null = null): Promise<UserActor> {
  const { districtId } = district
  const [userId, personId, grantId] = [newId<UserId>(), newId<PersonId>(), newId<GrantId>()]
  const name = `${role} ${userId.slice(-4)}`
  await withScope(district.system, async (tx) => {
    await tx
      .insert(users)
      .values({ districtId, id: userId, personId, login: userId, displayName: name, createdAt: now() })
    const during = { from: day('2026-01-01'), until: null }
    await tx.insert(roleGrants).values({ districtId, id: grantId, userId, personId, role, schoolId, during })
  })
  const schoolIds = schoolId ? [schoolId] : []
  return {
    kind: 'user',
    districtId,
    userId,
    personId,
    grantId,
    role,
    schoolIds,
    teacherId: null,
    flags: [],
    name,
    sessionId: null,
    today,
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'junheng-collections-'))
  process.env.JUNHENG_DATA = folder
  district = await aLoadedDistrict(records, today)
  own = district.schoolIds.get(names[0]!)!
  other = district.schoolIds.get(names[1]!)!
})
afterAll(async () => {
  await district.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('核对任务 from HR to the head of the school', () => {
  test('a school checks in a workbook of ours without ID numbers; its change holds once HR has checked it', async () => {
    const [hr, clerk, head] = [
      await person('bureau_hr'),
      await person('school_hr', own),
      await person('principal', own),
    ]
    const made = await runCommand(createCollection, hr, {
      title: '秋季核对',
      columns: ['staffNo', 'subject', 'note'],
      schools: [own, other],
      dueOn: '2026-12-01',
    })
    if (!made.ok) throw new Error(JSON.stringify(made.refusals))
    const { id } = made.value.value
    const part = { collectionId: id, schoolId: own }
    expect(await withScope(clerk, (tx) => collectionsWaiting(tx, clerk))).toBe(1)
    expect(await runCommand(confirmPart, head, part)).toMatchObject({ ok: false })

    const rows = await withScope(clerk, (tx) => ownRows(tx, own, today), { readOnly: true })
    expect(rows).toHaveLength(records.staff.filter(({ school }) => school === names[0]).length)
    const task = { title: '秋季核对', columns: ['staffNo', 'subject', 'note'] }
    const options = { writtenAt: now(), footer: '', nature: 'demo' as const }
    const book = new ExcelJS.Workbook()
    const bytes = await collectionWorkbook(task, names[0]!, rows, options)
    await book.xlsx.load(bytes as never)
    const text = JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()))
    for (const { idNumber } of records.staff.slice(0, 20)) expect(text).not.toContain(idNumber)
    const sheet = book.worksheets[0]!
    const first = sheet.getRow(4)
    first.getCell(5).value = '学校核对时补充'
    const changed = Buffer.from(await book.xlsx.writeBuffer())

    const sent = await runCommand(uploadWorkbook, clerk, { fileName: '核对.xlsx', content: changed, collectionId: id })
    if (!sent.ok) throw new Error(JSON.stringify(sent.refusals))
    const { batchId } = sent.value.value
    expect(existsSync(join(folder, 'files', district.districtId))).toBe(true)
    const dry = await runDryRun(district.system, batchId)
    expect(dry).toMatchObject({
      ok: true,
      value: { counts: { changed: 1, refused: 0, new: 0, missing: 0 }, notes: [] },
    })
    const listed = await withScope(clerk, (tx) => listRows(tx, batchId, { part: 'changed', page: 1, size: 20 }))
    expect(listed.rows[0]!.changes).toEqual([{ field: 'note', old: null, new: '学校核对时补充' }])

    expect(await runCommand(confirmBatch, clerk, { batchId, count: 1 })).toMatchObject({ ok: false })
    expect(await runCommand(submitBatch, clerk, { batchId })).toMatchObject({ ok: true })
    expect(await runCommand(confirmBatch, hr, { batchId, count: 2 })).toMatchObject({
      ok: false,
      refusals: [{ code: 'import.refusal.countMoved' }],
    })
    expect(await runCommand(confirmBatch, hr, { batchId, count: 1 })).toMatchObject({ ok: true })
    await runApply(district.system, batchId, { userId: hr.userId, name: hr.name })
    expect(await batchOf(district.system, batchId)).toMatchObject({ state: 'confirmed', confirmedBy: hr.userId })

    expect(await runCommand(checkPart, clerk, part)).toMatchObject({ ok: true })
    expect(await runCommand(confirmPart, head, part)).toMatchObject({ ok: true })
    const seen = await withScope(hr, (tx) => findCollection(tx, id))
    expect(seen!.parts).toMatchObject([
      {
        name: names[0],
        state: 'confirmed',
        changed: [{ id: batchId, changed: 1, isPage: false }],
        waiting: [],
        confirmedByName: head.name,
      },
      { name: names[1], state: 'open', changed: [], waiting: [] },
    ])
    // Another person's batch is not undone by one alone
    expect(await runCommand(undoBatchCommand, await person('bureau_hr'), { batchId })).toMatchObject({
      ok: false,
      refusals: [{ code: 'import.refusal.undoNeedsTwo' }],
    })
  })

  test('another school sees neither the batch nor its rows, and cannot speak for the school', async () => {
    const stranger = await person('school_hr', other)
    const batches = await withScope(stranger, (tx) => listBatches(tx, { page: 1, size: 20 }))
    expect(batches.total).toBe(0)
    const [batch] = (await withScope(district.system, (tx) => listBatches(tx, { page: 1, size: 20 }))).rows
    expect(
      (await withScope(stranger, (tx) => listRows(tx, batch!.id, { part: 'changed', page: 1, size: 20 }))).total,
    ).toBe(0)
    expect(await runCommand(submitBatch, stranger, { batchId: batch!.id })).toMatchObject({
      ok: false,
      refusals: [{ code: 'platform.refusal.notFound' }],
    })
    expect(await withScope(stranger, (tx) => ownRows(tx, own, today))).toEqual([])
  })

  test('cells edited on the page: saved one by one with old value, who and why; they hold once HR has checked them', async () => {
    const [hr, clerk, head] = [
      await person('bureau_hr'),
      await person('school_hr', other),
      await person('principal', other),
    ]
    const made = await runCommand(createCollection, hr, {
      title: '网页核对',
      columns: ['subject', 'titleAppointed', 'note'],
      schools: [own, other],
      dueOn: '2026-12-01',
    })
    if (!made.ok) throw new Error(JSON.stringify(made.refusals))
    const part = { collectionId: made.value.value.id, schoolId: other }
    const rows = await withScope(clerk, (tx) => ownRows(tx, other, today))
    const [first, second] = rows.filter(({ values }) => values.subject === 'CHN') as [OwnRow, OwnRow]
    const edit = (row: OwnRow, field: 'subject' | 'titleAppointed' | 'note' | 'duty', value: string, more = {}) =>
      runCommand(saveCell, clerk, {
        ...part,
        teacherId: row.teacherId,
        field,
        value,
        was: JSON.stringify(row.values[field] ?? null),
        reason: '填报有误',
        ...more,
      })
    const codes = (outcome: { ok: boolean; refusals?: { code: string }[] }) => outcome.refusals?.map(({ code }) => code)

    // Refused in sentences: a word nobody knows, a day to come, nothing, a column not asked for, others' people, a stale cell
    expect(codes(await edit(first, 'subject', '炼金术'))).toEqual(['import.finding.E-SUBJECT'])
    expect(codes(await edit(first, 'titleAppointed', '2031-02'))).toEqual(['import.finding.E-DATE-FUTURE'])
    expect(codes(await edit(first, 'note', ' '))).toEqual(['collection.refusal.emptyCell'])
    expect(codes(await edit(first, 'duty', '校长'))).toEqual(['collection.refusal.notAsked'])
    expect(codes(await edit(first, 'note', '好', { was: '"别的"' }))).toEqual(['collection.refusal.cellMoved'])
    const [stranger] = await withScope(district.system, (tx) => ownRows(tx, own, today))
    expect(codes(await edit(stranger!, 'note', '不是本校'))).toEqual(['platform.refusal.notFound'])
    const outsider = await person('school_hr', own)
    const theirs = { ...part, teacherId: first.teacherId, field: 'note', value: '手长', was: 'null', reason: '无' }
    expect(await runCommand(saveCell, outsider, theirs)).toMatchObject({ ok: false })

    expect(await edit(first, 'subject', '数学')).toMatchObject({ ok: true })
    expect(await edit(first, 'note', '班主任')).toMatchObject({ ok: true })
    expect(await edit(second, 'note', '先写错')).toMatchObject({ ok: true })
    expect(await edit(second, 'note', '再写对', { reason: '看错一行' })).toMatchObject({ ok: true })
    const cells = await withScope(clerk, (tx) => pageCells(tx, part.collectionId, other))
    expect(cells.get(first.teacherId)).toMatchObject([
      { field: 'subject', old: 'CHN', new: 'MATH', why: '填报有误', by: clerk.name, isHandedIn: false },
      { field: 'note', old: null, new: '班主任' },
    ])
    expect(cells.get(second.teacherId)).toMatchObject([{ field: 'note', new: '再写对', why: '看错一行' }])
    const still = await withScope(clerk, (tx) => ownRows(tx, other, today))
    expect(still.find(({ teacherId }) => teacherId === first.teacherId)!.values.subject).toBe('CHN')

    expect(await runCommand(checkPart, clerk, part)).toMatchObject({ ok: true })
    // The head sees what there is to confirm; another school's head does not
    const confirming = await withScope(head, (tx) => pageCells(tx, part.collectionId, other))
    expect(confirming.get(first.teacherId)).toMatchObject([
      { field: 'subject', new: 'MATH', isHandedIn: true },
      { field: 'note', new: '班主任' },
    ])
    const elsewhere = await person('principal', own)
    expect((await withScope(elsewhere, (tx) => pageCells(tx, part.collectionId, other))).size).toBe(0)
    expect(await runCommand(confirmPart, head, part)).toMatchObject({ ok: true })
    expect(codes(await edit(first, 'note', '校长已确认'))).toEqual(['collection.refusal.confirmedAlready'])
    const seen = await withScope(hr, (tx) => findCollection(tx, part.collectionId))
    const [waiting] = seen!.parts.find(({ schoolId }) => schoolId === other)!.waiting
    if (!waiting) throw new Error('nothing waits')
    expect(waiting).toMatchObject({ changed: 2, isPage: true })

    // Meanwhile the system's own value of one cell changes: that cell stays as in the system, the others hold
    await withScope(district.system, (tx) =>
      tx.update(teachers).set({ note: '人事股已改' }).where(eq(teachers.id, second.teacherId)),
    )
    expect(await runCommand(confirmBatch, hr, { batchId: waiting.id, count: 2 })).toMatchObject({ ok: true })
    const applied = await runApply(district.system, waiting.id, { userId: hr.userId, name: hr.name })
    expect(applied).toMatchObject({ ok: true })
    const after = await withScope(clerk, (tx) => ownRows(tx, other, today))
    const of = (id: string) => after.find(({ teacherId }) => teacherId === id)!.values
    expect(of(first.teacherId)).toMatchObject({ subject: 'MATH', note: '班主任' })
    expect(of(second.teacherId)).toMatchObject({ note: '人事股已改' })
    const kept = await withScope(district.system, (tx) =>
      tx.select().from(fieldChanges).where(eq(fieldChanges.batchId, waiting.id)),
    )
    expect(kept.find(({ field }) => field === 'note')).toMatchObject({
      old: null,
      new: '班主任',
      byName: hr.name,
      reason: `填报有误（${clerk.name}）`,
    })
  })

  test.each(['bureau_reviewer', 'researcher', 'bureau_admin', 'bureau_auditor', 'bureau_security'] as const)(
    '%s brings nothing in',
    async (role) => {
      const actor = await person(role)
      const upload = { fileName: 'a.xlsx', content: Buffer.from('x') }
      expect(await runCommand(uploadWorkbook, actor, upload)).toMatchObject({
        ok: false,
        refusals: [{ code: 'platform.refusal.forbidden' }],
      })
    },
  )
})
