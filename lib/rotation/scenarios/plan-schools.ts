import type { InputSchool, InputUnit } from '@/lib/planner/instance/plan-input.ts'
import { type DistrictOnDay, subjectFigures } from '@/lib/register/queries/school-figures.ts'
import type { SchoolUnit, StaffMember } from '@/lib/register/queries/units.ts'
import { OVER_QUALIFIED } from '@/lib/rules/equity/units.ts'
import { countedStages } from '@/lib/rules/equity/who-counts.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import type { QuotaTarget } from '@/lib/rules/rotation/targets.ts'
import { largestRemainder } from '@/lib/rules/values/apportion.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { RoundQuota } from '../queries/round-quota.ts'

type Unit = 'P' | 'J'
const STAGES = ['P', 'J'] as const satisfies readonly Unit[]

export interface SchoolSources {
  day: DistrictOnDay
  policy: Policy
  quota: Pick<RoundQuota, 'targets' | 'moves' | 'figures'>
  /** People moved already, who count towards their school's target. */
  gone: ReadonlySet<string>
  /** Holders of senior titles. */
  senior: ReadonlySet<string>
}

/** Targets of single schools (R-QUOTA-3): a pool of small schools shares its own by largest remainder again. */
export function sendTargets(targets: readonly QuotaTarget[], eligibleOf: (school: string) => number) {
  return new Map(
    targets.flatMap(({ schoolIds, target }) =>
      schoolIds.length === 1
        ? [[schoolIds[0]!, target] as const]
        : largestRemainder(
            target,
            schoolIds.map((key) => ({ key, weight: eligibleOf(key) })),
          ).map(({ key, share }) => [key, share] as const),
    ),
  )
}

/** The stage in which somebody counts who teaches in none: the school's only one, else the one with more pupils. */
function stageAt(school: SchoolUnit, stage: StaffMember['workStage']): Unit | null {
  if (stage === 'P' || stage === 'J') return stage
  const { P, J } = school.pupils
  if (P === 0 && J === 0) return null
  return P >= J ? 'P' : 'J'
}

/** Schools as the planner sees them: heads, need and floor of each post, what each unit has of every indicator. */
export function planSchools({ day, policy, quota, gone, senior }: SchoolSources): {
  schools: InputSchool[]
  subjects: string[]
} {
  const { needs } = subjectFigures(day, policy.periodPlan, 'workplace')
  const posts = groupBy(needs, ({ schoolId, stage }) => `${schoolId} ${stage}`)
  const staff = groupBy(day.staff, ({ workSchool }) => workSchool as string)
  const eligible = new Set(quota.figures.eligible)
  const eligibleAt = new Map<string, number>()
  for (const { teacherId, relationSchool } of day.staff)
    if (eligible.has(teacherId)) eligibleAt.set(relationSchool, (eligibleAt.get(relationSchool) ?? 0) + 1)
  const targets = sendTargets(quota.targets, (school) => eligibleAt.get(school) ?? 0)
  const movedFrom = new Map<string, number>()
  for (const { id, schoolId } of quota.moves)
    if (gone.has(id)) movedFrom.set(schoolId, (movedFrom.get(schoolId) ?? 0) + 1)
  const { num, den } = policy.planner.subjectFloorShare

  const schools = day.schools.flatMap((school): InputSchool[] => {
    const own = staff.get(school.id) ?? []
    const units = STAGES.flatMap((stage): InputUnit[] => {
      const lines = posts.get(`${school.id} ${stage}`) ?? []
      if (school.pupils[stage] === 0 && lines.length === 0) return []
      const here = own.filter((person) => stageAt(school, person.workStage) === stage)
      return [
        {
          stage,
          // Units the official coefficient leaves out (R-BAL-4) have no pupils here, so that both say the same number.
          pupils: countedStages(school).includes(stage) ? school.pupils[stage] : 0,
          backbone: here.filter(({ isBackbone }) => isBackbone).length,
          overQualified: here.filter(
            ({ category, education }) =>
              category === 'teacher' && education !== null && OVER_QUALIFIED[stage].includes(education),
          ).length,
          posts: lines.map(({ subject, have, need }) => {
            const heads = Math.round(have.num / have.den)
            const need10 = need === null ? 0 : Math.ceil((need.num * 10) / need.den)
            return { subject, have: heads, need10, floor: Math.min(heads, Math.floor((need10 * num) / (10 * den))) }
          }),
        },
      ]
    })
    if (units.length === 0) return []
    const sends = school.locality === 'urban' || school.quality
    return [
      {
        key: school.id,
        name: school.name,
        sender: sends,
        receiver: !sends,
        zone: school.zone,
        staff: own.length,
        senior: own.filter(({ teacherId }) => senior.has(teacherId)).length,
        net: null,
        sendTarget: Math.max(0, (targets.get(school.id) ?? 0) - (movedFrom.get(school.id) ?? 0)),
        sendMin: 0,
        position: school.position,
        units,
      },
    ]
  })
  const subjects = [
    ...new Set(schools.flatMap(({ units }) => units.flatMap((unit) => unit.posts.map((p) => p.subject)))),
  ]
  return { schools, subjects: subjects.sort() }
}
