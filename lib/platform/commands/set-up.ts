import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { credentials, districts, roleGrants, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import type { GrantId, PersonId, UserId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { now } from '../clock.ts'
import { defineCommand, finished } from '../command.ts'
import { issueLink, type OneTimeLink } from '../links.ts'
import { newId } from '../new-id.ts'
import { hasNobody } from '../set-up.ts'

const name = z.string().trim().min(1, 'platform.refusal.required').max(40)
const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9._@-]{2,80}$/, 'account.refusal.loginForm')

/**
 * Makes the three administrators 三员 of a district without any account: three people, one console each, and their one-time
 * links. Runs as the installation itself; an advisory lock lets one of several posts at once win.
 */
export const setUpDistrict = defineCommand({
  name: 'platform.setUp.run',
  secretValue: true,
  input: z.strictObject({
    districtId: z.string().max(60),
    token: z.string().max(100),
    adminName: name,
    adminLogin: login,
    securityName: name,
    securityLogin: login,
    auditorName: name,
    auditorLogin: login,
  }),
  run: async ({ tx, actor, input }) => {
    if (actor.kind !== 'system') return refuse('platform.refusal.forbidden')
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`set-up|${actor.districtId}`}, 0))`)
    await tx.select({ id: districts.id }).from(districts).where(eq(districts.id, actor.districtId)).for('update')
    if (!(await hasNobody(tx))) return refuse('account.refusal.setUpDone')
    const people: [Role, string, string][] = [
      ['bureau_admin', input.adminName, input.adminLogin],
      ['bureau_security', input.securityName, input.securityLogin],
      ['bureau_auditor', input.auditorName, input.auditorLogin],
    ]
    const logins = people.map(([, , login]) => login)
    if (new Set(logins).size < logins.length)
      return refuse('account.refusal.threePeople', undefined, { field: 'auditorLogin', rule: 'SD-6' })
    const links: OneTimeLink[] = []
    for (const [role, displayName, login] of people) links.push(await addConsole(tx, actor, role, displayName, login))
    return finished(
      { links },
      { message: { key: 'account.said.setUp' }, audit: { resource: 'user', details: { logins } } },
    )
  },
})

async function addConsole(tx: Tx, actor: Actor, role: Role, displayName: string, login: string): Promise<OneTimeLink> {
  const user = { id: newId<UserId>(), login, displayName }
  const personId = newId<PersonId>()
  const { districtId } = actor
  await tx.insert(users).values({ ...user, districtId, personId, createdAt: now() })
  await tx.insert(credentials).values({ districtId, userId: user.id, login })
  await tx.insert(roleGrants).values({
    districtId,
    id: newId<GrantId>(),
    userId: user.id,
    personId,
    role,
    reason: 'set-up',
    during: { from: actor.today, until: null },
  })
  return issueLink(tx, actor, user)
}
