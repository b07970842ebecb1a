import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { caseDecisions, rotationCases } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { generateDistrict, onlySchools } from '@/db/seed/district.ts'
import { writeRegistersWorkbook, writeRosterWorkbook, writeSchoolsWorkbook } from '@/db/seed/workbooks.ts'
import { runUndo } from '@/lib/register/imports/run/batch.ts'
import { month } from '@/lib/rules/values/dates.ts'
import type { BatchId } from '@/lib/rules/values/ids.ts'
import {
  anEmptyDistrict,
  confirm,
  dryRunOf,
  imported,
  registerState,
  setBatch,
} from '@/tests/support/import-district.ts'
import type { LoadedDistrict } from '@/tests/support/loaded-district.ts'

const whole = generateDistrict({ seed: 2026 })
const isRunning = ({ movesRelation, start, end }: (typeof whole.rotations)[number]) =>
  !movesRelation && start <= '2026-11' && end !== null && end >= '2026-11'
const posted = whole.rotations.filter(isRunning).slice(0, 2)
const records = onlySchools(
  whole,
  posted.flatMap(({ fromSchool, toSchool }) => [fromSchool, toSchool]),
)
let district: LoadedDistrict
beforeAll(async () => {
  district = await anEmptyDistrict()
  await imported(district.system, 'schools', await writeSchoolsWorkbook(records))
  await imported(district.system, 'roster', await writeRosterWorkbook(records, { seed: 1 }))
}, 240_000)
afterAll(() => district.close())

const cases = () => withScope(district.system, (tx) => tx.select().from(rotationCases))
const undone = async (id: BatchId) => {
  await setBatch(district.system, id, { state: 'undoing' })
  return runUndo(district.system, id, { userId: null, name: 'test' })
}
const registers = async () => {
  const { id } = await dryRunOf(district.system, await writeRegistersWorkbook(records), { kind: 'registers' })
  expect(await confirm(district.system, id)).toMatchObject({ ok: true })
  return id
}

describe('running postings of the register of rotations', () => {
  test('become cases in service of a closed round without approvals, and go again with the registers', async () => {
    const before = await registerState(district.system)
    const id = await registers()
    const opened = await cases()
    const running = records.rotations.filter(isRunning)
    expect(opened.length).toBeGreaterThan(0)
    expect(opened.length).toBe(new Set(running.map(({ idNumber }) => idNumber)).size)
    expect(new Set(opened.map(({ state, source }) => `${state} ${source}`))).toEqual(new Set(['serving register']))
    const decisions = await withScope(district.system, (tx) => tx.select().from(caseDecisions))
    expect(new Set(decisions.map(({ part }) => part))).toEqual(new Set(['note']))
    expect(await undone(id)).toEqual({ ok: true, value: [] })
    expect(await registerState(district.system)).toEqual(before)
    expect(await cases()).toEqual([])
  })

  test('a later register with another end moves the end of its case, and undo moves it back', async () => {
    const id = await registers()
    const [first] = (await cases()).filter(({ endsOn }) => endsOn !== null)
    const moved = {
      ...records,
      rotations: records.rotations.map((rotation) =>
        isRunning(rotation) ? { ...rotation, end: month('2028-08') } : rotation,
      ),
    }
    const later = await dryRunOf(district.system, await writeRegistersWorkbook(moved), { kind: 'registers' })
    expect(await confirm(district.system, later.id)).toMatchObject({ ok: true })
    const end = async () => (await cases()).find((one) => one.id === first!.id)!.endsOn
    expect(first!.endsOn).not.toBe('2028-08-31')
    expect(await end()).toBe('2028-08-31')
    expect(await undone(later.id)).toEqual({ ok: true, value: [] })
    expect(await end()).toBe(first!.endsOn)
    expect(await undone(id)).toEqual({ ok: true, value: [] })
  })

  test('a case that has gone on stands in the way of undo', async () => {
    const id = await registers()
    const [first] = await cases()
    await withScope(district.system, (tx) =>
      tx.update(rotationCases).set({ state: 'terminated' }).where(eq(rotationCases.id, first!.id)),
    )
    expect(await undone(id)).toMatchObject({ ok: true, value: [{ why: 'edited', table: 'rotation_cases' }] })
    expect((await cases()).length).toBeGreaterThan(0)
  })
})
