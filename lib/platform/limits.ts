import { and, eq, sql } from 'drizzle-orm'
import { districts, rateLimits } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor, UserActor } from '@/lib/rules/access/actor.ts'
import type { Refusal } from '@/lib/rules/values/outcome.ts'
import { fromNow, now } from './clock.ts'
import { sha256Hex } from './crypto.ts'
import { limitsOf } from './settings.ts'

export interface Limit {
  limit: number
  windowSeconds: number
  lockSeconds: number
}

/** The moment a key stays locked to, or null. Keys are stored as digests: a table of limits names nobody. */
export async function lockedUntil(tx: Tx, actor: Actor, key: string): Promise<string | null> {
  const [row] = await tx
    .select({ until: rateLimits.lockedUntil })
    .from(rateLimits)
    .where(
      and(
        eq(rateLimits.districtId, actor.districtId),
        eq(rateLimits.keyHash, sha256Hex(key)),
        sql`${rateLimits.lockedUntil} > ${now()}`,
      ),
    )
  return row?.until ?? null
}

/** Counts one use in a window by a single upsert; locks the key when the limit is passed. @returns uses in the window */
export async function countGuess(tx: Tx, actor: Actor, key: string, limit: Limit): Promise<number> {
  const fresh = sql`${rateLimits.windowStart} < ${fromNow(-limit.windowSeconds)}`
  const [row] = await tx
    .insert(rateLimits)
    .values({ districtId: actor.districtId, keyHash: sha256Hex(key), windowStart: now(), count: 1 })
    .onConflictDoUpdate({
      target: [rateLimits.districtId, rateLimits.keyHash],
      set: {
        count: sql`CASE WHEN ${fresh} THEN 1 ELSE ${rateLimits.count} + 1 END`,
        windowStart: sql`CASE WHEN ${fresh} THEN ${now()}::timestamptz ELSE ${rateLimits.windowStart} END`,
        lockedUntil: sql`CASE WHEN NOT (${fresh}) AND ${rateLimits.count} + 1 >= ${limit.limit} THEN ${fromNow(limit.lockSeconds)}::timestamptz ELSE NULL END`,
      },
    })
    .returning({ count: rateLimits.count })
  return row?.count ?? 0
}

/** Forgets the count after a success. */
export async function clearGuesses(tx: Tx, actor: Actor, key: string): Promise<void> {
  await tx
    .update(rateLimits)
    .set({ count: 0, lockedUntil: null, windowStart: now() })
    .where(and(eq(rateLimits.districtId, actor.districtId), eq(rateLimits.keyHash, sha256Hex(key))))
}

const HOURLY = {
  reveals: { setting: 'revealsPerHour', code: 'register.refusal.tooManyReveals' },
  exports: { setting: 'exportsPerHour', code: 'platform.refusal.tooManyExports' },
  imports: { setting: 'importsPerHour', code: 'platform.refusal.tooManyImports' },
} as const

/**
 * Counts one use of what the district limits by the hour and person (security.md §4.3).
 * @returns the refusal when this person has had as many as the settings allow; null when the use stands
 */
export async function takeTurn(tx: Tx, actor: UserActor, what: keyof typeof HOURLY): Promise<Refusal | null> {
  const { setting, code } = HOURLY[what]
  const [district] = await tx
    .select({ settings: districts.settings })
    .from(districts)
    .where(eq(districts.id, actor.districtId))
  const limit = limitsOf(district?.settings ?? {})[setting]
  const key = `${what}|${actor.userId}`
  if (await lockedUntil(tx, actor, key)) return { code, values: { limit } }
  const used = await countGuess(tx, actor, key, { limit, windowSeconds: 3600, lockSeconds: 3600 })
  return used > limit ? { code, values: { limit } } : null
}
