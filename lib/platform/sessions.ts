import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { credentials, delegations, districts, roleGrants, schools, sessions, users } from '@/db/schema/index.ts'
import { one, type Tx, withScope } from '@/db/scope.ts'
import type { AnonymousActor, OnBehalf, UserActor } from '@/lib/rules/access/actor.ts'
import { ROLES, type Role } from '@/lib/rules/access/roles.ts'
import type { DistrictId, GrantId, SchoolId, UserId } from '@/lib/rules/values/ids.ts'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { writeAudit } from './audit.ts'
import { dayIn, fromNow, now, nowMs, todayIn } from './clock.ts'
import { randomToken, sha256Hex } from './crypto.ts'
import { clearGuesses, countGuess, lockedUntil } from './limits.ts'
import { newId } from './new-id.ts'
import { verifyPassword } from './passwords.ts'

const IDLE_SECONDS = 20 * 60
const ABSOLUTE_SECONDS = 12 * 3600
const SESSIONS_PER_PERSON = 5

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
    demo: boolean
    timeZone: string
    settings: Record<string, unknown>
  }
}

const anonymous = (districtId: DistrictId, more: Partial<AnonymousActor> = {}): AnonymousActor => ({
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

async function liveGrants(tx: Tx, userId: UserId, today: string): Promise<GrantEntry[]> {
  const rows = await tx
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
      and(eq(roleGrants.userId, userId), sql`${roleGrants.validFrom} <= ${today} AND ${roleGrants.validTo} > ${today}`),
    )
  return [...rows.sort(byWork), ...(await delegatedGrants(tx, userId, today))]
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
        sql`${delegations.endedAt} IS NULL AND ${users.disabledAt} IS NULL`,
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
  if (age(found.lastSeenAt) > IDLE_SECONDS || age(found.createdAt) > ABSOLUTE_SECONDS) return null
  const userId = found.userId
  const stale = age(found.lastSeenAt) > 60
  return withScope(anonymous(districtId, { userId, sessionHash: tokenHash }), async (tx) => {
    const [district] = await tx.select().from(districts).where(eq(districts.id, districtId))
    const [user] = await tx
      .select({ user: users, mustChange: credentials.mustChange })
      .from(users)
      .innerJoin(credentials, and(eq(credentials.districtId, users.districtId), eq(credentials.userId, users.id)))
      .where(eq(users.id, userId))
    if (!district || !user || user.user.disabledAt || user.user.sessionVersion !== found.version) return null
    const today = todayIn(district)
    const grants = await liveGrants(tx, userId, today)
    const acting = grants.find((grant) => grant.id === found.grantId) ?? grants[0]
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
        demo: district.demo,
        timeZone: district.timeZone,
        settings: district.settings,
      },
    }
  })
}

/**
 * Checks a login and opens a session; the same words and the same time for an unknown login and a wrong password.
 * @returns the session token, 256 random bits, of which only the SHA-256 is stored
 */
export async function signIn(
  districtId: DistrictId,
  attempt: { login: string; password: string; address: string; agent: string },
): Promise<Outcome<{ token: string }>> {
  const login = attempt.login.trim().toLowerCase()
  const wrong = refuse('platform.refusal.wrongLogin')
  if (!/^[a-z0-9._@-]{1,80}$/.test(login)) return wrong
  const visitor = anonymous(districtId, { login })
  // Counted before the check, in a transaction of its own: parallel guesses all count.
  const locked = await withScope(visitor, async (tx) => {
    const until =
      (await lockedUntil(tx, visitor, `login|${login}`)) ??
      (await lockedUntil(tx, visitor, `address|${attempt.address}`))
    if (until) return until
    await countGuess(tx, visitor, `login|${login}`, { limit: 5, windowSeconds: 900, lockSeconds: 900 })
    await countGuess(tx, visitor, `address|${attempt.address}`, { limit: 200, windowSeconds: 600, lockSeconds: 600 })
    return null
  })
  if (locked)
    return refuse('platform.refusal.locked', {
      minutes: Math.max(1, Math.ceil((Date.parse(locked) - nowMs()) / 60000)),
    })
  const found = await withScope(
    visitor,
    async (tx) => {
      const [row] = await tx
        .select({ user: users, passwordHash: credentials.passwordHash })
        .from(users)
        .innerJoin(credentials, and(eq(credentials.districtId, users.districtId), eq(credentials.userId, users.id)))
        .where(eq(users.login, login))
      return row ?? null
    },
    { readOnly: true },
  )
  const verified = await verifyPassword(found?.passwordHash ?? null, attempt.password)
  if (!verified.ok) return verified
  if (!found || !verified.value || found.user.disabledAt) {
    await withScope(visitor, (tx) =>
      writeAudit(tx, visitor, {
        action: 'platform.signIn',
        outcome: 'refused',
        resource: 'user',
        reason: 'platform.refusal.wrongLogin',
      }),
    )
    return wrong
  }
  const known = anonymous(districtId, { userId: found.user.id, login })
  return withScope(known, async (tx): Promise<Outcome<{ token: string }>> => {
    const [district] = await tx.select().from(districts).where(eq(districts.id, districtId))
    if (!district) return wrong
    const [grant] = await liveGrants(tx, found.user.id, todayIn(district))
    if (!grant) return refuse('platform.refusal.noRole')
    await clearGuesses(tx, known, `login|${login}`)
    const token = randomToken()
    await tx.insert(sessions).values({
      districtId,
      id: newId(),
      tokenHash: Buffer.from(sha256Hex(token), 'hex'),
      userId: found.user.id,
      grantId: grant.id,
      version: found.user.sessionVersion,
      createdAt: now(),
      lastSeenAt: now(),
      address: attempt.address.slice(0, 64),
      agent: attempt.agent.slice(0, 200),
    })
    await endOldest(tx, found.user.id)
    one(
      await tx
        .update(users)
        .set({ lastSignInAt: now() })
        .where(eq(users.id, found.user.id))
        .returning({ id: users.id }),
    )
    await writeAudit(tx, known, {
      action: 'platform.signIn',
      outcome: 'done',
      resource: 'user',
      objectId: found.user.id,
    })
    return { ok: true, value: { token } }
  })
}

async function endOldest(tx: Tx, userId: UserId): Promise<void> {
  const open = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        sql`${sessions.lastSeenAt} > ${fromNow(-IDLE_SECONDS)}`,
      ),
    )
    .orderBy(desc(sessions.createdAt))
  for (const session of open.slice(SESSIONS_PER_PERSON))
    await tx.update(sessions).set({ endedAt: now(), endReason: 'too_many' }).where(eq(sessions.id, session.id))
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
