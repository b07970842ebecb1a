import { and, eq, isNull, sql } from 'drizzle-orm'
import { credentials, delegations, districts, roleGrants, schools, sessions, users } from '@/db/schema/index.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import type { AnonymousActor, OnBehalf, UserActor } from '@/lib/rules/access/actor.ts'
import { ROLES, type Role } from '@/lib/rules/access/roles.ts'
import type { DistrictId, GrantId, SchoolId, UserId } from '@/lib/rules/values/ids.ts'
import { writeAudit } from './audit.ts'
import { dayIn, now, nowMs, todayIn } from './clock.ts'
import { sha256Hex } from './crypto.ts'
import { type DistrictNature, natureOf } from './nature.ts'
import { limitsOf } from './settings.ts'

export interface GrantEntry {
  id: GrantId
  role: Role
  schoolId: SchoolId | null
  schoolName: string | null
  flags: string[]
  /** The post is another's, who delegated it to this person for now (SD-7). */
  onBehalfOf?: OnBehalf
}

export interface CurrentSession {
  actor: UserActor
  grants: GrantEntry[]
  acting: GrantEntry
  locale: string
  mustChangePassword: boolean
  privacyAccepted: boolean
  welcomed: boolean
  district: {
    id: DistrictId
    name: string
    code: string
    nature: DistrictNature
    timeZone: string
    settings: Record<string, unknown>
  }
}

/** Before sign-in: only what is being tried can be seen. */
export const anonymous = (districtId: DistrictId, more: Partial<AnonymousActor> = {}): AnonymousActor => ({
  kind: 'anonymous',
  districtId,
  today: dayIn('Asia/Shanghai'),
  ...more,
})

/** Roles first by breadth of work, so that a person with several lands where the work is. */
const byWork = (a: GrantEntry, b: GrantEntry) => WORK_ORDER.indexOf(a.role) - WORK_ORDER.indexOf(b.role)
const WORK_ORDER: Role[] = [
  'bureau_reviewer',
  'bureau_hr',
  'principal',
  'school_hr',
  ...ROLES.filter((role) => role !== 'teacher'),
  'teacher',
]

/** The roles a person holds on a day. */
export async function liveGrants(tx: Tx, userId: UserId, today: string): Promise<GrantEntry[]> {
  const own = tx
    .select({
      id: roleGrants.id,
      role: roleGrants.role,
      schoolId: roleGrants.schoolId,
      schoolName: schools.name,
      flags: roleGrants.flags,
    })
    .from(roleGrants)
    .leftJoin(schools, and(eq(schools.districtId, roleGrants.districtId), eq(schools.id, roleGrants.schoolId)))
    .where(
      and(
        eq(roleGrants.userId, userId),
        isNull(roleGrants.endedAt),
        sql`${roleGrants.validFrom} <= ${today} AND ${roleGrants.validTo} > ${today}`,
      ),
    )
  const [rows, delegated] = await Promise.all([own, delegatedGrants(tx, userId, today)])
  return [...rows.sort(byWork), ...delegated]
}

/** Posts delegated to the person for now; health evidence and personnel files of cadres never come with them. */
async function delegatedGrants(tx: Tx, userId: UserId, today: string): Promise<GrantEntry[]> {
  const rows = await tx
    .select({
      id: roleGrants.id,
      role: roleGrants.role,
      schoolId: roleGrants.schoolId,
      schoolName: schools.name,
      from: { userId: users.id, personId: users.personId, name: users.displayName },
    })
    .from(delegations)
    .innerJoin(
      roleGrants,
      and(eq(roleGrants.districtId, delegations.districtId), eq(roleGrants.id, delegations.grantId)),
    )
    .innerJoin(users, and(eq(users.districtId, delegations.districtId), eq(users.id, delegations.fromUser)))
    .leftJoin(schools, and(eq(schools.districtId, roleGrants.districtId), eq(schools.id, roleGrants.schoolId)))
    .where(
      and(
        eq(delegations.toUser, userId),
        sql`${delegations.endedAt} IS NULL AND ${roleGrants.endedAt} IS NULL AND ${users.disabledAt} IS NULL`,
        sql`${delegations.validFrom} <= ${today} AND ${delegations.validTo} > ${today}`,
        sql`${roleGrants.validFrom} <= ${today} AND ${roleGrants.validTo} > ${today}`,
      ),
    )
  return rows.map(({ from, ...grant }) => ({ ...grant, flags: [], onBehalfOf: { ...from, grantId: grant.id } }))
}

