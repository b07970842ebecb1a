import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Tx, withScope } from '@/db/scope.ts'
import { equityFigures } from '@/lib/equity/queries/equity-figures.ts'
import {
  type DistrictOnDay,
  districtOnDay,
  establishmentFigures,
  subjectFigures,
} from '@/lib/register/queries/school-figures.ts'
import { registerQuota } from '@/lib/rotation/queries/quota.ts'
import { computeRoll, countRoll, type RollLine } from '@/lib/rotation/queries/roll.ts'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { tenthsOf } from '@/lib/rules/register/establishment.ts'
import { needTenths } from '@/lib/rules/register/subject-need.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { reasonRules } from '@/lib/rules/rotation/eligibility.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { day, type SchoolYear } from '@/lib/rules/values/dates.ts'
import { percentText, ratio } from '@/lib/rules/values/ratio.ts'
import { aLoadedDistrict, type LoadedDistrict } from '@/tests/support/loaded-district.ts'
import { parsedSharedDistrict } from '@/tests/support/shared-district.ts'
import { expectedFigures, hasSharedData } from '@/tests/support/shared-records.ts'

const tally = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

/** The same figures as tests/rules/expected-figures.test.ts, but through readers, store and queries of the product. */
describe.runIf(hasSharedData)('figures of the model district from the database', () => {
  let district: LoadedDistrict
  let nameOf: (id: string) => string
  const expected = hasSharedData ? expectedFigures() : null
  const read = <T>(work: (tx: Tx) => Promise<T>) => withScope(district.system, work, { readOnly: true })

  beforeAll(async () => {
    district = await aLoadedDistrict(await parsedSharedDistrict())
    const names = new Map([...district.schoolIds].map(([name, id]) => [id as string, name]))
    nameOf = (id) => names.get(id) ?? id
  })
  afterAll(() => district.close())

  describe.each([2026, 2027])('round %i', (round) => {
    const snapshot = snapshotOf(round as SchoolYear)
    let roll: RollLine[]
    beforeAll(async () => {
      roll = await read((tx) => computeRoll(tx, snapshot, defaultPolicy))
    })

    test('R-ELIG-0 states, deciding rules and all reasons', () => {
      const cycle = expected.cycles[round]
      expect(countRoll(roll)).toEqual({ ...cycle.states, E: cycle.E, EB: cycle.EB })
      const decided = roll.filter(({ result }) => result.decidingRule)
      expect(tally(decided.map(({ result }) => `${result.state} ${result.decidingRule}`))).toEqual(cycle.deciding_rule)
      expect(tally(roll.flatMap(({ result }) => reasonRules(result)))).toEqual(cycle.any_reason)
      expect(roll.filter(({ result }) => result.isBackbone)).toHaveLength(cycle.backbone_at_snapshot)
    })

    test('R-QUOTA-2 R-QUOTA-3 E by school, targets, and readings A, B and C', async () => {
      const cycle = expected.cycles[round]
      expect(tally(roll.filter(({ counted }) => counted).map(({ who }) => who.schoolName))).toEqual(cycle.E_by_school)
      const { figures, targets } = await read((tx) => registerQuota(tx, roll, snapshot, defaultPolicy))
      expect(Object.fromEntries(targets.map(({ schoolIds, target }) => [nameOf(schoolIds[0]!), target]))).toEqual(
        cycle.targets,
      )
      const known = cycle.rotated ?? cycle.rotated_continuing_known_on_2026_11_20
      expect(known).toMatchObject({
        R: figures.moved.length,
        RB: figures.movedBackbone.length,
        new: figures.new.length,
        continuing: figures.continuing.length,
        not_in_E: figures.added.length,
      })
      expect(figures.needBeforeMoves).toBe(cycle.need_R)
      expect(percentText(ratio(figures.moved.length, figures.eligible.length + figures.added.length))).toBe(known.ratio)
      for (const reading of ['A', 'B', 'C'] as const) {
        const verdict = figures.readings[reading]
        expect(verdict).toMatchObject({ kind: 'measured', met: known[`${reading}_pass`] })
        expect(verdict.kind === 'measured' && percentText(verdict.share)).toBe(known[reading])
      }
    })
  })

  describe('on 2026-09-01', () => {
    let onDay: DistrictOnDay
    beforeAll(async () => {
      onDay = await read((tx) => districtOnDay(tx, day('2026-09-01'), defaultPolicy))
    })

    test.each([
      ['relation', 'by_relation'],
      ['workplace', 'by_work_place'],
    ] as const)('R-BAL-3 R-BAL-4 seven indicators by %s', (basis, key) => {
      const { stages } = equityFigures(onDay, basis)
      for (const stage of ['P', 'J'] as const) {
        const side = expected.balance[key][stage]
        expect(stages[stage]).toMatchObject({ units: side.units, pupils: side.students })
        expect(
          stages[stage].indicators.map((figure) => ({
            indicator: figure.number,
            total: figure.total.num / figure.total.den,
            cv: figure.coefficient!.tenThousandths / 10_000,
            passes: figure.passes,
            below: figure.below.length,
          })),
        ).toMatchObject(
          side.indicators.map(({ indicator, total, cv, passes, below }: Record<string, unknown>) => ({
            indicator,
            total,
            cv,
            passes,
            below,
          })),
        )
      }
    })

    test('R-SUB-1 subject need, gap and gross shortage', () => {
      const { district: rows } = subjectFigures(onDay, defaultPolicy.periodPlan)
      for (const stage of ['P', 'J'] as const)
        expect(expected.subjects[stage].subjects).toMatchObject(
          Object.fromEntries(
            rows
              .filter((row) => row.stage === stage)
              .map(({ subject, have, need, gap, grossShortage }) => [
                SUBJECTS[subject],
                {
                  have: have.num / have.den,
                  need: need && needTenths(need) / 10,
                  gap: gap && needTenths(gap) / 10,
                  gross_shortage: grossShortage && tenthsOf(grossShortage) / 10,
                },
              ]),
          ),
        )
    })

    test('R-EST-1 R-EST-2 three numbers of each of the 50 schools', () => {
      const shown = establishmentFigures(onDay, defaultPolicy.norm).map((view) => [
        view.school.name,
        {
          approved: view.approved,
          actual: view.actual,
          staff: view.staff,
          by_work_place: view.byWorkPlace,
          norm: view.norm.tenths / 10,
          norm_ceil: view.norm.ceil,
          over_approved: view.overApproved,
          over_norm: view.overNormTenths / 10,
        },
      ])
      expect(Object.fromEntries(shown)).toEqual(expected.establishment.schools)
    })
  })
})
