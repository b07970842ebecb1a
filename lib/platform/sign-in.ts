import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { credentials, districts, sessions, users } from '@/db/schema/index.ts'
import { one, type Tx, withScope } from '@/db/scope.ts'
import type { AnonymousActor } from '@/lib/rules/access/actor.ts'
import type { DistrictId, UserId } from '@/lib/rules/values/ids.ts'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { writeAudit } from './audit.ts'
import { fromNow, now, nowMs, todayIn } from './clock.ts'
import { randomToken, sha256Hex } from './crypto.ts'
import { clearGuesses, countGuess, lockedUntil } from './limits.ts'
import { newId } from './new-id.ts'
import { verifyPassword } from './passwords.ts'
import { anonymous, liveGrants } from './sessions.ts'
import { limitsOf } from './settings.ts'

const SESSIONS_PER_PERSON = 5

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
  const key = (await isKnownAddress(visitor, login, attempt.address))
    ? `${strangerKey(login)}|${attempt.address}`
    : strangerKey(login)
  const locked = await withScope(visitor, (tx) => countAttempt(tx, visitor, key, attempt.address))
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
        objectId: found?.user.id,
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
    await clearGuesses(tx, known, key)
    const limits = limitsOf(district.settings)
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
    await endOldest(tx, found.user.id, limits.idleMinutes * 60)
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

/** Address of callers when no proxy tells them apart: nobody is known by it. */
const NO_ADDRESS = 'direct'
const ADDRESS_LIMIT = { limit: 200, windowSeconds: 600, lockSeconds: 600 }

/** Counts an attempt before it is checked. @returns the moment it is locked to, or null */
async function countAttempt(tx: Tx, visitor: AnonymousActor, key: string, address: string): Promise<string | null> {
  const [district] = await tx.select().from(districts).where(eq(districts.id, visitor.districtId))
  const limits = limitsOf(district?.settings ?? {})
  const until = (await lockedUntil(tx, visitor, key)) ?? (await lockedUntil(tx, visitor, `address|${address}`))
  if (until) return until
  const lockSeconds = limits.lockMinutes * 60
  const byLogin = await countGuess(tx, visitor, key, {
    limit: limits.signInFailures,
    windowSeconds: lockSeconds,
    lockSeconds,
  })
  // Without a proxy all callers look alike: a counter for all of them would let one lock out everybody.
  const byAddress = address === NO_ADDRESS ? 0 : await countGuess(tx, visitor, `address|${address}`, ADDRESS_LIMIT)
  // Whoever waited for the counter while others filled it is past the limit too.
  const over = byLogin > limits.signInFailures || byAddress > ADDRESS_LIMIT.limit
  return over ? fromNow(lockSeconds) : null
}

/** Counter of guesses from addresses this login never signed in from; the security administrator can clear it. */
export const strangerKey = (login: string): string => `login|${login}`

/** An address the person has signed in from has a counter of its own: a stranger's guesses cannot lock them out there. */
async function isKnownAddress(visitor: AnonymousActor, login: string, address: string): Promise<boolean> {
  if (address === NO_ADDRESS) return false
  const [user] = await withScope(
    visitor,
    (tx) => tx.select({ id: users.id }).from(users).where(eq(users.login, login)),
    { readOnly: true },
  )
  if (!user) return false
  const earlier = await withScope(
    { ...visitor, userId: user.id },
    (tx) =>
      tx
        .select({ id: sessions.id })
        .from(sessions)
        .where(and(eq(sessions.userId, user.id), eq(sessions.address, address.slice(0, 64))))
        .limit(1),
    { readOnly: true },
  )
  return earlier.length > 0
}

async function endOldest(tx: Tx, userId: UserId, idleSeconds: number): Promise<void> {
  const open = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        sql`${sessions.lastSeenAt} > ${fromNow(-idleSeconds)}`,
      ),
    )
    .orderBy(desc(sessions.createdAt))
  for (const session of open.slice(SESSIONS_PER_PERSON))
    await tx.update(sessions).set({ endedAt: now(), endReason: 'too_many' }).where(eq(sessions.id, session.id))
}
