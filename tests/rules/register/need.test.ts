import { describe, expect, test } from 'vitest'
import { establishmentView, staffNorm } from '@/lib/rules/register/establishment.ts'
import { DEFAULT_NORM } from '@/lib/rules/register/norms.ts'
import { DEFAULT_PERIOD_PLAN, periodPlanSchema, withPublishedLoads } from '@/lib/rules/register/period-plan.ts'
import {
  districtNeeds,
  needHeads,
  needTenths,
  type SubjectUnit,
  subjectNeeds,
} from '@/lib/rules/register/subject-need.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'

describe('R-EST-1 norm', () => {
  test.each([
    ['primary of 1 900', { P: 1900, J: 0, S: 0 }, 45, 1000, 100, false],
    ['junior of 1 900', { P: 0, J: 1900, S: 0 }, 42, 1407, 141, false],
    ['nine-year 1 350 + 800', { P: 1350, J: 800, S: 0 }, 51, 1303, 131, false],
    ['rural 80 in 6 classes: the class rule', { P: 80, J: 0, S: 0 }, 6, 120, 12, true],
  ])('%s', (_, pupils, classes, tenths, ceil, byClasses) => {
    expect(staffNorm(pupils, classes, DEFAULT_NORM)).toMatchObject({ tenths, ceil, byClasses })
  })
  test('rural 80 without the class rule: 4.2, ceil 5', () => {
    const settings = { ...DEFAULT_NORM, staffPerClassTenths: 0 }
    expect(staffNorm({ P: 80, J: 0, S: 0 }, 6, settings)).toMatchObject({ tenths: 42, ceil: 5 })
  })
  test('R-EST-2 R-EST-3 approved, norm and actual side by side; a posting changes work places only', () => {
    const norm = staffNorm({ P: 1900, J: 0, S: 0 }, 45, DEFAULT_NORM)
    const view = establishmentView({ approved: 120, actual: 122, staff: 140, byWorkPlace: 130, norm })
    expect(view).toMatchObject({ overApproved: 2, overNormTenths: 400, byWorkPlace: 130 })
    const later = establishmentView({ approved: 120, actual: 122, staff: 140, byWorkPlace: 131, norm })
    expect({ ...later, byWorkPlace: 130 }).toEqual(view)
    expect(establishmentView({ approved: null, actual: 1, staff: 1, byWorkPlace: 1, norm }).overApproved).toBeNull()
  })
})

describe('R-SUB-1 subject need', () => {
  test('the default plan has 26, 30 and 34 periods a week and valid data', () => {
    const totals = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((grade) =>
      DEFAULT_PERIOD_PLAN.subjects.reduce((sum, { periods }) => sum + periods[grade]!, 0),
    )
    expect(totals).toEqual([26, 26, 30, 30, 30, 30, 34, 34, 34])
    expect(periodPlanSchema.parse(DEFAULT_PERIOD_PLAN)).toEqual(DEFAULT_PERIOD_PLAN)
  })

  const unit = (schoolId: string, stage: 'P' | 'J', classes: number[], haveTenths: SubjectUnit['haveTenths']) => ({
    schoolId,
    stage,
    classes,
    haveTenths,
  })
  const classes = [8, 7, 7, 7, 8, 8, 4, 4, 4]

  test('a nine-year school has two units; each grade counts in one of them', () => {
    const needs = subjectNeeds([unit('S', 'P', classes, {}), unit('S', 'J', classes, {})], DEFAULT_PERIOD_PLAN)
    const need = (stage: string, subject: string) =>
      needs.find((row) => row.stage === stage && row.subject === subject)?.need
    // 8·8 + 7·8 + 7·7 + 7·7 + 8·6 + 8·6 = 314 periods, 7 a teacher
    expect(need('P', 'CHN')).toEqual(ratio(314, 7))
    expect(need('J', 'PHY')).toEqual(ratio(20, 9))
    expect(need('P', 'PHY')).toBeUndefined()
    expect([need('P', 'PSY'), need('J', 'PSY')]).toEqual([ratio(1, 1), ratio(1, 1)])
    expect(need('J', 'LAB')).toBeUndefined()
    expect([needTenths(ratio(20, 9)), needHeads(ratio(20, 9))]).toEqual([22, 3])
  })

  test('net hides shortages, gross does not', () => {
    const needs = subjectNeeds(
      [
        unit('A', 'J', classes, { CHEM: 30 }),
        unit('B', 'J', classes, { CHEM: 5 }),
        unit('C', 'J', classes, { LAB: 10 }),
      ],
      DEFAULT_PERIOD_PLAN,
    )
    const chemistry = districtNeeds(needs).find(({ subject }) => subject === 'CHEM')!
    expect(chemistry).toMatchObject({
      have: ratio(7, 2),
      need: ratio(9, 2),
      gap: ratio(-1, 1),
      grossShortage: ratio(5, 2),
    })
    const labour = districtNeeds(needs).find(({ subject }) => subject === 'LAB')!
    expect(labour).toMatchObject({ have: ratio(1, 1), need: null, gap: null, grossShortage: null })
  })

  test('load is the most sensitive setting: with the published loads Chinese needs half', () => {
    const chinese = (plan: typeof DEFAULT_PERIOD_PLAN) =>
      subjectNeeds([unit('S', 'P', classes, {})], plan).find(({ subject }) => subject === 'CHN')!.need!
    const [usual, published] = [chinese(DEFAULT_PERIOD_PLAN), chinese(withPublishedLoads(DEFAULT_PERIOD_PLAN))]
    expect((published.num / published.den) * 2).toBeCloseTo(usual.num / usual.den)
  })
})
