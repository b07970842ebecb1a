import type { Tx } from '@/db/scope.ts'
import type { EquityBasis } from '@/lib/rules/equity/units.ts'
import { establishmentView, staffNorm } from '@/lib/rules/register/establishment.ts'
import type { NormSettings } from '@/lib/rules/register/norms.ts'
import type { PeriodPlan } from '@/lib/rules/register/period-plan.ts'
import { districtNeeds, type SubjectUnit, subjectNeeds } from '@/lib/rules/register/subject-need.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import { type SchoolUnit, type StaffMember, schoolUnits, staffOn } from './units.ts'

const STAGES = ['P', 'J'] as const

/** Schools and staff of a day, read once and used by every figure of that day. */
export interface DistrictOnDay {
  on: LocalDate
  schools: SchoolUnit[]
  staff: StaffMember[]
}

export async function districtOnDay(tx: Tx, on: LocalDate, policy: Policy): Promise<DistrictOnDay> {
  return { on, schools: await schoolUnits(tx, on), staff: await staffOn(tx, on, policy.eligibility) }
}

/** School, stage and subject in which a person counts on a basis. */
export const placeOf = (person: StaffMember, basis: EquityBasis) =>
  basis === 'relation'
    ? { schoolId: person.relationSchool, stage: person.stage, subject: person.subject }
    : { schoolId: person.workSchool, stage: person.workStage, subject: person.workSubject }

/**
 * Subject need, have and gap per unit, and the district's net gap and gross shortage (R-SUB-1).
 * Have: 专任教师 by main subject, by relation unless asked by place of work.
 */
export function subjectFigures({ schools, staff }: DistrictOnDay, plan: PeriodPlan, basis: EquityBasis = 'relation') {
  const have = new Map<string, SubjectUnit['haveTenths']>()
  for (const person of staff) {
    const { schoolId, stage, subject } = placeOf(person, basis)
    if (person.category !== 'teacher' || subject === null || (stage !== 'P' && stage !== 'J')) continue
    const key = `${schoolId} ${stage}`
    const tenths = have.get(key) ?? {}
    tenths[subject] = (tenths[subject] ?? 0) + 10
    have.set(key, tenths)
  }
  const units = schools.flatMap((school) =>
    STAGES.filter((stage) => school.pupils[stage] > 0).map(
      (stage): SubjectUnit => ({
        schoolId: school.id,
        stage,
        classes: school.classes,
        haveTenths: have.get(`${school.id} ${stage}`) ?? {},
      }),
    ),
  )
  const needs = subjectNeeds(units, plan)
  return { needs, district: districtNeeds(needs) }
}

/** The three numbers of each school, never mixed (R-EST-1, R-EST-2, R-EST-3). */
export function establishmentFigures({ schools, staff }: DistrictOnDay, norm: NormSettings) {
  const byRelation = groupBy(staff, ({ relationSchool }) => relationSchool)
  const byWorkPlace = groupBy(staff, ({ workSchool }) => workSchool)
  return schools.map((school) => {
    const own = byRelation.get(school.id) ?? []
    return {
      school,
      ...establishmentView({
        approved: school.establishment,
        actual: own.filter(({ form }) => form === 'in').length,
        staff: own.length,
        byWorkPlace: byWorkPlace.get(school.id)?.length ?? 0,
        norm: staffNorm(
          { ...school.pupils, S: 0 },
          school.classes.reduce((sum, count) => sum + count, 0),
          norm,
        ),
      }),
    }
  })
}
