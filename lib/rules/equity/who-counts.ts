import type { SchoolRecord } from '../register/records.ts'
import type { EducationLevel, Locality, SchoolKind, Subject } from '../register/vocabulary.ts'
import { type Ratio, ratio } from '../values/ratio.ts'
import type { EquityStage, EquityUnit, IndicatorNumber } from './indicators.ts'

/** By personnel relation 人事关系 (official) or by work place 任教单位 (real), R-BAL-4. */
export type EquityBasis = 'relation' | 'workplace'

export interface EquityPerson {
  relationSchool: string
  workSchool: string
  stage: EquityStage | null
  isTeacher: boolean
  isBackbone: boolean
  education: EducationLevel | null
  subject: Subject | null
}

export interface EquitySchool {
  id: string
  kind: SchoolKind
  locality: Locality
  pupils: Record<EquityStage, number>
  resources: SchoolRecord['resources']
}

const PE_ARTS: readonly Subject[] = ['PE', 'MUS', 'ART', 'DANCE', 'DRAMA']
const OVER_QUALIFIED: Record<EquityStage, readonly EducationLevel[]> = {
  P: ['doctor', 'master', 'bachelor', 'college'],
  J: ['doctor', 'master', 'bachelor'],
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

/** Units of the seven indicators on one basis, people counted by stage, rooms and equipment as recorded (R-BAL-4). */
export function equityUnits(
  schools: readonly EquitySchool[],
  people: readonly EquityPerson[],
  basis: EquityBasis,
  addPostedPeArts = false,
): EquityUnit[] {
  const counts = new Map<string, Record<1 | 2 | 3, number>>()
  const units = schools.flatMap((school) => countedStages(school).map((stage) => ({ school, stage })))
  for (const { school, stage } of units) counts.set(`${stage} ${school.id}`, { 1: 0, 2: 0, 3: 0 })
  const small = new Set(addPostedPeArts ? schools.filter(mayAddPosted).map(({ id }) => id) : [])
  for (const person of people) {
    const { stage } = person
    if (stage === null) continue
    const count = counts.get(`${stage} ${basis === 'relation' ? person.relationSchool : person.workSchool}`)
    const isPeArts = person.isTeacher && person.subject !== null && PE_ARTS.includes(person.subject)
    if (count) {
      if (person.isTeacher && person.education && OVER_QUALIFIED[stage].includes(person.education)) count[1] += 1
      if (person.isBackbone) count[2] += 1
      if (isPeArts) count[3] += 1
    }
    if (
      basis === 'relation' &&
      isPeArts &&
      person.workSchool !== person.relationSchool &&
      small.has(person.workSchool)
    ) {
      const there = counts.get(`${stage} ${person.workSchool}`)
      if (there) there[3] += 1
    }
  }
  return units.map(({ school, stage }) => ({
    schoolId: school.id,
    stage,
    pupils: school.pupils[stage],
    amounts: { ...peopleAmounts(counts.get(`${stage} ${school.id}`)!), ...roomAmounts(school, stage) },
  }))
}

const whole = (value: number | null | undefined): Ratio | null => (value == null ? null : ratio(value, 1))

const peopleAmounts = (count: Record<1 | 2 | 3, number>): Record<1 | 2 | 3, Ratio> => ({
  1: ratio(count[1], 1),
  2: ratio(count[2], 1),
  3: ratio(count[3], 1),
})

function roomAmounts(
  school: EquitySchool,
  stage: EquityStage,
): Record<Exclude<IndicatorNumber, 1 | 2 | 3>, Ratio | null> {
  const own = school.resources[stage]
  return {
    4: whole(own?.teachingArea),
    5: whole(own?.sportsArea),
    6: whole(own?.equipmentValue),
    7: whole(own?.networkedRooms),
  }
}
