import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { credentials, districts, roleGrants, users } from '@/db/schema/index.ts'
import { listDistricts, type Tx, withScope } from '@/db/scope.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { CONSOLE_ROLES, type Role } from '@/lib/rules/access/roles.ts'
import type { DistrictId, GrantId, PersonId, UserId } from '@/lib/rules/values/ids.ts'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { writeAudit } from './audit.ts'
import { now, todayIn } from './clock.ts'
import { randomToken, sameBytes, sha256 } from './crypto.ts'
import { dataFolder } from './demo-accounts.ts'
import { issueLink, type OneTimeLink } from './links.ts'
import { newId } from './new-id.ts'
import { problemsOf } from './problems.ts'

/** Holds the token of the first set-up; printed on the console at the start, gone once the three accounts exist. */
export const setUpTokenFile = (): string => path.join(dataFolder(), 'set-up-token')

/** Makes the 128-bit token when a district has nobody yet. @returns it, or null when there is nothing to set up */
export async function offerSetUp(): Promise<string | null> {
  const file = setUpTokenFile()
  if ((await districtsWithoutUsers()).length === 0) {
    rmSync(file, { force: true })
    return null
  }
  if (!existsSync(file)) writeFileSync(file, `${randomToken(16)}\n`, { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** Districts in which no account exists; the set-up page is there for these alone. */
export async function districtsWithoutUsers(): Promise<{ id: DistrictId; name: string }[]> {
  const empty: { id: DistrictId; name: string }[] = []
  for (const district of await listDistricts('app')) {
    const actor = setUpActor(district.id as DistrictId, todayIn({ ...district, settings: {} }))
    if (await withScope(actor, hasNobody, { readOnly: true })) empty.push({ id: actor.districtId, name: district.name })
  }
  return empty
}

const setUpActor = (districtId: DistrictId, today: SystemActor['today']): SystemActor => ({
  kind: 'system',
  districtId,
  job: 'set-up',
  today,
})

const hasNobody = async (tx: Tx): Promise<boolean> =>
  (await tx.select({ id: users.id }).from(users).limit(1)).length === 0

const person = z.strictObject({
  name: z.string().trim().min(1, 'platform.refusal.required').max(40),
  login: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9._@-]{2,80}$/, 'account.refusal.loginForm'),
})
export const setUpInput = z.strictObject({
  districtId: z.string(),
  token: z.string().max(100),
  bureau_admin: person,
  bureau_security: person,
  bureau_auditor: person,
})

/**
 * Makes the three administrators 三员 of an empty district, three people with one console each, and their one-time links.
 * Runs as the installation itself: nobody exists yet who could be asked. The token proves who reads the server's console;
 * an advisory lock lets one of several posts at once win.
 */
export async function setUpDistrict(raw: unknown): Promise<Outcome<OneTimeLink[]>> {
  const parsed = setUpInput.safeParse(raw)
  if (!parsed.success) return { ok: false, refusals: problemsOf(parsed.error) }
  const input = parsed.data
  if (!isToken(input.token)) return refuse('account.refusal.setUpToken', undefined, { field: 'token' })
  const logins = CONSOLE_ROLES.map((role) => input[role].login)
  if (new Set(logins).size < logins.length) return refuse('account.refusal.threePeople', undefined, { rule: 'SD-6' })
  const district = (await listDistricts('app')).find((row) => row.id === input.districtId)
  if (!district) return refuse('platform.refusal.notFound')
  const actor = setUpActor(district.id as DistrictId, todayIn({ ...district, settings: {} }))
  const outcome = await withScope(actor, async (tx): Promise<Outcome<OneTimeLink[]>> => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`set-up|${district.id}`}, 0))`)
    await tx.select({ id: districts.id }).from(districts).where(eq(districts.id, actor.districtId)).for('update')
    if (!(await hasNobody(tx))) return refuse('account.refusal.setUpDone')
    const links: OneTimeLink[] = []
    for (const role of CONSOLE_ROLES) links.push(await addConsole(tx, actor, role, input[role]))
    await writeAudit(tx, actor, {
      action: 'platform.setUp',
      outcome: 'done',
      resource: 'user',
      details: { logins },
    })
    return { ok: true, value: links }
  })
  if (outcome.ok && (await districtsWithoutUsers()).length === 0) rmSync(setUpTokenFile(), { force: true })
  return outcome
}

/** Compared in constant time; no file, no set-up. */
function isToken(given: string): boolean {
  if (!existsSync(setUpTokenFile())) return false
  return sameBytes(sha256(readFileSync(setUpTokenFile(), 'utf8').trim()), sha256(given.trim()))
}

async function addConsole(
  tx: Tx,
  actor: SystemActor,
  role: Role,
  { name, login }: z.output<typeof person>,
): Promise<OneTimeLink> {
  const user = { id: newId<UserId>(), login, displayName: name }
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
