import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { equityReadings } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { ownReadings } from '@/lib/equity/queries/own-readings.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'
import { aDecidedRound, type DecidedRound } from '../../support/decided-round.ts'

let round: DecidedRound
beforeAll(async () => {
  round = await aDecidedRound()
  const reading = (schoolId: SchoolId | null, indicator: number, amount: number) => ({
    districtId: round.districtId,
    id: newId<string>(),
    onDay: day('2026-07-16'),
    basis: 'relation' as const,
    stage: 'P' as const,
    indicator,
    schoolId,
    pupils: 1000,
    amount,
    value: amount / 10,
    coefficient: schoolId ? null : 1234,
    passes: true,
    units: 5,
    computedAt: now(),
  })
  const [own, other] = round.schools as [SchoolId, SchoolId]
  await withScope(round.system, (tx) =>
    tx.insert(equityReadings).values([
      // Backbone: two others in the whole district. PE and arts: three others. Rooms are not people.
      reading(own, 2, 4),
      reading(other, 2, 2),
      reading(null, 2, 6),
      reading(own, 3, 1),
      reading(null, 3, 4),
      reading(own, 4, 10),
      reading(null, 4, 11),
    ]),
  )
})
afterAll(() => round.close())

describe('security.md §2.3 what a principal reads of the district', () => {
  test('a district figure that tells of two people elsewhere is held back, also its coefficient; others stand', async () => {
    const rows = await withScope(round.actor('principal0'), ownReadings)
    const district = (indicator: number) => rows.find((row) => row.schoolId === null && row.indicator === indicator)
    expect(district(2)).toMatchObject({ suppressed: true, amount: null, value: null, coefficient: null, passes: null })
    expect(district(3)).toMatchObject({ suppressed: false, value: 0.4, coefficient: 1234 })
    expect(district(4)).toMatchObject({ suppressed: false, value: 1.1 })
  })

  test('the own school’s figures are shown, another school’s row is absent', async () => {
    const rows = await withScope(round.actor('principal0'), ownReadings)
    const schools = rows.filter(({ schoolId }) => schoolId !== null)
    expect(new Set(schools.map(({ schoolId }) => schoolId))).toEqual(new Set([round.schools[0]]))
    expect(schools.find(({ indicator }) => indicator === 2)).toMatchObject({ value: 0.4, suppressed: false })
  })
})
