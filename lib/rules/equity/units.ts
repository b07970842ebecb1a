import type { EducationLevel, Subject } from '../register/vocabulary.ts'
import { type Ratio, ratio } from '../values/ratio.ts'
import type { EquityStage, EquityUnit, IndicatorNumber } from './indicators.ts'
import { countedStages, type EquitySchool, mayAddPosted, SPLIT_WEIGHTS } from './who-counts.ts'

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

export const PE_ARTS: readonly Subject[] = ['PE', 'MUS', 'ART', 'DANCE', 'DRAMA']
export const OVER_QUALIFIED: Record<EquityStage, readonly EducationLevel[]> = {
  P: ['doctor', 'master', 'bachelor', 'college'],
  J: ['doctor', 'master', 'bachelor'],
}
type PeopleIndicator = 1 | 2 | 3

/** Whether a person adds to an indicator of a stage: over-qualified and PE or arts only as 专任教师. */
function adds(person: EquityPerson, indicator: PeopleIndicator, stage: EquityStage): boolean {
  if (indicator === 2) return person.isBackbone
  if (!person.isTeacher) return false
  if (indicator === 1) return person.education !== null && OVER_QUALIFIED[stage].includes(person.education)
  return person.subject !== null && PE_ARTS.includes(person.subject)
}

/** Weight of each counted stage of a school for a person: the taught stage, else all stages by pupils (domain.md §4.2). */
function stageWeights(school: EquitySchool, stage: EquityStage | null): { stage: EquityStage; weight: number }[] {
  const stages = countedStages(school)
  if (stage !== null && stages.includes(stage)) return [{ stage, weight: 1 }]
  const weights: Record<EquityStage, number> =
    school.kind === 'twelve_year' ? SPLIT_WEIGHTS.twelve_year : SPLIT_WEIGHTS.nine_year
  return stages.map((one) => ({ stage: one, weight: stages.length === 1 ? 1 : school.pupils[one] * weights[one] }))
}

/** Adds people up by school, stage and indicator; shared people stay fractions over the school's weighted pupils. */
class PeopleCounts {
  private readonly whole = new Map<string, number>()
  private readonly shared = new Map<string, Ratio>()

  add(person: EquityPerson, school: EquitySchool, indicators: readonly PeopleIndicator[]): void {
    const places = stageWeights(school, person.stage)
    const all = places.reduce((sum, { weight }) => sum + weight, 0)
    for (const { stage, weight } of places)
      for (const indicator of indicators) {
        if (!adds(person, indicator, stage)) continue
        const key = `${school.id} ${stage} ${indicator}`
        if (weight === all) this.whole.set(key, (this.whole.get(key) ?? 0) + 1)
        else this.shared.set(key, ratio((this.shared.get(key)?.num ?? 0) + weight, all))
      }
  }

  amount(school: EquitySchool, stage: EquityStage, indicator: PeopleIndicator): Ratio {
    const key = `${school.id} ${stage} ${indicator}`
    const whole = this.whole.get(key) ?? 0
    const shared = this.shared.get(key)
    return shared ? ratio(whole * shared.den + shared.num, shared.den) : ratio(whole, 1)
  }
}

/** Units of the seven indicators on one basis, people counted by stage, rooms and equipment as recorded (R-BAL-4). */
export function equityUnits(
  schools: readonly EquitySchool[],
  people: readonly EquityPerson[],
  basis: EquityBasis,
  addPostedPeArts = false,
): EquityUnit[] {
  const byId = new Map(schools.map((school) => [school.id, school]))
  const counts = new PeopleCounts()
  for (const person of people) {
    const relation = byId.get(person.relationSchool)
    const work = byId.get(person.workSchool)
    const counted = basis === 'relation' ? relation : work
    if (counted) counts.add(person, counted, [1, 2, 3])
    const isPosted = basis === 'relation' && person.workSchool !== person.relationSchool
    if (addPostedPeArts && isPosted && work && mayAddPosted(work)) counts.add(person, work, [3])
  }
  return schools.flatMap((school) =>
    countedStages(school).map((stage) => ({
      schoolId: school.id,
      stage,
      pupils: school.pupils[stage],
      amounts: {
        1: counts.amount(school, stage, 1),
        2: counts.amount(school, stage, 2),
        3: counts.amount(school, stage, 3),
        ...roomAmounts(school, stage),
      },
    })),
  )
}

const recorded = (value: number | null | undefined): Ratio | null => (value == null ? null : ratio(value, 1))

function roomAmounts(
  school: EquitySchool,
  stage: EquityStage,
): Record<Exclude<IndicatorNumber, PeopleIndicator>, Ratio | null> {
  const own = school.resources[stage]
  return {
    4: recorded(own?.teachingArea),
    5: recorded(own?.sportsArea),
    6: recorded(own?.equipmentValue),
    7: recorded(own?.networkedRooms),
  }
}
