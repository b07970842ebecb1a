import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coefficientWithin, differenceCoefficient, unweightedCoefficient } from '@/lib/rules/equity/coefficient.ts'
import { type EquityUnit, schoolVerdict, stageIndicators } from '@/lib/rules/equity/indicators.ts'
import { type EquityBasis, type EquityPerson, equityUnits } from '@/lib/rules/equity/units.ts'
import { afterMoves } from '@/lib/rules/equity/what-if.ts'
import { countedStages, type EquitySchool, mayAddPosted, splitShared } from '@/lib/rules/equity/who-counts.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'

const points = (pupils: number[], amounts: number[]) =>
  pupils.map((count, index) => ({ id: `S${index + 1}`, pupils: count, amount: ratio(amounts[index]!, 1) }))

describe('R-BAL-3 difference coefficient', () => {
  test('published case: 0.515 weighted fails 0.50, 0.489 unweighted would pass', () => {
    const data = points([45, 37, 89, 76, 55], [279, 137, 935, 160, 402])
    const weighted = differenceCoefficient(data)!
    expect(weighted.tenThousandths / 10_000).toBeCloseTo(0.515, 3)
    expect(coefficientWithin(weighted, ratio(50, 100))).toBe(false)
    expect(unweightedCoefficient(data)).toBeCloseTo(0.489, 3)
  })

  const pupils = [1900, 1640, 820, 300, 80]
  test('five schools: 0.4289, unweighted 0.8004; after three moves 0.3476, mean unchanged', () => {
    const before = points(pupils, [57, 30, 8, 2, 0])
    expect(differenceCoefficient(before)?.tenThousandths).toBe(4289)
    expect(unweightedCoefficient(before)).toBeCloseTo(0.8004, 4)
    const unit = (index: number): EquityUnit => ({
      schoolId: `S${index + 1}`,
      stage: 'P',
      pupils: pupils[index]!,
      amounts: { 1: null, 2: before[index]!.amount, 3: null, 4: null, 5: null, 6: null, 7: null },
    })
    const units = pupils.map((_, index) => unit(index))
    const moves = ['S3', 'S4', 'S5'].map((to) => {
      return { from: 'S1', to, stage: 'P', overQualified: true, backbone: true, peArts: false } as const
    })
    const indicator = (list: EquityUnit[]) => stageIndicators(list, 'P').indicators[1]!
    const after = indicator(afterMoves(units, moves))
    expect(after.coefficient?.tenThousandths).toBe(3476)
    expect(after.district).toEqual(indicator(units).district)
    expect(afterMoves(units, moves).map(({ amounts }) => amounts[2]?.num)).toEqual([54, 30, 9, 3, 1])
  })

  test('no pupils or no resource: not applicable; a school without pupils is skipped', () => {
    expect(differenceCoefficient([])).toBeNull()
    expect(differenceCoefficient(points([0, 0], [3, 4]))).toBeNull()
    expect(differenceCoefficient(points([10, 20], [0, 0]))).toBeNull()
    expect(differenceCoefficient(points([10, 0, 20], [1, 9, 2]))?.tenThousandths).toBe(0)
  })

  const schools = fc.array(fc.tuple(fc.integer({ min: 1, max: 2500 }), fc.integer({ min: 0, max: 90 })), {
    minLength: 1,
    maxLength: 40,
  })
  test('scaling all resources or all pupils, or the order of schools, changes nothing', () =>
    fc.assert(
      fc.property(schools, fc.integer({ min: 2, max: 50 }), (list, factor) => {
        const at = (p: number, x: number) =>
          differenceCoefficient(
            points(
              list.map(([n]) => n * p),
              list.map(([, n]) => n * x),
            ),
          )?.tenThousandths
        expect(at(1, factor)).toBe(at(1, 1))
        expect(at(factor, 1)).toBe(at(1, 1))
        const turned = [...list].reverse()
        expect(
          differenceCoefficient(
            points(
              turned.map(([n]) => n),
              turned.map(([, n]) => n),
            ),
          )?.tenThousandths,
        ).toBe(at(1, 1))
      }),
    ))

  test('agrees with the defining formula in floats', () =>
    fc.assert(
      fc.property(schools, (list) => {
        const total = list.reduce((sum, [, x]) => sum + x, 0)
        fc.pre(total > 0)
        const all = list.reduce((sum, [p]) => sum + p, 0)
        const mean = total / all
        const variance = list.reduce((sum, [p, x]) => sum + (p / all) * (x / p - mean) ** 2, 0)
        const exact = differenceCoefficient(
          points(
            list.map(([p]) => p),
            list.map(([, x]) => x),
          ),
        )!
        expect(Math.abs(exact.tenThousandths / 10_000 - Math.sqrt(variance) / mean)).toBeLessThan(0.00006)
      }),
    ))

  test('the driver is the school with the largest weighted distance, ties by id', () => {
    expect(differenceCoefficient(points([1900, 1640, 820, 300, 80], [57, 30, 8, 2, 0]))?.driver).toBe('S1')
    expect(differenceCoefficient(points([10, 10], [1, 3]))?.driver).toBe('S1')
  })
})

