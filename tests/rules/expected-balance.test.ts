import { describe, expect, test } from 'vitest'
import { stageIndicators } from '@/lib/rules/equity/indicators.ts'
import { type EquityPerson, equityUnits } from '@/lib/rules/equity/units.ts'
import { establishmentView, staffNorm, tenthsOf } from '@/lib/rules/register/establishment.ts'
import { factsFromRecords } from '@/lib/rules/register/facts-from-records.ts'
import { DEFAULT_NORM } from '@/lib/rules/register/norms.ts'
import { DEFAULT_PERIOD_PLAN } from '@/lib/rules/register/period-plan.ts'
import { districtNeeds, needTenths, type SubjectUnit, subjectNeeds } from '@/lib/rules/register/subject-need.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import {
  type ExpectedExit,
  exitsWithin,
  reserveSeats,
  type SeatWeight,
  seatWeights,
} from '@/lib/rules/reserve/seats.ts'
import { defaultReserveSettings } from '@/lib/rules/reserve/settings.ts'
import { retirementOf } from '@/lib/rules/rotation/eligibility-context.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { isBackbone } from '@/lib/rules/standing/backbone.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'
import { expectedFigures, hasSharedData, sharedRecords } from '@/tests/support/shared-records.ts'

const tally = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}
const stages = ['P', 'J'] as const