/** The live session of a token with the person, the acting grant and the day; null when there is none. */
export async function loadSession(districtId: DistrictId, token: string): Promise<CurrentSession | null> {
  const tokenHash = sha256Hex(token)
  const found = await withScope(
    anonymous(districtId, { sessionHash: tokenHash }),
    async (tx) => {
      const [row] = await tx
        .select()
        .from(sessions)
        .where(eq(sessions.tokenHash, Buffer.from(tokenHash, 'hex')))
      return row ?? null
    },
    { readOnly: true },
  )
  if (!found || found.endedAt) return null
  const age = (since: string) => (nowMs() - Date.parse(since)) / 1000
  const userId = found.userId
  const stale = age(found.lastSeenAt) > 60
  return withScope(anonymous(districtId, { userId, sessionHash: tokenHash }), async (tx) => {
    const [[district], [user]] = await Promise.all([
      tx.select().from(districts).where(eq(districts.id, districtId)),
      tx
        .select({ user: users, mustChange: credentials.mustChange })
        .from(users)
        .innerJoin(credentials, and(eq(credentials.districtId, users.districtId), eq(credentials.userId, users.id)))
        .where(eq(users.id, userId)),
    ])
    if (!district || !user || user.user.disabledAt || user.user.sessionVersion !== found.version) return null
    const limits = limitsOf(district.settings)
    if (age(found.lastSeenAt) > limits.idleMinutes * 60 || age(found.createdAt) > limits.sessionHours * 3600)
      return null
    const today = todayIn(district)
    const grants = await liveGrants(tx, userId, today)
    // An ended grant ends the session: nobody slides into another role without choosing it (SEC-T6).
    const acting = grants.find((grant) => grant.id === found.grantId)
    if (!acting) return null
    if (stale) await tx.update(sessions).set({ lastSeenAt: now() }).where(eq(sessions.id, found.id))
    return {
      actor: {
        kind: 'user',
        districtId,
        userId,
        personId: user.user.personId,
        grantId: acting.id,
        role: acting.role,
        schoolIds: acting.schoolId ? [acting.schoolId] : [],
        teacherId: user.user.teacherId,
        flags: acting.flags,
        name: user.user.displayName,
        sessionId: found.id,
        today,
        ...(acting.onBehalfOf ? { onBehalfOf: acting.onBehalfOf } : {}),
      } satisfies UserActor,
      grants,
      acting,
      locale: user.user.locale,
      mustChangePassword: user.mustChange,
      privacyAccepted: user.user.privacyAcceptedAt !== null,
      welcomed: user.user.welcomedAt !== null,
      district: {
        id: districtId,
        name: district.name,
        code: district.code,
        nature: natureOf(district),
        timeZone: district.timeZone,
        settings: district.settings,
      },
    }
  })
}

/** Ends the session of a token; signing out twice is no error. */
export async function signOut(districtId: DistrictId, token: string): Promise<void> {
  const session = await loadSession(districtId, token)
  if (!session) return
  await withScope(session.actor, async (tx) => {
    await tx
      .update(sessions)
      .set({ endedAt: now(), endReason: 'signed_out' })
      .where(eq(sessions.tokenHash, Buffer.from(sha256Hex(token), 'hex')))
    await writeAudit(tx, session.actor, {
      action: 'platform.signOut',
      outcome: 'done',
      resource: 'user',
      objectId: session.actor.userId,
    })
  })
}
