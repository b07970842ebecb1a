import { and, eq, isNull, ne, or, sql } from 'drizzle-orm'
import { z } from 'zod'
import { credentials, delegations, roleGrants, sessions, users } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { type GrantId, idSchema } from '@/lib/rules/values/ids.ts'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { type CommandContext, type Done, defineCommand, finished } from '../command.ts'
import { hashPassword, passwordProblem, verifyPassword } from '../passwords.ts'

const asUser = (context: Pick<CommandContext<unknown, unknown>, 'actor'>): UserActor => {
  if (context.actor.kind !== 'user') throw new Error('an account command runs for a person')
  return context.actor
}

/** Ends the session in the database; the cookie that is left behind opens nothing. */
export const signOutCommand = defineCommand({
  name: 'platform.account.signOut',
  input: z.strictObject({}),
  run: async ({ tx, actor, at }) => {
    const { sessionId } = asUser({ actor })
    if (sessionId)
      await tx.update(sessions).set({ endedAt: at, endReason: 'signed_out' }).where(eq(sessions.id, sessionId))
    return finished(null)
  },
})

/** The grant is another's, delegated to this person for now (SD-7). */
const isDelegatedTo = (me: UserActor, today: string) =>
  sql`${roleGrants.id} IN (SELECT ${delegations.grantId} FROM ${delegations} WHERE ${delegations.toUser} = ${me.userId} AND ${delegations.endedAt} IS NULL AND ${delegations.validFrom} <= ${today} AND ${delegations.validTo} > ${today})`

/** Acts in another of my roles from now on: rights follow the acting grant, never the union. */
export const switchRole = defineCommand({
  name: 'platform.account.switchRole',
  input: z.strictObject({ grantId: idSchema<GrantId>() }),
  run: async ({ tx, actor, input, today }) => {
    const me = asUser({ actor })
    const [grant] = await tx
      .select()
      .from(roleGrants)
      .where(and(eq(roleGrants.id, input.grantId), or(eq(roleGrants.userId, me.userId), isDelegatedTo(me, today))))
    if (!grant || grant.validFrom! > today || grant.validTo! <= today) return refuse('platform.refusal.notFound')
    if (!me.sessionId) return refuse('platform.refusal.signInAgain')
    one(
      await tx
        .update(sessions)
        .set({ grantId: grant.id })
        .where(eq(sessions.id, me.sessionId))
        .returning({ id: sessions.id }),
    )
    return finished(null, { audit: { resource: 'user', objectId: me.userId, details: { role: grant.role } } })
  },
})

export const changePassword = defineCommand({
  name: 'platform.account.changePassword',
  input: z.strictObject({ current: z.string().max(200), next: z.string().max(200), again: z.string().max(200) }),
  run: async ({ tx, actor, input, at }): Promise<Outcome<Done<null>>> => {
    const me = asUser({ actor })
    if (input.next !== input.again) return refuse('platform.refusal.passwordsDiffer', undefined, { field: 'again' })
    const [mine] = await tx.select().from(credentials).where(eq(credentials.userId, me.userId)).for('update')
    if (!mine) return refuse('platform.refusal.notFound')
    const right = await verifyPassword(mine.passwordHash, input.current)
    if (!right.ok) return right
    if (!right.value) return refuse('platform.refusal.wrongPassword', undefined, { field: 'current' })
    const problem = passwordProblem(input.next, { login: mine.login, name: me.name })
    if (problem) return refuse(problem, undefined, { field: 'next' })
    for (const earlier of [mine.passwordHash, ...mine.previousHashes].slice(0, 5)) {
      if (!earlier) continue
      const same = await verifyPassword(earlier, input.next)
      if (!same.ok) return same
      if (same.value) return refuse('platform.refusal.passwordUsed', undefined, { field: 'next' })
    }
    const changed = {
      passwordHash: await hashPassword(input.next),
      previousHashes: [mine.passwordHash, ...mine.previousHashes].filter((hash) => hash !== null).slice(0, 4),
      passwordSetAt: at,
      mustChange: false,
    }
    one(
      await tx
        .update(credentials)
        .set(changed)
        .where(eq(credentials.userId, me.userId))
        .returning({ id: credentials.userId }),
    )
    await tx
      .update(sessions)
      .set({ endedAt: at, endReason: 'password_changed' })
      .where(
        and(
          eq(sessions.userId, me.userId),
          isNull(sessions.endedAt),
          me.sessionId ? ne(sessions.id, me.sessionId) : undefined,
        ),
      )
    return finished(null, {
      message: { key: 'platform.account.passwordChanged' },
      audit: { resource: 'user', objectId: me.userId },
    })
  },
})

/** Ends all other sessions of mine: a lost phone, a shared computer. */
export const endOtherSessions = defineCommand({
  name: 'platform.account.endSessions',
  input: z.strictObject({}),
  run: async ({ tx, actor, at }) => {
    const me = asUser({ actor })
    const ended = await tx
      .update(sessions)
      .set({ endedAt: at, endReason: 'ended_by_owner' })
      .where(
        and(
          eq(sessions.userId, me.userId),
          isNull(sessions.endedAt),
          me.sessionId ? ne(sessions.id, me.sessionId) : undefined,
        ),
      )
      .returning({ id: sessions.id })
    return finished(ended.length, {
      message: { key: 'platform.account.sessionsEnded', values: { count: ended.length } },
    })
  },
})

export const acceptPrivacy = defineCommand({
  name: 'platform.account.acceptPrivacy',
  input: z.strictObject({}),
  run: async ({ tx, actor, at }) => {
    const me = asUser({ actor })
    one(
      await tx.update(users).set({ privacyAcceptedAt: at }).where(eq(users.id, me.userId)).returning({ id: users.id }),
    )
    return finished(null)
  },
})

/** The first page was read and its next step is known: it opens without the welcome from now on. */
export const welcome = defineCommand({
  name: 'platform.account.welcome',
  input: z.strictObject({}),
  run: async ({ tx, actor, at }) => {
    const me = asUser({ actor })
    one(await tx.update(users).set({ welcomedAt: at }).where(eq(users.id, me.userId)).returning({ id: users.id }))
    return finished(null)
  },
})

export const setLocale = defineCommand({
  name: 'platform.account.setLocale',
  input: z.strictObject({ locale: z.enum(['zh-CN', 'en']) }),
  run: async ({ tx, actor, input }) => {
    const me = asUser({ actor })
    one(await tx.update(users).set({ locale: input.locale }).where(eq(users.id, me.userId)).returning({ id: users.id }))
    return finished(null)
  },
})
