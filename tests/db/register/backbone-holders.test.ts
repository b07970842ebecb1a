import { afterAll, beforeAll, expect, test } from 'vitest'
import { honours } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { backboneHolders, honourFact } from '@/lib/register/queries/backbone.ts'
import { HONOUR_KINDS, type HonourKind } from '@/lib/rules/register/vocabulary.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { isBackbone } from '@/lib/rules/standing/backbone.ts'
import { day, type LocalDate } from '@/lib/rules/values/dates.ts'
import { aLoadedDistrict, type LoadedDistrict } from '../../support/loaded-district.ts'
import { smallRecords } from '../../support/small-district.ts'

let district: LoadedDistrict
beforeAll(async () => {
  district = await aLoadedDistrict(smallRecords())
})
afterAll(() => district.close())

const ON = day('2026-09-01')
const MONTHS = ['1998-09-01', '2021-09-01', '2021-10-01', '2023-08-01', '2023-09-01', '2023-10-01', '2026-09-01'].map(
  day,
)
const ENDS: (LocalDate | null)[] = [null, day('2026-09-01'), day('2026-09-02')]

test('R-HON-1 the database finds just those whose honours the rule counts', async () => {
  const { system } = district
  const [teacherId] = [...district.teacherIds.values()]
  const said: { expected: boolean; found: boolean; what: string }[] = []
  await withScope(system, async (tx) => {
    await tx.delete(honours)
    for (const kind of Object.keys(HONOUR_KINDS) as HonourKind[])
      for (const level of ['county', 'school'] as const)
        for (const awardedMonth of MONTHS)
          for (const validUntil of ENDS)
            for (const revokedOn of ENDS) {
              if (validUntil && validUntil <= awardedMonth) continue
              const row = { kind, level, awardedMonth, validUntil, revokedOn }
              const id = newId<string>()
              await tx
                .insert(honours)
                .values({ districtId: system.districtId, id, teacherId: teacherId!, changedAt: now(), ...row })
              const holders = await tx.execute(backboneHolders(ON, defaultPolicy.eligibility))
              await tx.delete(honours)
              const expected = isBackbone([honourFact(row)], ON, defaultPolicy.eligibility)
              said.push({ expected, found: holders.length > 0, what: JSON.stringify(row) })
            }
  })
  expect(said.filter(({ expected, found }) => expected !== found)).toEqual([])
  expect(said.filter(({ expected }) => expected).length).toBeGreaterThan(20)
})
