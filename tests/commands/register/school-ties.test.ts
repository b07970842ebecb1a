import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groupMemberships, principalships, schoolPairings, teachers } from '@/db/schema/index.ts'
import { changeGroup, changeHead, changePairing } from '@/lib/register/commands/school-ties.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { aRoundDistrict, type RoundDistrict } from '@/tests/support/round-district.ts'

let d: RoundDistrict
beforeAll(async () => {
  d = await aRoundDistrict()
})
afterAll(() => d.close())
const staffNoOf = async (id: TeacherId) =>
  (await d.asSystem((tx) => tx.select({ no: teachers.staffNo }).from(teachers).where(eq(teachers.id, id))))[0]!.no

describe('a school’s dated ties', () => {
  test('a new head ends the former one the day before; a deputy or the same person is refused', async () => {
    const [first, second] = [await staffNoOf(d.staff.B[0]!), await staffNoOf(d.staff.B[1]!)]
    const appoint = (staffNo: string, from: string, duty = '校长') =>
      d.run(changeHead, 'hr1', { schoolId: d.schools.B, staffNo, duty, from, reason: '任免文件' })
    expect(await appoint(first, '2026-01-01', '副校长')).toMatchObject({
      ok: false,
      refusals: [{ code: 'school.refusal.notAHead' }],
    })
    expect((await appoint(first, '2026-01-01')).ok).toBe(true)
    expect(await appoint(first, '2026-08-01')).toMatchObject({
      ok: false,
      refusals: [{ code: 'school.refusal.headsAlready' }],
    })
    expect(await appoint(second, '2025-12-01')).toMatchObject({
      ok: false,
      refusals: [{ code: 'school.refusal.beganLater' }],
    })
    expect((await appoint(second, '2026-08-01')).ok).toBe(true)
    const posts = await d.asSystem((tx) =>
      tx
        .select()
        .from(principalships)
        .where(eq(principalships.schoolId, d.schools.B))
        .orderBy(principalships.validFrom),
    )
    expect(posts.map(({ teacherId, during }) => [teacherId, during])).toEqual([
      [d.staff.B[0], { from: '2026-01-01', until: '2026-08-01' }],
      [d.staff.B[1], { from: '2026-08-01', until: null }],
    ])
  })

  test('a school changes groups by dates, and pairings keep what was', async () => {
    const join = (group: string, from: string) =>
      d.run(changeGroup, 'hr1', { schoolId: d.schools.C, group, isCore: false, from, reason: '集团化办学' })
    expect((await join('第一教育集团', '2026-03-01')).ok).toBe(true)
    expect((await join('第二教育集团', '2026-09-01')).ok).toBe(true)
    expect((await d.asSystem((tx) => tx.select().from(groupMemberships))).length).toBe(2)
    const pair = (classes: number, from: string) =>
      d.run(changePairing, 'hr1', { schoolId: d.schools.A, partnerId: d.schools.B, classes, from, reason: '结对' })
    expect((await pair(10, '2026-03-01')).ok).toBe(true)
    expect((await pair(0, '2026-09-01')).ok).toBe(true)
    const pairs = await d.asSystem((tx) => tx.select().from(schoolPairings))
    expect(pairs.map(({ during }) => during)).toEqual([{ from: '2026-03-01', until: '2026-09-01' }])
  })
})
