import { and, asc, count, eq, isNull, sql } from 'drizzle-orm'
import { roleGrants, schools, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'

export interface GrantQuery {
  role?: string
  bureau?: boolean
  page: number
  size: number
}

/** Who holds which role on a day; the list an assessor asks for. */
export async function listGrants(tx: Tx, query: GrantQuery, on: LocalDate, today: LocalDate) {
  const where = and(
    sql`${roleGrants.validFrom} <= ${on} AND ${roleGrants.validTo} > ${on}`,
    on >= today ? isNull(roleGrants.endedAt) : undefined,
    query.role ? eq(roleGrants.role, query.role as Role) : undefined,
    query.bureau ? sql`${roleGrants.role} NOT IN ('principal', 'school_hr', 'teacher')` : undefined,
  )
  const rows = await tx
    .select({
      id: roleGrants.id,
      userId: roleGrants.userId,
      name: users.displayName,
      login: users.login,
      role: roleGrants.role,
      school: schools.name,
      flags: roleGrants.flags,
      from: roleGrants.validFrom,
      until: roleGrants.validTo,
      by: sql<
        string | null
      >`(SELECT u.display_name FROM users u WHERE u.district_id = ${roleGrants.districtId} AND u.id = ${roleGrants.grantedBy})`,
      confirmed: sql<
        string | null
      >`(SELECT u.display_name FROM users u WHERE u.district_id = ${roleGrants.districtId} AND u.id = ${roleGrants.confirmedBy})`,
      reason: roleGrants.reason,
    })
    .from(roleGrants)
    .innerJoin(users, and(eq(users.districtId, roleGrants.districtId), eq(users.id, roleGrants.userId)))
    .leftJoin(schools, and(eq(schools.districtId, roleGrants.districtId), eq(schools.id, roleGrants.schoolId)))
    .where(where)
    .orderBy(asc(roleGrants.role), asc(schools.position), asc(users.login))
    .limit(query.size)
    .offset((query.page - 1) * query.size)
  const [total] = await tx.select({ n: count() }).from(roleGrants).where(where)
  return { rows, total: total?.n ?? 0 }
}