describe.runIf(hasSharedData)('balance, need and establishment of the model district, computed apart', () => {
  const records = sharedRecords()
  const expected = expectedFigures()
  const facts = factsFromRecords(records)
  const schools = records.schools.filter(({ kind }) => kind !== 'research')
  const stageOf = (stage: string | null) => (stage === 'P' || stage === 'J' ? stage : null)

  test('R-RET-3 retirement categories', () => {
    const categories = facts.map((fact) => retirementOf(fact, records.statisticsDate, 'appointed').category)
    expect(tally(categories)).toEqual(expected.counts.retirement_categories)
  })

  describe.each(['relation', 'workplace'] as const)('R-BAL-4 by %s', (basis) => {
    const people = records.staff.map(
      (person): EquityPerson => ({
        relationSchool: person.school,
        workSchool: person.workSchool,
        stage: stageOf(person.stage),
        isTeacher: person.category === 'teacher',
        isBackbone: isBackbone(person.honours, records.statisticsDate, defaultPolicy.eligibility),
        education: person.highestEducation,
        subject: person.subject,
      }),
    )
    const units = equityUnits(
      schools.map((school) => ({ ...school, id: school.name })),
      people,
      basis,
    )
    test.each(stages)('seven indicators of stage %s', (stage) => {
      const side = expected.balance[basis === 'relation' ? 'by_relation' : 'by_work_place'][stage]
      const figures = stageIndicators(units, stage)
      expect(figures).toMatchObject({ units: side.units, pupils: side.students })
      const shown = figures.indicators.map((figure) => ({
        indicator: figure.number,
        total: figure.total.num / figure.total.den,
        district: Math.round((figure.district!.num / figure.district!.den) * 10_000) / 10_000,
        cv: figure.coefficient!.tenThousandths / 10_000,
        cv_unweighted: Math.round(figure.unweighted! * 10_000) / 10_000,
        passes: figure.passes,
        below: figure.below.length,
      }))
      expect(shown).toEqual(side.indicators)
    })
  })

  const units = schools.flatMap((school): SubjectUnit[] =>
    stages
      .filter((stage) => school.pupils[stage] > 0)
      .map((stage) => {
        const haveTenths: SubjectUnit['haveTenths'] = {}
        for (const person of records.staff)
          if (
            person.school === school.name &&
            person.stage === stage &&
            person.category === 'teacher' &&
            person.subject
          )
            haveTenths[person.subject] = (haveTenths[person.subject] ?? 0) + 10
        return { schoolId: school.name, stage, classes: school.classes, haveTenths }
      }),
  )
  const district = districtNeeds(subjectNeeds(units, DEFAULT_PERIOD_PLAN))

  test.each(stages)('R-SUB-1 subjects of stage %s', (stage) => {
    const rows = district.filter((row) => row.stage === stage)
    const shown = Object.fromEntries(
      rows.map(({ subject, have, need, gap, grossShortage }) => [
        SUBJECTS[subject],
        {
          have: have.num / have.den,
          need: need && needTenths(need) / 10,
          gap: gap && needTenths(gap) / 10,
          gross_shortage: grossShortage && needTenths(grossShortage) / 10,
          need_exact: need && (need.den === 1 ? `${need.num}` : `${need.num}/${need.den}`),
        },
      ]),
    )
    expect(expected.subjects[stage].subjects).toMatchObject(shown)
    expect(Object.keys(shown)).toHaveLength(Object.keys(expected.subjects[stage].subjects).length)
  })

  test('R-EST-1 R-EST-2 three numbers of each school', () => {
    for (const school of schools) {
      const inSchool = records.staff.filter((person) => person.school === school.name)
      const classes = school.classes.reduce((sum, count) => sum + count, 0)
      const view = establishmentView({
        approved: school.establishment,
        actual: inSchool.filter(({ form }) => form === 'in').length,
        staff: inSchool.length,
        byWorkPlace: records.staff.filter((person) => person.workSchool === school.name).length,
        norm: staffNorm({ ...school.pupils, S: 0 }, classes, DEFAULT_NORM),
      })
      expect({
        approved: view.approved,
        actual: view.actual,
        staff: view.staff,
        by_work_place: view.byWorkPlace,
        norm: view.norm.tenths / 10,
        norm_ceil: view.norm.ceil,
        over_approved: view.overApproved,
        over_norm: view.overNormTenths / 10,
      }).toEqual(expected.establishment.schools[school.name])
    }
  })

  const totalOf = (weights: SeatWeight[]) => weights.reduce((sum, { weight }) => sum + weight.num / weight.den, 0)
  const seatsShown = (seats: { stage: string; subject: keyof typeof SUBJECTS; seats: number }[]) =>
    Object.fromEntries(seats.map(({ stage, subject, seats: count }) => [`${stage} ${SUBJECTS[subject]}`, count]))

  test('R-POOL-1 seats by gross shortage and exits of 24 months', () => {
    const exits = facts.flatMap((fact): ExpectedExit[] => {
      const stage = stageOf(fact.stage)
      if (fact.category !== 'teacher' || fact.form !== 'in' || !stage || !fact.subject) return []
      const on = retirementOf(fact, records.statisticsDate, 'appointed').effective
      return [{ id: fact.id, stage, subject: fact.subject, on, cause: 'retirement' }]
    })
    const leaving = exitsWithin(exits, records.statisticsDate, defaultReserveSettings.exitMonths)
    expect(tally(leaving.map(({ stage, subject }) => `${stage} ${SUBJECTS[subject]}`))).toEqual(
      expected.reserve.exits_24_months,
    )
    const weights = seatWeights(district, leaving)
    const side = expected.reserve.gross_plus_exits
    expect(totalOf(weights)).toBeCloseTo(side.total_weight, 1)
    const shown = weights.map(({ stage, subject, weight }) => [`${stage} ${SUBJECTS[subject]}`, tenthsOf(weight) / 10])
    expect(Object.fromEntries(shown)).toEqual(side.weights)
    expect(seatsShown(reserveSeats(weights, 0, 100))).toEqual(expected.reserve.gross_plus_exits.seats)
  })

  test('R-POOL-1 seats by net shortage alone', () => {
    const net = district.map((row) => ({
      ...row,
      grossShortage: row.gap && (row.gap.num < 0 ? ratio(-row.gap.num, row.gap.den) : ratio(0, 1)),
    }))
    const weights = seatWeights(net, [])
    expect(seatsShown(reserveSeats(weights, 0, 100))).toEqual(expected.reserve.net_only.seats)
    expect(totalOf(weights)).toBeCloseTo(expected.reserve.net_only.total_weight, 1)
  })
})
