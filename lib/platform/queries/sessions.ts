import { and, count, desc, eq, isNull, sql } from 'drizzle-orm'
import { isAmong } from '@/db/among.ts'
import { exportLog, reveals, roleGrants, schools, sessions, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { TeacherId, UserId } from '@/lib/rules/values/ids.ts'
import { fromNow } from '../clock.ts'

/** Sessions that are alive now, newest click first. */
export async function listOpenSessions(tx: Tx, idleMinutes: number, paging: { page: number; size: number }) {
  const where = and(isNull(sessions.endedAt), sql`${sessions.lastSeenAt} > ${fromNow(-idleMinutes * 60)}`)
  const rows = await tx
    .select({
      id: sessions.id,
      userId: sessions.userId,
      name: users.displayName,
      login: users.login,
      role: roleGrants.role,
      school: schools.name,
      createdAt: sessions.createdAt,
      lastSeenAt: sessions.lastSeenAt,
      address: sessions.address,
      agent: sessions.agent,
    })
    .from(sessions)
    .innerJoin(users, and(eq(users.districtId, sessions.districtId), eq(users.id, sessions.userId)))
    .leftJoin(roleGrants, and(eq(roleGrants.districtId, sessions.districtId), eq(roleGrants.id, sessions.grantId)))
    .leftJoin(schools, and(eq(schools.districtId, roleGrants.districtId), eq(schools.id, roleGrants.schoolId)))
    .where(where)
    .orderBy(desc(sessions.lastSeenAt))
    .limit(paging.size)
    .offset((paging.page - 1) * paging.size)
  const [total] = await tx.select({ n: count() }).from(sessions).where(where)
  return { rows, total: total?.n ?? 0 }
}

/** My own sessions of late, open ones first. */
export const ownSessions = (tx: Tx, userId: UserId) =>
  tx
    .select()
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(sql`${sessions.endedAt} IS NOT NULL`, desc(sessions.lastSeenAt))
    .limit(10)

/** Who opened or took out something of mine (PIPL Art. 45): reveals and exports, newest first. */
export async function whoLookedAtMe(tx: Tx, teacherId: TeacherId) {
  const seen = await tx
    .select({ at: reveals.at, by: reveals.byName, role: reveals.role, what: reveals.subject, why: reveals.reason })
    .from(reveals)
    .where(eq(reveals.teacherId, teacherId))
    .orderBy(desc(reveals.at))
    .limit(50)
  const taken = await tx
    .select({
      at: exportLog.at,
      by: exportLog.byName,
      role: exportLog.role,
      what: exportLog.page,
      why: exportLog.purpose,
    })
    .from(exportLog)
    .where(sql`${teacherId}::uuid = ANY (${exportLog.teacherIds})`)
    .orderBy(desc(exportLog.at))
    .limit(50)
  return [
    ...seen.map((row) => ({ ...row, kind: 'reveal' as const })),
    ...taken.map((row) => ({ ...row, kind: 'export' as const })),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
}

/** People of a school with an account, for a principal who proposes a personnel clerk. */
export const colleagues = (tx: Tx, schoolIds: readonly string[]) =>
  tx
    .select({ id: users.id, name: users.displayName, login: users.login })
    .from(users)
    .where(and(isNull(users.disabledAt), isAmong(users.schoolId, schoolIds)))
    .orderBy(users.displayName)
    .limit(500)
