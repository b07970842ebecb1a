import { and, asc, count, eq, exists, ilike, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { credentials, jobs, roleGrants, schools, sessions, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { SchoolId, UserId } from '@/lib/rules/values/ids.ts'
import { ACCOUNTS_JOB } from '../commands/bulk-accounts.ts'
import { isPrincipal } from './principals.ts'

export interface UserQuery {
  words?: string
  school?: string
  role?: string
  state?: 'active' | 'disabled' | 'noRole'
  page: number
  size: number
}

const schoolOf = and(eq(schools.districtId, users.districtId), eq(schools.id, users.schoolId))
const liveGrant = (today: LocalDate) =>
  and(
    eq(roleGrants.districtId, users.districtId),
    eq(roleGrants.userId, users.id),
    isNull(roleGrants.endedAt),
    sql`${roleGrants.validFrom} <= ${today} AND ${roleGrants.validTo} > ${today}`,
  )

/** A page of accounts; the list knows names and roles, no personal file. */
export async function listUsers(tx: Tx, query: UserQuery, today: LocalDate) {
  const words = query.words?.replace(/[%_\\]/g, '\\$&')
  const grants = (more?: SQL) =>
    exists(
      tx
        .select({ one: sql`1` })
        .from(roleGrants)
        .where(and(liveGrant(today), more)),
    )
  const where = and(
    words ? or(ilike(users.login, `%${words}%`), ilike(users.displayName, `%${words}%`)) : undefined,
    query.school ? eq(users.schoolId, query.school as SchoolId) : undefined,
    query.role ? grants(eq(roleGrants.role, query.role as Role)) : undefined,
    query.state === 'disabled' ? isNotNull(users.disabledAt) : undefined,
    query.state === 'active' ? isNull(users.disabledAt) : undefined,
    query.state === 'noRole' ? sql`NOT ${grants()}` : undefined,
  )
  const rows = await tx
    .select({
      id: users.id,
      login: users.login,
      name: users.displayName,
      school: schools.name,
      disabledAt: users.disabledAt,
      lastSignInAt: users.lastSignInAt,
      roles: sql<Role[]>`ARRAY(SELECT DISTINCT g.role FROM role_grants g WHERE g.district_id = ${users.districtId}
        AND g.user_id = ${users.id} AND g.ended_at IS NULL AND g.valid_from <= ${today} AND g.valid_to > ${today} ORDER BY g.role)`,
    })
    .from(users)
    .leftJoin(schools, schoolOf)
    .where(where)
    .orderBy(asc(users.login))
    .limit(query.size)
    .offset((query.page - 1) * query.size)
  const [total] = await tx.select({ n: count() }).from(users).where(where)
  return { rows, total: total?.n ?? 0 }
}

/** One account with its roles of all time and its open sessions; null when there is none. */
export async function findUser(tx: Tx, userId: UserId) {
  const [user] = await tx
    .select({ user: users, school: schools.name })
    .from(users)
    .leftJoin(schools, schoolOf)
    .where(eq(users.id, userId))
  if (!user) return null
  const grants = await tx
    .select({ grant: roleGrants, school: schools.name })
    .from(roleGrants)
    .leftJoin(schools, and(eq(schools.districtId, roleGrants.districtId), eq(schools.id, roleGrants.schoolId)))
    .where(eq(roleGrants.userId, userId))
    .orderBy(sql`${roleGrants.validFrom} DESC`)
  const open = await tx
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
    .orderBy(sql`${sessions.lastSeenAt} DESC`)
    .limit(20)
  return { ...user, grants, sessions: open }
}

export const schoolChoices = (tx: Tx) =>
  tx
    .select({ id: schools.id, name: schools.name })
    .from(schools)
    .where(isNull(schools.closedOn))
    .orderBy(asc(schools.position), asc(schools.name))

/** Per school: accounts there are, and how many still wait for their first password. For the console that makes links. */
export const accountsBySchool = (tx: Tx) =>
  tx
    .select({
      id: schools.id,
      name: schools.name,
      accounts: count(users.id),
      waiting: sql<number>`count(*) FILTER (WHERE ${credentials.userId} IS NOT NULL AND ${credentials.passwordHash} IS NULL AND ${users.disabledAt} IS NULL)::int`,
    })
    .from(schools)
    .leftJoin(users, and(eq(users.districtId, schools.districtId), eq(users.schoolId, schools.id)))
    .leftJoin(credentials, and(eq(credentials.districtId, users.districtId), eq(credentials.userId, users.id)))
    .groupBy(schools.id, schools.name, schools.position)
    .orderBy(asc(schools.position), asc(schools.name))

/** How many principals have no password yet. */
export async function waitingPrincipals(tx: Tx, today: LocalDate): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(users)
    .innerJoin(credentials, and(eq(credentials.districtId, users.districtId), eq(credentials.userId, users.id)))
    .where(and(isPrincipal(today), isNull(users.disabledAt), isNull(credentials.passwordHash)))
  return row?.n ?? 0
}

/** The last run of account making, for the page that waits. */
export async function lastBulkRun(tx: Tx) {
  const [job] = await tx
    .select()
    .from(jobs)
    .where(eq(jobs.name, ACCOUNTS_JOB))
    .orderBy(sql`${jobs.createdAt} DESC`)
    .limit(1)
  return job ?? null
}
