import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { roleGrants } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { ROLES } from '@/lib/rules/access/roles.ts'
import { type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'
import { type GrantId, idSchema, type SchoolId, type UserId } from '@/lib/rules/values/ids.ts'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { type Done, finished } from './command.ts'
import { endGrantNow, granteeOf, type NewGrant } from './grant-rows.ts'
import { newId } from './new-id.ts'
import { type AskedBy, defineOperation } from './two-person.ts'

const daySchema = z
  .string()
  .refine((text) => parseDay(text) !== null)
  .transform((text) => text as LocalDate)

export const newGrantSchema = z.strictObject({
  userId: idSchema<UserId>(),
  role: z.enum(ROLES),
  schoolId: z.union([z.null(), idSchema<SchoolId>()]),
  flags: z.array(z.enum(['evidence', 'cadre'])).max(2),
  from: daySchema,
  until: z.union([z.null(), daySchema]),
  reason: z.string(),
})

/** Writes a grant both people stand behind; neither of them is the one who receives it (SD-9). */
async function giveConfirmed(
  tx: Tx,
  actor: UserActor,
  today: LocalDate,
  grant: NewGrant,
  asked: AskedBy,
): Promise<Outcome<Done<unknown>>> {
  const grantee = await granteeOf(tx, grant.userId, today)
  if (!grantee || grantee.user.disabledAt) return refuse('account.refusal.disabled')
  if ([actor.personId, asked.personId].includes(grantee.user.personId))
    return refuse('platform.refusal.notToOneself', undefined, { rule: 'SD-9' })
  const id = newId<GrantId>()
  await tx.insert(roleGrants).values({
    districtId: actor.districtId,
    id,
    userId: grant.userId,
    personId: grantee.user.personId,
    role: grant.role,
    schoolId: grant.schoolId,
    flags: grant.flags,
    grantedBy: asked.userId as UserId,
    confirmedBy: actor.userId,
    reason: grant.reason,
    during: { from: grant.from, until: grant.until },
  })
  return finished(id, {
    message: { key: 'account.said.granted', values: { name: grantee.user.displayName } },
    audit: { resource: 'grant', objectId: id, details: { role: grant.role, user: grant.userId, flags: grant.flags } },
  })
}

/** Bureau roles, `evidence` and `cadre`: the security administrator asks, another administrator or the deputy director answers. */
export const giveGrantOperation = defineOperation({
  name: 'platform.grant.give',
  asks: 'platform.grant.give',
  answerRoles: ['bureau_admin', 'bureau_security', 'bureau_reviewer'],
  payload: newGrantSchema,
  href: (userId) => `/accounts/${userId}`,
  execute: ({ tx, actor, today }, grant, asked) => giveConfirmed(tx, actor as UserActor, today, grant, asked),
})

/** A principal proposes the school's personnel clerk; the security administrator agrees. */
export const proposeGrantOperation = defineOperation({
  name: 'platform.grant.propose',
  asks: 'platform.grant.propose',
  answerRoles: ['bureau_security'],
  payload: newGrantSchema,
  href: (userId) => `/accounts/${userId}`,
  execute: ({ tx, actor, today }, grant, asked) => giveConfirmed(tx, actor as UserActor, today, grant, asked),
})

export const endGrantOperation = defineOperation({
  name: 'platform.grant.end',
  asks: 'platform.grant.end',
  answerRoles: ['bureau_admin', 'bureau_security', 'bureau_reviewer'],
  payload: z.strictObject({ grantId: idSchema<GrantId>(), userId: idSchema<UserId>(), reason: z.string() }),
  href: () => '/accounts/grants',
  execute: async ({ tx, actor, at, today }, { grantId, reason }, asked) => {
    const me = actor as UserActor
    const [grant] = await tx.select().from(roleGrants).where(eq(roleGrants.id, grantId))
    if (!grant || grant.endedAt) return refuse('account.refusal.grantEnded')
    if (grant.personId === me.personId) return refuse('account.refusal.ownGrant', undefined, { rule: 'SD-3' })
    await endGrantNow(tx, grant, { at, today, by: asked.userId as UserId, reason })
    return finished(null, {
      message: { key: 'account.said.grantEnded' },
      audit: { resource: 'grant', objectId: grantId, details: { role: grant.role, user: grant.userId } },
    })
  },
})
