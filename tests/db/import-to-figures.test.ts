import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withScope } from '@/db/scope.ts'
import { equityFigures } from '@/lib/equity/queries/equity-figures.ts'
import { districtOnDay, subjectFigures } from '@/lib/register/queries/school-figures.ts'
import { registerQuota } from '@/lib/rotation/queries/quota.ts'
import { computeRoll, countRoll } from '@/lib/rotation/queries/roll.ts'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { needTenths } from '@/lib/rules/register/subject-need.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { reasonRules } from '@/lib/rules/rotation/eligibility.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { day, type SchoolYear } from '@/lib/rules/values/dates.ts'
import { percentText } from '@/lib/rules/values/ratio.ts'
import { anEmptyDistrict, imported } from '@/tests/support/import-district.ts'
import type { LoadedDistrict } from '@/tests/support/loaded-district.ts'
import { expectedFigures, hasSharedData, sharedData } from '@/tests/support/shared-records.ts'

const WORKBOOKS = [
  ['schools', '学校基本情况-2026.xlsx'],
  ['roster', '教职工花名册-2026.xlsx'],
  ['registers', '交流与暂缓登记-2026.xlsx'],
] as const
const tally = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

describe.runIf(hasSharedData)('R-IMP-1 the model district by import alone', () => {
  let district: LoadedDistrict
  const expected = hasSharedData ? expectedFigures() : null
  const bring = (kind: 'schools' | 'roster' | 'registers', name: string) =>
    imported(district.system, kind, readFileSync(join(sharedData, name)), name)

  beforeAll(async () => {
    district = await anEmptyDistrict()
  })
  afterAll(() => district.close())

  test('the three workbooks are imported whole, in order', async () => {
    const counts = []
    for (const [kind, name] of WORKBOOKS) counts.push((await bring(kind, name)).counts)
    const whole = { changed: 0, unchanged: 0, refused: 0, missing: 0, warnings: 0, conflicts: 0 }
    expect(counts).toMatchObject([
      { ...whole, new: 51 },
      { ...whole, new: 6230 },
      { ...whole, new: 671 + 238 + 10 },
    ])
  }, 300_000)

  test.each([2026, 2027])('R-ELIG-0 R-QUOTA-2 roll and quota of round %i', async (round) => {
    const cycle = expected.cycles[round]
    const snapshot = snapshotOf(round as SchoolYear)
    const read = await withScope(
      district.system,
      async (tx) => {
        const roll = await computeRoll(tx, snapshot, defaultPolicy)
        return { roll, ...(await registerQuota(tx, roll, snapshot, defaultPolicy)) }
      },
      { readOnly: true },
    )
    expect(countRoll(read.roll)).toEqual({ ...cycle.states, E: cycle.E, EB: cycle.EB })
    expect(tally(read.roll.flatMap(({ result }) => reasonRules(result)))).toEqual(cycle.any_reason)
    const names = new Map(read.roll.map(({ who }) => [who.schoolId as string, who.schoolName]))
    expect(Object.fromEntries(read.targets.map(({ schoolIds, target }) => [names.get(schoolIds[0]!), target]))).toEqual(
      cycle.targets,
    )
    const known = cycle.rotated ?? cycle.rotated_continuing_known_on_2026_11_20
    expect(known).toMatchObject({
      R: read.figures.moved.length,
      RB: read.figures.movedBackbone.length,
      new: read.figures.new.length,
      continuing: read.figures.continuing.length,
    })
    for (const reading of ['A', 'B', 'C'] as const) {
      const verdict = read.figures.readings[reading]
      expect(verdict.kind === 'measured' && percentText(verdict.share)).toBe(known[reading])
    }
  })

  test('R-BAL-3 R-BAL-4 R-SUB-1 equity on both bases and subject need', async () => {
    const onDay = await withScope(district.system, (tx) => districtOnDay(tx, day('2026-09-01'), defaultPolicy), {
      readOnly: true,
    })
    for (const [basis, key] of [
      ['relation', 'by_relation'],
      ['workplace', 'by_work_place'],
    ] as const)
      for (const stage of ['P', 'J'] as const)
        expect(
          equityFigures(onDay, basis).stages[stage].indicators.map(
            (figure) => figure.coefficient!.tenThousandths / 10_000,
          ),
        ).toEqual(expected.balance[key][stage].indicators.map(({ cv }: { cv: number }) => cv))
    for (const row of subjectFigures(onDay, defaultPolicy.periodPlan).district)
      if (row.need && expected.subjects[row.stage]?.subjects[SUBJECTS[row.subject]])
        expect(needTenths(row.need) / 10).toBe(expected.subjects[row.stage].subjects[SUBJECTS[row.subject]].need)
  })

  test('R-IMP-1 the same three workbooks again change nothing', async () => {
    for (const [kind, name] of WORKBOOKS) {
      const { counts } = await bring(kind, name)
      expect([kind, counts]).toMatchObject([kind, { new: 0, changed: 0, refused: 0, missing: 0, conflicts: 0 }])
    }
  }, 120_000)
})
