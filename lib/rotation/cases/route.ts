import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { recusals, roleGrants, rotationCases, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { type Head, routeOf } from '@/lib/rules/rotation/case-route.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'
import { seesDistrict } from './figures.ts'
import type { CaseRow } from './lock.ts'

const OPEN = ['draft', 'submitted', 'origin_approved'] as const

/**
 * Hands the step of a school to the bureau where nobody there may take it, and back when somebody may (SD-3, SD-4, SD-5):
 * tasks follow the post, so a change of principal is answered here. Needs a scope that sees the grants of the district;
 * steps of schools leave it to the job that follows every step.
 */
export async function routeCases(tx: Tx, actor: Actor, rows: readonly CaseRow[]): Promise<void> {
  const open = rows.filter(({ state }) => (OPEN as readonly string[]).includes(state))
  if (open.length === 0 || !seesDistrict(actor)) return
  const schoolIds = [
    ...new Set(open.flatMap((row) => (row.toSchoolId ? [row.fromSchoolId, row.toSchoolId] : [row.fromSchoolId]))),
  ]
  const heads = await headsOf(tx, schoolIds, actor.today)
  const teacherIds = [...new Set(open.map(({ teacherId }) => teacherId))]
  const subjects = groupBy(
    await tx
      .select({ teacherId: users.teacherId, person: users.personId })
      .from(users)
      .where(inArray(users.teacherId, teacherIds)),
    ({ teacherId }) => teacherId,
  )
  const related = groupBy(
    await tx
      .select({ teacherId: recusals.teacherId, userId: recusals.userId })
      .from(recusals)
      .where(and(inArray(recusals.teacherId, teacherIds), isNull(recusals.endedAt))),
    ({ teacherId }) => teacherId,
  )
  for (const row of open) {
    const barred = {
      persons: (subjects.get(row.teacherId) ?? []).map(({ person }) => person as string),
      users: (related.get(row.teacherId) ?? []).map(({ userId }) => userId as string),
    }
    const origin = heads.get(row.fromSchoolId) ?? []
    const destination = row.toSchoolId ? (heads.get(row.toSchoolId) ?? []) : null
    const originByBureau = routeOf(row.originByBureau, origin, [], barred)
    const destinationByBureau =
      destination === null
        ? null
        : routeOf(row.destinationByBureau, destination, originByBureau === null ? origin : [], barred)
    if (originByBureau === row.originByBureau && destinationByBureau === row.destinationByBureau) continue
    await tx.update(rotationCases).set({ originByBureau, destinationByBureau }).where(eq(rotationCases.id, row.id))
  }
}

/** Principals of schools on a day, by school: live grants of accounts in use. */
export async function headsOf(tx: Tx, schoolIds: readonly SchoolId[], on: string): Promise<Map<string, Head[]>> {
  if (schoolIds.length === 0) return new Map()
  const rows = await tx
    .select({ schoolId: roleGrants.schoolId, user: roleGrants.userId, person: roleGrants.personId })
    .from(roleGrants)
    .innerJoin(users, and(eq(users.districtId, roleGrants.districtId), eq(users.id, roleGrants.userId)))
    .where(
      and(
        eq(roleGrants.role, 'principal'),
        inArray(roleGrants.schoolId, [...schoolIds]),
        sql`${roleGrants.validFrom} <= ${on} AND ${roleGrants.validTo} > ${on}`,
        isNull(users.disabledAt),
      ),
    )
  return new Map([...groupBy(rows, ({ schoolId }) => schoolId as string)])
}
