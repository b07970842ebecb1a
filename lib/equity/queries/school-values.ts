import type { SchoolUnit } from '@/lib/register/queries/units.ts'
import { type EquityStage, INDICATORS, type IndicatorNumber, schoolVerdict } from '@/lib/rules/equity/indicators.ts'
import type { Ratio } from '@/lib/rules/values/ratio.ts'
import type { EquityFigures } from './equity-figures.ts'

/** One unit's indicator on one basis. */
export interface SchoolValue {
  schoolId: string
  name: string
  pupils: number
  amount: Ratio | null
  value: number | null
  meets: boolean
  tolerable: boolean
}

export const indicatorFacts = (number: IndicatorNumber) => INDICATORS.find((facts) => facts.number === number)!

export const asNumber = (share: Ratio | null): number | null => (share === null ? null : share.num / share.den)

/** Values of every unit of a stage, lowest first: a school without a record stands at the end. */
export function schoolValues(
  figures: EquityFigures,
  schools: readonly SchoolUnit[],
  stage: EquityStage,
  indicator: IndicatorNumber,
): SchoolValue[] {
  const names = new Map<string, string>(schools.map(({ id, name }) => [id, name]))
  return figures.units
    .filter((unit) => unit.stage === stage)
    .flatMap((unit): SchoolValue[] => {
      const own = schoolVerdict(unit)?.indicators.find(({ number }) => number === indicator)
      if (!own) return []
      return [
        {
          schoolId: unit.schoolId,
          name: names.get(unit.schoolId) ?? '',
          pupils: unit.pupils,
          amount: unit.amounts[indicator],
          value: asNumber(own.value),
          meets: own.meets,
          tolerable: own.tolerable,
        },
      ]
    })
    .sort((a, b) => (a.value ?? Number.POSITIVE_INFINITY) - (b.value ?? Number.POSITIVE_INFINITY))
}
