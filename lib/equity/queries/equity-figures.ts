import { type DistrictOnDay, placeOf } from '@/lib/register/queries/school-figures.ts'
import { type EquityStage, type EquityUnit, stageIndicators } from '@/lib/rules/equity/indicators.ts'
import { type EquityBasis, type EquityPerson, equityUnits } from '@/lib/rules/equity/units.ts'

const STAGES = ['P', 'J'] as const satisfies readonly EquityStage[]

export interface EquityFigures {
  basis: EquityBasis
  units: EquityUnit[]
  stages: Record<EquityStage, ReturnType<typeof stageIndicators>>
}

/** The seven indicators per stage on one basis (R-BAL-1…5), with the units they are made of. */
export function equityFigures({ schools, staff }: DistrictOnDay, basis: EquityBasis): EquityFigures {
  const people = staff.map((person): EquityPerson => {
    const { stage, subject } = placeOf(person, basis)
    return {
      relationSchool: person.relationSchool,
      workSchool: person.workSchool,
      stage: STAGES.find((known) => known === stage) ?? null,
      isTeacher: person.category === 'teacher',
      isBackbone: person.isBackbone,
      education: person.education,
      subject,
    }
  })
  const units = equityUnits(schools, people, basis)
  return { basis, units, stages: { P: stageIndicators(units, 'P'), J: stageIndicators(units, 'J') } }
}
