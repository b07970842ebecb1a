import { eq } from 'drizzle-orm'
import { educationGroups, groupMemberships, schoolPairings, schools, schoolYears } from '@/db/schema/index.ts'
import type { GroupId } from '@/db/schema/register/schools.ts'
import type { Tx } from '@/db/scope.ts'
import { contains, type LocalDate, schoolYearOf } from '../../../rules/values/dates.ts'
import type { StoredSchool } from './school-cells.ts'
import { onDay } from './timeline.ts'

export interface StoredSchools {
  list: StoredSchool[]
  groups: Map<string, GroupId>
  memberships: (typeof groupMemberships.$inferSelect)[]
  pairings: (typeof schoolPairings.$inferSelect)[]
}

/** The schools on file with the numbers of the day's school year and what they belong to on the day, in list order. */
export async function readSchools(tx: Tx, on: LocalDate): Promise<StoredSchools> {
  const all = await tx.select().from(schools).orderBy(schools.position)
  const years = new Map(
    (
      await tx
        .select()
        .from(schoolYears)
        .where(eq(schoolYears.year, schoolYearOf(on)))
    ).map((row) => [row.schoolId, row]),
  )
  const groups = await tx.select().from(educationGroups)
  const groupName = new Map(groups.map(({ id, name }) => [id, name]))
  const memberships = await tx.select().from(groupMemberships)
  const pairings = await tx.select().from(schoolPairings)
  const nameOf = new Map(all.map(({ id, name }) => [id, name]))
  const list = all.map((school) => {
    const membership = onDay(
      memberships.filter(({ schoolId }) => schoolId === school.id),
      on,
    )
    const own = pairings
      .filter((pair) => contains(pair.during, on) && (pair.schoolId === school.id || pair.partnerId === school.id))
      .map((pair) => [nameOf.get(pair.schoolId === school.id ? pair.partnerId : pair.schoolId)!, pair.classes] as const)
    return {
      school,
      year: years.get(school.id) ?? null,
      group: membership ? (groupName.get(membership.groupId) ?? null) : null,
      branchOf: school.branchOf ? (nameOf.get(school.branchOf) ?? null) : null,
      pairings: new Map(own),
    }
  })
  return { list, groups: new Map(groups.map(({ id, name }) => [name, id])), memberships, pairings }
}
