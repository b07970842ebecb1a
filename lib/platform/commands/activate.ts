import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { credentials, sessions, users } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { defineCommand, finished } from '../command.ts'
import { hashPassword, passwordProblem } from '../passwords.ts'

/**
 * Sets the password of the account whose one-time link the visitor holds. The link is used up, all sessions of the account
 * end, and nobody is signed in by it.
 */
export const activateAccount = defineCommand({
  name: 'platform.account.activate',
  secretValue: true,
  input: z.strictObject({
    d: z.string().max(60),
    t: z.string().max(60),
    next: z.string().max(200),
    again: z.string().max(200),
  }),
  target: async (tx, _input, actor) => {
    if (actor.kind !== 'anonymous' || !actor.linkHash || !actor.userId) return null
    const [mine] = await tx
      .select()
      .from(credentials)
      .where(and(eq(credentials.userId, actor.userId), eq(credentials.linkHash, Buffer.from(actor.linkHash, 'hex'))))
      .for('update')
    const [user] = await tx.select().from(users).where(eq(users.id, actor.userId))
    return mine && user ? { mine, user, target: {} } : null
  },
  run: async ({ tx, input, before: { mine, user }, at }) => {
    if (user.disabledAt || !mine.linkExpiresAt || Date.parse(mine.linkExpiresAt) <= Date.parse(at))
      return refuse('account.refusal.linkDead')
    if (input.next !== input.again) return refuse('platform.refusal.passwordsDiffer', undefined, { field: 'again' })
    const problem = passwordProblem(input.next, { login: mine.login, name: user.displayName })
    if (problem) return refuse(problem, undefined, { field: 'next' })
    one(
      await tx
        .update(credentials)
        .set({
          passwordHash: await hashPassword(input.next),
          previousHashes: [mine.passwordHash, ...mine.previousHashes].filter((hash) => hash !== null).slice(0, 4),
          passwordSetAt: at,
          mustChange: false,
          linkHash: null,
          linkExpiresAt: null,
        })
        .where(eq(credentials.userId, user.id))
        .returning({ id: credentials.userId }),
    )
    one(
      await tx
        .update(users)
        .set({ sessionVersion: sql`${users.sessionVersion} + 1` })
        .where(eq(users.id, user.id))
        .returning({ id: users.id }),
    )
    await tx
      .update(sessions)
      .set({ endedAt: at, endReason: 'password_changed' })
      .where(and(eq(sessions.userId, user.id), isNull(sessions.endedAt)))
    return finished(null, { audit: { resource: 'user', objectId: user.id, details: { login: mine.login } } })
  },
})
