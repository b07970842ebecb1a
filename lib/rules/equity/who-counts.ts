import type { SchoolRecord } from '../register/records.ts'
import type { Locality, SchoolKind } from '../register/vocabulary.ts'
import { type Ratio, ratio } from '../values/ratio.ts'
import type { EquityStage } from './indicators.ts'

export interface EquitySchool {
  id: string
  kind: SchoolKind
  locality: Locality
  pupils: Record<EquityStage, number>
  resources: SchoolRecord['resources']
}

const COUNTED_KINDS: readonly SchoolKind[] = ['primary', 'junior', 'nine_year', 'complete_middle', 'twelve_year']

/** Stages of a school that count (domain.md §4.2): primary with at least 50 pupils, junior; special and other schools are out. */
export const countedStages = (school: Pick<EquitySchool, 'kind' | 'pupils'>): EquityStage[] =>
  COUNTED_KINDS.includes(school.kind)
    ? (['P', 'J'] as const).filter((stage) => school.pupils[stage] >= (stage === 'P' ? 50 : 1))
    : []

/** Weights of pupils for resources that a mixed school does not record by stage: primary 1 : junior 1.1 : senior 1.32 (twelve-year), 1 : 1.2 (complete middle). */
export const SPLIT_WEIGHTS = {
  nine_year: { P: 10, J: 11, S: 0 },
  complete_middle: { P: 0, J: 10, S: 12 },
  twelve_year: { P: 100, J: 110, S: 132 },
} as const

/** Shares a mixed school's resource out over its stages, keeping fractions (domain.md §4.2). */
export function splitShared(
  amount: number,
  kind: keyof typeof SPLIT_WEIGHTS,
  pupils: { P: number; J: number; S: number },
): { P: Ratio; J: Ratio; S: Ratio } {
  const weights = SPLIT_WEIGHTS[kind]
  const [p, j, s] = [pupils.P * weights.P, pupils.J * weights.J, pupils.S * weights.S]
  const all = p + j + s || 1
  return { P: ratio(amount * p, all), J: ratio(amount * j, all), S: ratio(amount * s, all) }
}

/**
 * In rural schools of 50–99 pupils rotating, part-time and itinerant PE and arts teachers may be added to the official
 * figure (R-BAL-4); only there, and only where the bureau says so.
 */
export const mayAddPosted = (school: EquitySchool): boolean => {
  const pupils = school.pupils.P + school.pupils.J
  return school.locality === 'rural' && pupils >= 50 && pupils <= 99
}
