import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { credentials, roleGrants, sessions, users } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { idSchema, type PersonId, type SchoolId, type UserId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { defineCommand, finished } from '../command.ts'
import { clearGuesses } from '../limits.ts'
import { issueLink } from '../links.ts'
import { newId } from '../new-id.ts'
import { strangerKey } from '../sign-in.ts'
import { askSecondPerson } from '../two-person.ts'
import { disableAuditorOperation, setDisabled } from '../user-state.ts'

const userInput = z.strictObject({ userId: idSchema<UserId>() })

/** The account, locked; the auditor's is the one that no administrator touches alone (SD-10). */
const lockUser = async (tx: Tx, { userId }: { userId: UserId }) => {
  const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
  return user ? { ...user, target: {} } : null
}

const isAuditor = async (tx: Tx, userId: UserId, today: string) => {
  const held = await tx
    .select({ id: roleGrants.id })
    .from(roleGrants)
    .where(
      and(
        eq(roleGrants.userId, userId),
        eq(roleGrants.role, 'bureau_auditor'),
        isNull(roleGrants.endedAt),
        sql`${roleGrants.validTo} > ${today}`,
      ),
    )
  return held.length > 0
}

const auditOf = (user: { id: UserId; login: string }) => ({
  resource: 'user',
  objectId: user.id,
  details: { login: user.login },
})

/** A new account without any role, and the one-time link with which its owner sets the password. */
export const createUser = defineCommand({
  name: 'platform.user.create',
  secretValue: true,
  input: z.strictObject({
    login: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9._@-]{2,80}$/, 'account.refusal.loginForm'),
    displayName: z.string().trim().min(1).max(40),
    /** Login of another account of the same human: separation of duties compares people, not accounts. */
    samePersonAs: z.string().trim().toLowerCase().max(80).default(''),
    schoolId: z.union([z.literal(''), idSchema<SchoolId>()]).default(''),
  }),
  run: async ({ tx, actor, input, at }) => {
    let personId = newId<PersonId>()
    if (input.samePersonAs) {
      const [other] = await tx.select().from(users).where(eq(users.login, input.samePersonAs))
      if (!other) return refuse('account.refusal.noSuchLogin', undefined, { field: 'samePersonAs' })
      personId = other.personId
    }
    const user = { id: newId<UserId>(), login: input.login, displayName: input.displayName }
    const { districtId } = actor
    await tx.insert(users).values({ ...user, districtId, personId, schoolId: input.schoolId || null, createdAt: at })
    await tx.insert(credentials).values({ districtId, userId: user.id, login: user.login })
    const link = await issueLink(tx, actor, user)
    return finished(
      { userId: user.id, links: [link] },
      { message: { key: 'account.said.created', values: { name: user.displayName } }, audit: auditOf(user) },
    )
  },
})

/** A fresh one-time link: first activation, or a forgotten password. It signs nobody in and keeps the old password until used. */
export const issueUserLink = defineCommand({
  name: 'platform.user.link',
  secretValue: true,
  input: userInput,
  target: lockUser,
  run: async ({ tx, actor, before: user, today }) => {
    if (user.disabledAt) return refuse('account.refusal.disabled')
    if (actor.kind === 'user' && actor.personId === user.personId) return refuse('account.refusal.ownLink')
    if (actor.kind === 'user' && (await isAuditor(tx, user.id, today)) && user.lastSignInAt)
      return refuse('account.refusal.auditorAlone', undefined, { rule: 'SD-10' })
    const link = await issueLink(tx, actor, user)
    return finished(
      { userId: user.id, links: [link] },
      { message: { key: 'account.said.linkMade', values: { name: user.displayName } }, audit: auditOf(user) },
    )
  },
})

/** Closes an account and ends its sessions at once. An auditor's takes a second person. */
export const disableUser = defineCommand({
  name: 'platform.user.disable',
  input: userInput.extend({ reason: z.string().trim().min(2).max(200) }),
  target: lockUser,
  run: async ({ tx, actor, input, before: user, at, today }) => {
    if (user.disabledAt) return refuse('account.refusal.disabled')
    if (actor.kind === 'user' && actor.personId === user.personId) return refuse('account.refusal.disableOneself')
    const audit = { ...auditOf(user), reason: input.reason }
    if (actor.kind === 'user' && (await isAuditor(tx, user.id, today))) {
      const asked = await askSecondPerson(tx, actor, disableAuditorOperation, {
        subjectId: user.id,
        payload: { userId: user.id, reason: input.reason },
        summary: { name: user.displayName, login: user.login, reason: input.reason },
        reason: input.reason,
      })
      return asked.ok ? finished(null, { message: { key: 'twoPerson.said.asked' }, audit }) : asked
    }
    await setDisabled(tx, user.id, at)
    return finished(null, { message: { key: 'account.said.disabled', values: { name: user.displayName } }, audit })
  },
})

/** Opens a closed account again; its owner signs in anew. */
export const enableUser = defineCommand({
  name: 'platform.user.enable',
  input: userInput,
  target: lockUser,
  run: async ({ tx, before: user }) => {
    if (!user.disabledAt) return refuse('account.refusal.notDisabled')
    one(await tx.update(users).set({ disabledAt: null }).where(eq(users.id, user.id)).returning({ id: users.id }))
    return finished(null, {
      message: { key: 'account.said.enabled', values: { name: user.displayName } },
      audit: auditOf(user),
    })
  },
})

/** Clears the counter of wrong guesses; nobody unlocks their own account (SD-3). */
export const unlockUser = defineCommand({
  name: 'platform.user.unlock',
  input: userInput,
  target: async (tx, { userId }) => {
    const [user] = await tx.select().from(users).where(eq(users.id, userId))
    return user ? { ...user, target: {} } : null
  },
  run: async ({ tx, actor, before: user }) => {
    if (actor.kind === 'user' && actor.personId === user.personId)
      return refuse('account.refusal.unlockOneself', undefined, { rule: 'SD-3' })
    await clearGuesses(tx, actor, strangerKey(user.login))
    return finished(null, {
      message: { key: 'account.said.unlocked', values: { name: user.displayName } },
      audit: auditOf(user),
    })
  },
})

/** Ends one session, or all of an account, at once. */
export const endUserSessions = defineCommand({
  name: 'platform.session.end',
  input: z.strictObject({ userId: idSchema<UserId>(), sessionId: idSchema<string>().optional() }),
  target: async (tx, { userId }) => {
    const [user] = await tx.select().from(users).where(eq(users.id, userId))
    return user ? { ...user, target: {} } : null
  },
  run: async ({ tx, input, before: user, at }) => {
    const ended = await tx
      .update(sessions)
      .set({ endedAt: at, endReason: 'ended_by_administrator' })
      .where(
        and(
          eq(sessions.userId, user.id),
          isNull(sessions.endedAt),
          input.sessionId ? eq(sessions.id, input.sessionId) : undefined,
        ),
      )
      .returning({ id: sessions.id })
    return finished(ended.length, {
      message: { key: 'account.said.sessionsEnded', values: { name: user.displayName, count: ended.length } },
      audit: { ...auditOf(user), details: { login: user.login, ended: ended.length } },
    })
  },
})
