import { and, asc, desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { isAmong } from '@/db/among.ts'
import { educationGroups, groupMemberships, schoolPairings, schools, schoolYears, titles } from '@/db/schema/index.ts'
import { joinByHash, type Tx } from '@/db/scope.ts'
import { equityFigures } from '@/lib/equity/queries/equity-figures.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { type SchoolVerdict, schoolVerdict } from '@/lib/rules/equity/indicators.ts'
import type { EquityBasis } from '@/lib/rules/equity/units.ts'
import type { SubjectNeed } from '@/lib/rules/register/subject-need.ts'
import { TITLES, type Title } from '@/lib/rules/register/vocabulary.ts'
import { titleStructure } from '@/lib/rules/standing/posts.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'
import { policyInForce } from './backbone.ts'
import { type Mover, moversOn } from './movers.ts'
import { districtOnDay, establishmentFigures, subjectFigures } from './school-figures.ts'
import { holdsOn } from './teacher-conditions.ts'

type Establishment = ReturnType<typeof establishmentFigures>[number]

export interface SchoolPage {
  school: typeof schools.$inferSelect
  branchOf: { id: SchoolId; name: string } | null
  branches: { id: SchoolId; name: string }[]
  group: string | null
  pairs: { id: SchoolId; name: string; classes: number }[]
  years: (typeof schoolYears.$inferSelect)[]
  establishment: Establishment | null
  needs: SubjectNeed[]
  titles: Record<Title, number>
  structure: ReturnType<typeof titleStructure>
  backbone: { relation: number; workplace: number }
  out: Mover[]
  in: Mover[]
  /** By stage and basis; empty for a school without pupils of compulsory stages. */
  verdicts: Record<EquityBasis, SchoolVerdict[]>
  on: LocalDate
}

/** Whether the actor may open the school's page: one of a school its own only. */
export const maySeeSchool = (actor: UserActor, schoolId: SchoolId): boolean =>
  (actor.role !== 'principal' && actor.role !== 'school_hr') || actor.schoolIds.includes(schoolId)

/** A school on a day with every figure of its page; null when there is none, or not for this actor. */
export async function schoolPage(
  tx: Tx,
  actor: UserActor,
  schoolId: SchoolId,
  on: LocalDate,
): Promise<SchoolPage | null> {
  if (!maySeeSchool(actor, schoolId)) return null
  const [school] = await tx.select().from(schools).where(eq(schools.id, schoolId))
  if (!school) return null
  const ties = await schoolTies(tx, school, on)
  const none = { establishment: null, needs: [], years: [], out: [], in: [], structure: null }
  if (actor.role === 'researcher')
    return {
      school,
      ...ties,
      ...none,
      titles: countTitles([]),
      backbone: { relation: 0, workplace: 0 },
      verdicts: { relation: [], workplace: [] },
      on,
    }
  await joinByHash(tx)
  const policy = await policyInForce(tx, on)
  const day = await districtOnDay(tx, on, policy)
  const own = day.staff.filter((person) => person.relationSchool === schoolId)
  const held = await tx
    .select({ title: titles.title })
    .from(titles)
    .where(
      and(
        eq(titles.kind, 'appointed'),
        holdsOn(titles, on),
        isAmong(
          titles.teacherId,
          own.map((person) => person.teacherId),
        ),
      ),
    )
  const counts = countTitles(held.map((row) => row.title))
  const movers = await moversOn(tx, on, schoolId)
  const verdictsOf = (basis: EquityBasis) =>
    equityFigures(day, basis)
      .units.filter((unit) => unit.schoolId === schoolId)
      .flatMap((unit) => schoolVerdict(unit) ?? [])
  return {
    school,
    ...ties,
    years: await tx
      .select()
      .from(schoolYears)
      .where(eq(schoolYears.schoolId, schoolId))
      .orderBy(desc(schoolYears.year)),
    establishment: establishmentFigures(day, policy.norm).find((row) => row.school.id === schoolId) ?? null,
    needs: subjectFigures(day, policy.periodPlan).needs.filter((row) => row.schoolId === schoolId),
    titles: counts,
    structure: titleStructure(counts),
    backbone: {
      relation: own.filter((person) => person.isBackbone).length,
      workplace: day.staff.filter((person) => person.workSchool === schoolId && person.isBackbone).length,
    },
    out: movers.filter((mover) => mover.fromSchoolId === schoolId),
    in: movers.filter((mover) => mover.toSchoolId === schoolId),
    verdicts: { relation: verdictsOf('relation'), workplace: verdictsOf('workplace') },
    on,
  }
}

function countTitles(held: readonly Title[]): Record<Title, number> {
  const counts = Object.fromEntries(Object.keys(TITLES).map((title) => [title, 0])) as Record<Title, number>
  for (const title of held) counts[title]++
  return counts
}

/** Group, branches and pairs of a school on a day. */
async function schoolTies(tx: Tx, school: typeof schools.$inferSelect, on: LocalDate) {
  const other = alias(schools, 'other')
  const named = { id: schools.id, name: schools.name }
  const [mother] = school.branchOf ? await tx.select(named).from(schools).where(eq(schools.id, school.branchOf)) : []
  const branches = await tx
    .select(named)
    .from(schools)
    .where(eq(schools.branchOf, school.id))
    .orderBy(asc(schools.position))
  const [group] = await tx
    .select({ name: educationGroups.name })
    .from(groupMemberships)
    .innerJoin(
      educationGroups,
      and(
        eq(educationGroups.districtId, groupMemberships.districtId),
        eq(educationGroups.id, groupMemberships.groupId),
      ),
    )
    .where(and(eq(groupMemberships.schoolId, school.id), holdsOn(groupMemberships, on)))
  const pairs = await tx
    .select({ id: other.id, name: other.name, classes: schoolPairings.classes })
    .from(schoolPairings)
    .innerJoin(
      other,
      and(
        eq(other.districtId, schoolPairings.districtId),
        sql`${other.id} = CASE WHEN ${schoolPairings.schoolId} = ${school.id} THEN ${schoolPairings.partnerId} ELSE ${schoolPairings.schoolId} END`,
      ),
    )
    .where(
      and(holdsOn(schoolPairings, on), sql`${school.id} IN (${schoolPairings.schoolId}, ${schoolPairings.partnerId})`),
    )
  return { branchOf: mother ?? null, branches, group: group?.name ?? null, pairs }
}
