import { type Ratio, ratio } from '../values/ratio.ts'
import { type Coefficient, coefficientWithin, differenceCoefficient, unweightedCoefficient } from './coefficient.ts'

export type EquityStage = 'P' | 'J'
export const INDICATOR_NUMBERS = [1, 2, 3, 4, 5, 6, 7] as const
export type IndicatorNumber = (typeof INDICATOR_NUMBERS)[number]

export interface IndicatorFacts {
  number: IndicatorNumber
  key: 'over_qualified' | 'backbone' | 'pe_arts' | 'teaching_area' | 'sports_area' | 'equipment' | 'networked_rooms'
  /** Pupils the value is given for: per 100 or per pupil. */
  per: 100 | 1
  threshold: Record<EquityStage, Ratio>
  movedByRotation: boolean
}

/** The seven resource indicators of 优质均衡 (教督〔2017〕6号 Art. 6). */
export const INDICATORS: readonly IndicatorFacts[] = [
  {
    number: 1,
    key: 'over_qualified',
    per: 100,
    threshold: { P: ratio(42, 10), J: ratio(53, 10) },
    movedByRotation: true,
  },
  { number: 2, key: 'backbone', per: 100, threshold: { P: ratio(1, 1), J: ratio(1, 1) }, movedByRotation: true },
  { number: 3, key: 'pe_arts', per: 100, threshold: { P: ratio(9, 10), J: ratio(9, 10) }, movedByRotation: true },
  {
    number: 4,
    key: 'teaching_area',
    per: 1,
    threshold: { P: ratio(45, 10), J: ratio(58, 10) },
    movedByRotation: false,
  },
  { number: 5, key: 'sports_area', per: 1, threshold: { P: ratio(75, 10), J: ratio(102, 10) }, movedByRotation: false },
  { number: 6, key: 'equipment', per: 1, threshold: { P: ratio(2000, 1), J: ratio(2500, 1) }, movedByRotation: false },
  {
    number: 7,
    key: 'networked_rooms',
    per: 100,
    threshold: { P: ratio(23, 10), J: ratio(24, 10) },
    movedByRotation: false,
  },
]

/** Greatest coefficient of each indicator (R-BAL-2). The older composite test (0.65/0.55) is another thing. */
export const COEFFICIENT_LIMIT: Record<EquityStage, Ratio> = { P: ratio(50, 100), J: ratio(45, 100) }

/** A school's part of one stage. Amounts by indicator; null = not recorded. */
export interface EquityUnit {
  schoolId: string
  stage: EquityStage
  pupils: number
  amounts: Record<IndicatorNumber, Ratio | null>
}

const perPupils = ({ num, den }: Ratio, pupils: number, per: number): Ratio => ratio(num * per, den * pupils)
const reaches = (value: Ratio, threshold: Ratio): boolean =>
  BigInt(value.num) * BigInt(threshold.den) >= BigInt(threshold.num) * BigInt(value.den)

export interface SchoolIndicator {
  number: IndicatorNumber
  /** Per 100 pupils or per pupil; null when not recorded. */
  value: Ratio | null
  meets: boolean
  /** At least 85 % of the threshold: allowed as the one miss (R-BAL-1). */
  tolerable: boolean
}

export interface SchoolVerdict {
  schoolId: string
  stage: EquityStage
  indicators: SchoolIndicator[]
  met: number
  /** R-BAL-1: at least six of seven meet the threshold and the other reaches 85 % of it. */
  passes: boolean
}

/** One unit against the thresholds of its stage (R-BAL-1); null for a unit without pupils (R-BAL-5). */
export function schoolVerdict(unit: EquityUnit): SchoolVerdict | null {
  if (unit.pupils <= 0) return null
  const indicators = INDICATORS.map(({ number, per, threshold }): SchoolIndicator => {
    const amount = unit.amounts[number]
    if (amount === null) return { number, value: null, meets: false, tolerable: false }
    const value = perPupils(amount, unit.pupils, per)
    const limit = threshold[unit.stage]
    return {
      number,
      value,
      meets: reaches(value, limit),
      tolerable: reaches(value, ratio(limit.num * 85, limit.den * 100)),
    }
  })
  const met = indicators.filter(({ meets }) => meets).length
  const passes = met >= 6 && indicators.every(({ meets, tolerable }) => meets || tolerable)
  return { schoolId: unit.schoolId, stage: unit.stage, indicators, met, passes }
}

export interface StageIndicator {
  number: IndicatorNumber
  total: Ratio
  /** District value per 100 pupils or per pupil. */
  district: Ratio | null
  coefficient: Coefficient | null
  unweighted: number | null
  /** R-BAL-2; null = 不适用. */
  passes: boolean | null
  /** Units below the threshold. */
  below: string[]
  /** Units without a recorded amount: not in total and coefficient. */
  missing: string[]
}

const sum = (amounts: readonly Ratio[]): Ratio =>
  amounts.reduce(
    (all, next) => {
      if (all.den === next.den) return ratio(all.num + next.num, all.den)
      return ratio(all.num * next.den + next.num * all.den, all.den * next.den)
    },
    ratio(0, 1),
  )

/** The seven indicators of one stage over its counted units (R-BAL-2, R-BAL-3). */
export function stageIndicators(units: readonly EquityUnit[], stage: EquityStage) {
  const counted = units.filter((unit) => unit.stage === stage && unit.pupils > 0)
  const pupils = counted.reduce((all, unit) => all + unit.pupils, 0)
  const indicators = INDICATORS.map(({ number, per, threshold }): StageIndicator => {
    const known = counted.flatMap((unit) => {
      const amount = unit.amounts[number]
      return amount === null ? [] : [{ id: unit.schoolId, pupils: unit.pupils, amount }]
    })
    const knownPupils = known.reduce((all, unit) => all + unit.pupils, 0)
    const total = sum(known.map(({ amount }) => amount))
    const coefficient = differenceCoefficient(known)
    return {
      number,
      total,
      district: knownPupils === 0 ? null : perPupils(total, knownPupils, per),
      coefficient,
      unweighted: unweightedCoefficient(known),
      passes: coefficient && coefficientWithin(coefficient, COEFFICIENT_LIMIT[stage]),
      below: known
        .filter(({ pupils: own, amount }) => !reaches(perPupils(amount, own, per), threshold[stage]))
        .map(({ id }) => id),
      missing: counted.filter((unit) => unit.amounts[number] === null).map(({ schoolId }) => schoolId),
    }
  })
  return { stage, units: counted.length, pupils, indicators }
}
