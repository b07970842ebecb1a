import { eq } from 'drizzle-orm'
import { credentials, districts } from '@/db/schema/index.ts'
import { one, type Tx, withScope } from '@/db/scope.ts'
import type { Actor, AnonymousActor } from '@/lib/rules/access/actor.ts'
import type { DistrictId, UserId } from '@/lib/rules/values/ids.ts'
import { fromNow, type Instant, nowMs } from './clock.ts'
import { randomToken, sha256Hex } from './crypto.ts'
import { anonymous } from './sessions.ts'
import { limitsOf } from './settings.ts'

/** A one-time link as its receiver needs it; the token is in no table, only its digest. */
export interface OneTimeLink {
  login: string
  name: string
  /** Path on this server; the page puts the origin before it. */
  path: string
  until: Instant
}

export const linkPath = (districtId: DistrictId, token: string): string => `/activate?d=${districtId}&t=${token}`

/** Puts a fresh link (256 bits, hashed) on an account in place of any earlier one. */
export async function issueLink(
  tx: Tx,
  actor: Pick<Actor, 'districtId'>,
  user: { id: UserId; login: string; displayName: string },
): Promise<OneTimeLink> {
  const [district] = await tx.select({ settings: districts.settings }).from(districts)
  const token = randomToken(32)
  const until = fromNow(limitsOf(district?.settings ?? {}).linkHours * 3600)
  one(
    await tx
      .update(credentials)
      .set({ linkHash: Buffer.from(sha256Hex(token), 'hex'), linkExpiresAt: until })
      .where(eq(credentials.userId, user.id))
      .returning({ id: credentials.userId }),
  )
  return { login: user.login, name: user.displayName, path: linkPath(actor.districtId, token), until }
}

/** Who a live link belongs to, as an actor that can do nothing but set that account's password; null when it opens nothing. */
export async function linkActor(
  districtId: DistrictId,
  token: string,
): Promise<{ actor: AnonymousActor; login: string } | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null
  const visitor = anonymous(districtId, { linkHash: sha256Hex(token) })
  const [found] = await withScope(
    visitor,
    (tx) =>
      tx
        .select()
        .from(credentials)
        .where(eq(credentials.linkHash, Buffer.from(sha256Hex(token), 'hex'))),
    { readOnly: true },
  )
  if (!found?.linkExpiresAt || Date.parse(found.linkExpiresAt) <= nowMs()) return null
  return { actor: { ...visitor, userId: found.userId }, login: found.login }
}
