import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { roleGrants } from '@/db/schema/index.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { ROLES } from '@/lib/rules/access/roles.ts'
import { addDays, type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'
import { type GrantId, idSchema, type SchoolId, type UserId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { defineCommand, finished } from '../command.ts'
import { endGrantOperation, giveGrantOperation, proposeGrantOperation } from '../grant-operations.ts'
import { endGrantNow, endSessionsOfGrant, granteeOf, type NewGrant, takesTwo } from '../grant-rows.ts'
import { newId } from '../new-id.ts'
import { askSecondPerson } from '../two-person.ts'

const optionalDay = z
  .union([z.literal(''), z.string().refine((text) => parseDay(text) !== null, 'platform.refusal.invalid')])
  .default('')
  .transform((text) => (text === '' ? null : (text as LocalDate)))
const reason = z.string().trim().min(2).max(200)

/** Gives a role: a school's at once, a bureau's when a second person agrees. The last day is included. */
export const giveGrant = defineCommand({
  name: 'platform.grant.give',
  input: z.strictObject({
    userId: idSchema<UserId>(),
    role: z.enum(ROLES),
    schoolId: z.union([z.literal(''), idSchema<SchoolId>()]).default(''),
    flags: z.array(z.enum(['evidence', 'cadre'])).max(2),
    from: optionalDay,
    lastDay: optionalDay,
    reason,
  }),
  target: async (tx, { userId }, actor) => {
    const grantee = await granteeOf(tx, userId, actor.today)
    return grantee ? { ...grantee, target: {} } : null
  },
  run: async ({ tx, actor, input, before: { user, held }, today }) => {
    const me = actor as UserActor
    if (user.disabledAt) return refuse('account.refusal.disabled')
    if (user.personId === me.personId) return refuse('platform.refusal.notToOneself', undefined, { rule: 'SD-3' })
    const needsSchool = input.role === 'principal' || input.role === 'school_hr'
    if (needsSchool && !input.schoolId) return refuse('account.refusal.schoolNeeded', undefined, { field: 'schoolId' })
    if (input.role === 'teacher' && !user.teacherId)
      return refuse('account.refusal.noTeacher', undefined, { field: 'role' })
    const grant: NewGrant = {
      userId: user.id,
      role: input.role,
      schoolId: needsSchool ? (input.schoolId as SchoolId) : null,
      flags: input.flags,
      from: input.from && input.from > today ? input.from : today,
      until: input.lastDay ? addDays(input.lastDay, 1) : null,
      reason: input.reason,
    }
    if (grant.until && grant.until <= grant.from)
      return refuse('account.refusal.lastDay', undefined, { field: 'lastDay' })
    const same = held.find((row) => row.role === grant.role && row.schoolId === grant.schoolId)
    if (same && same.flags.join() === grant.flags.join())
      return refuse('account.refusal.heldAlready', undefined, { field: 'role' })
    const audit = {
      resource: 'grant',
      objectId: user.id,
      reason: input.reason,
      details: { role: grant.role, user: user.id },
    }
    if (takesTwo(grant.role, grant.flags)) {
      const asked = await askSecondPerson(tx, me, giveGrantOperation, {
        subjectId: user.id,
        payload: grant as never,
        summary: {
          name: user.displayName,
          login: user.login,
          role: grant.role,
          flags: grant.flags.join(' ') || 'none',
        },
        reason: input.reason,
      })
      return asked.ok ? finished(null, { message: { key: 'twoPerson.said.asked' }, audit }) : asked
    }
    const { from, until, ...row } = grant
    await tx.insert(roleGrants).values({
      ...row,
      districtId: me.districtId,
      id: newId<GrantId>(),
      personId: user.personId,
      grantedBy: me.userId,
      during: { from, until },
    })
    return finished(null, { message: { key: 'account.said.granted', values: { name: user.displayName } }, audit })
  },
})

/** Ends a role now: a school's alone, a bureau's when a second person agrees. */
export const endGrant = defineCommand({
  name: 'platform.grant.end',
  input: z.strictObject({ grantId: idSchema<GrantId>(), reason }),
  target: async (tx, { grantId }, actor) => {
    const [grant] = await tx.select().from(roleGrants).where(eq(roleGrants.id, grantId))
    if (!grant) return null
    const grantee = await granteeOf(tx, grant.userId, actor.today)
    return grantee ? { grant, user: grantee.user, target: {} } : null
  },
  run: async ({ tx, actor, input, before: { grant, user }, at, today }) => {
    const me = actor as UserActor
    if (grant.endedAt || (grant.validTo ?? '') <= today) return refuse('account.refusal.grantEnded')
    if (grant.personId === me.personId) return refuse('account.refusal.ownGrant', undefined, { rule: 'SD-3' })
    const audit = {
      resource: 'grant',
      objectId: grant.id,
      reason: input.reason,
      details: { role: grant.role, user: user.id },
    }
    if (takesTwo(grant.role, grant.flags)) {
      const asked = await askSecondPerson(tx, me, endGrantOperation, {
        subjectId: grant.id,
        payload: { grantId: grant.id, userId: user.id, reason: input.reason },
        summary: { name: user.displayName, login: user.login, role: grant.role },
        reason: input.reason,
      })
      return asked.ok ? finished(null, { message: { key: 'twoPerson.said.asked' }, audit }) : asked
    }
    await endGrantNow(tx, grant, { at, today, by: me.userId, reason: input.reason })
    await endSessionsOfGrant(tx, grant.id, at)
    return finished(null, { message: { key: 'account.said.grantEnded' }, audit })
  },
})

/** A principal proposes who does the school's personnel work; the role begins when the security administrator agrees. */
export const proposeClerk = defineCommand({
  name: 'platform.grant.propose',
  input: z.strictObject({ userId: idSchema<UserId>(), reason }),
  target: async (tx, { userId }, actor) => {
    const grantee = await granteeOf(tx, userId, actor.today)
    return grantee ? { ...grantee, target: { schools: [grantee.user.schoolId] } } : null
  },
  run: async ({ tx, actor, input, before: { user }, today }) => {
    const me = actor as UserActor
    if (user.personId === me.personId) return refuse('platform.refusal.notToOneself', undefined, { rule: 'SD-3' })
    const asked = await askSecondPerson(tx, me, proposeGrantOperation, {
      subjectId: user.id,
      payload: {
        userId: user.id,
        role: 'school_hr',
        schoolId: user.schoolId as SchoolId,
        flags: [],
        from: today,
        until: null,
        reason: input.reason,
      },
      summary: { name: user.displayName, login: user.login },
      reason: input.reason,
    })
    if (!asked.ok) return asked
    return finished(null, {
      message: { key: 'twoPerson.said.asked' },
      audit: { resource: 'grant', objectId: user.id, reason: input.reason },
    })
  },
})