describe('R-BAL-1 a school passes', () => {
  const unit = (amounts: [number, number, number, number, number, number, number], pupils = 1000): EquityUnit => ({
    schoolId: 'S1',
    stage: 'P',
    pupils,
    amounts: Object.fromEntries(amounts.map((amount, index) => [index + 1, ratio(amount, 1)])) as EquityUnit['amounts'],
  })
  const good = [42, 10, 9, 4500, 7500, 2_000_000, 23] as const
  test('with all seven on the threshold, or six and the other at 85 %', () => {
    expect(schoolVerdict(unit([...good]))).toMatchObject({ met: 7, passes: true })
    expect(schoolVerdict(unit([42, 10, 9, 4500, 6375, 2_000_000, 23]))).toMatchObject({ met: 6, passes: true })
    expect(schoolVerdict(unit([42, 10, 9, 4500, 6374, 2_000_000, 23]))).toMatchObject({ met: 6, passes: false })
  })
  test('not with two below, however little', () => {
    expect(schoolVerdict(unit([42, 9, 9, 4499, 7500, 2_000_000, 23]))).toMatchObject({ met: 5, passes: false })
  })
  test('R-BAL-5 without pupils there is no verdict', () => {
    expect(schoolVerdict(unit([...good], 0))).toBeNull()
  })
})

describe('R-BAL-4 who is counted', () => {
  test('nine-year split 1 : 1.1: 1 350 P, 800 J, 40 shared → 24.22 and 15.78', () => {
    const { P, J } = splitShared(40, 'nine_year', { P: 1350, J: 800, S: 0 })
    expect(P.num / P.den).toBeCloseTo(24.22, 2)
    expect(J.num / J.den).toBeCloseTo(15.78, 2)
    expect(P.num + J.num).toBe(40 * P.den)
  })
  test('points under 50 pupils, special and senior schools are out', () => {
    expect(countedStages({ kind: 'primary', pupils: { P: 49, J: 0 } })).toEqual([])
    expect(countedStages({ kind: 'primary', pupils: { P: 50, J: 0 } })).toEqual(['P'])
    expect(countedStages({ kind: 'nine_year', pupils: { P: 900, J: 400 } })).toEqual(['P', 'J'])
    expect(countedStages({ kind: 'special', pupils: { P: 90, J: 60 } })).toEqual([])
  })
  test('posted PE and arts teachers may be added only in rural schools of 50–99', () => {
    const school = (locality: 'rural' | 'town', pupils: number) =>
      mayAddPosted({ id: 'S', kind: 'primary', locality, pupils: { P: pupils, J: 0 }, resources: { P: null, J: null } })
    expect([school('rural', 50), school('rural', 99)]).toEqual([true, true])
    expect([school('rural', 49), school('rural', 100), school('town', 80)]).toEqual([false, false, false])
  })
})

describe('R-BAL-4 both bases', () => {
  const school = (id: string, kind: 'primary' | 'nine_year', P: number, J: number): EquitySchool => ({
    id,
    kind,
    locality: 'rural',
    pupils: { P, J },
    resources: { P: null, J: null },
  })
  const schools = [school('A', 'primary', 900, 0), school('B', 'primary', 80, 0), school('C', 'nine_year', 1350, 800)]
  const person = (more: Partial<EquityPerson>): EquityPerson => ({
    relationSchool: 'A',
    workSchool: 'A',
    stage: 'P',
    isTeacher: true,
    isBackbone: true,
    education: 'bachelor',
    subject: 'PE',
    ...more,
  })
  const amounts = (people: EquityPerson[], basis: EquityBasis, addPosted = false) =>
    Object.fromEntries(
      equityUnits(schools, people, basis, addPosted).map((unit) => [
        `${unit.schoolId} ${unit.stage}`,
        ([1, 2, 3] as const).map((number) => unit.amounts[number]!.num / unit.amounts[number]!.den),
      ]),
    )

  test('a posted teacher counts at the origin by relation and at the destination by work place', () => {
    const posted = [person({ workSchool: 'B' })]
    expect(amounts(posted, 'relation')).toMatchObject({ 'A P': [1, 1, 1], 'B P': [0, 0, 0] })
    expect(amounts(posted, 'workplace')).toMatchObject({ 'A P': [0, 0, 0], 'B P': [1, 1, 1] })
    expect(amounts(posted, 'relation', true)).toMatchObject({ 'A P': [1, 1, 1], 'B P': [0, 0, 1] })
  })

  test('40 backbone of a nine-year school without a stage are split by weighted pupils, not lost', () => {
    const shared = Array.from({ length: 40 }, () =>
      person({ relationSchool: 'C', workSchool: 'C', stage: null, isTeacher: false }),
    )
    const { 'C P': primary, 'C J': junior } = amounts(shared, 'relation')
    expect(primary![1]).toBeCloseTo(24.22, 2)
    expect(junior![1]).toBeCloseTo(15.78, 2)
  })
})
