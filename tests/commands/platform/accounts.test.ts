import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  approvals2,
  auditEvents,
  credentials,
  idempotencyKeys,
  roleGrants,
  sessions,
  users,
} from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { changePassword } from '@/lib/platform/commands/account.ts'
import { activateAccount } from '@/lib/platform/commands/activate.ts'
import { ALL_PRINCIPALS, schoolLinks } from '@/lib/platform/commands/bulk-accounts.ts'
import { endGrant, giveGrant, proposeClerk } from '@/lib/platform/commands/grants.ts'
import { setCalendar, setDemoClock } from '@/lib/platform/commands/settings.ts'
import { createUser, disableUser, endUserSessions, issueUserLink, unlockUser } from '@/lib/platform/commands/users.ts'
import { sha256Hex } from '@/lib/platform/crypto.ts'
import { createAccountsJob } from '@/lib/platform/jobs/create-accounts.ts'
import { endGrantsWithPosts } from '@/lib/platform/jobs/end-grants.ts'
import { linkActor } from '@/lib/platform/links.ts'
import { hashPassword } from '@/lib/platform/passwords.ts'
import { colleagues } from '@/lib/platform/queries/sessions.ts'
import { waitingPrincipals } from '@/lib/platform/queries/users.ts'
import { loadSession } from '@/lib/platform/sessions.ts'
import { signIn } from '@/lib/platform/sign-in.ts'
import { answerTwoPerson } from '@/lib/registry/commands.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { aRoundDistrict, type RoundDistrict } from '../../support/round-district.ts'

const PASSWORD = 'Guard-pass-2026'
let district: RoundDistrict
let passwordHash: string

beforeAll(async () => {
  district = await aRoundDistrict()
  await district.addUser('adm', 'bureau_admin')
  await district.addUser('aud', 'bureau_auditor')
  passwordHash = await hashPassword(PASSWORD)
  await district.asSystem((tx) => tx.update(credentials).set({ passwordHash }))
})
afterAll(() => district.close())

const actor = (key: string) => district.actors[key] as UserActor
const codes = (outcome: { ok: boolean; refusals?: { code: string }[] }) =>
  outcome.ok ? [] : (outcome.refusals ?? []).map(({ code }) => code)
const enter = (login: string, password = PASSWORD, address = '10.0.0.1') =>
  signIn(district.districtId, { login, password, address, agent: 'test' })
async function tokenOf(login: string): Promise<string> {
  const outcome = await enter(login)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals))
  return outcome.value.token
}
const isAlive = async (token: string) => (await loadSession(district.districtId, token)) !== null
const tokenIn = (path: string) => new URL(path, 'http://x').searchParams.get('t') ?? ''

describe('SEC-S5 one-time links', () => {
  test('a new account has no role and no password; its link sets one, once, and signs nobody in', async () => {
    const made = await district.run(
      createUser,
      'adm',
      { login: 'new.clerk', displayName: '新人', samePersonAs: '', schoolId: '' },
      'create-key-1',
    )
    if (!made.ok) throw new Error(JSON.stringify(made.refusals))
    const { links } = made.value.value
    const token = tokenIn(links[0]?.path ?? '')
    expect(token).toHaveLength(43)
    const stored = await district.asSystem(async (tx) => ({
      credential: (await tx.select().from(credentials).where(eq(credentials.login, 'new.clerk')))[0],
      keys: await tx.select().from(idempotencyKeys),
    }))
    expect(stored.credential?.linkHash?.toString('hex')).toBe(sha256Hex(token))
    expect(JSON.stringify(stored.keys)).not.toContain(token)
    const visitor = await linkActor(district.districtId, token)
    if (!visitor) throw new Error('the link opens nothing')
    const input = { d: district.districtId, t: token, next: 'Quiet-river-77', again: 'Quiet-river-77' }
    expect((await runAs(visitor.actor, { ...input, again: 'other' })).ok).toBe(false)
    expect((await runAs(visitor.actor, input)).ok).toBe(true)
    expect(await linkActor(district.districtId, token)).toBeNull()
    expect((await runAs(visitor.actor, input)).ok).toBe(false)
    expect(codes(await enter('new.clerk', 'Quiet-river-77'))).toEqual(['platform.refusal.noRole'])
  })

  test('an expired or altered token opens nothing', async () => {
    const made = await district.run(issueUserLink, 'adm', { userId: actor('hr3').userId })
    if (!made.ok) throw new Error(JSON.stringify(made.refusals))
    const token = tokenIn(made.value.value.links[0]?.path ?? '')
    expect(await linkActor(district.districtId, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeNull()
    await district.asSystem((tx) =>
      tx
        .update(credentials)
        .set({ linkExpiresAt: '2020-01-01T00:00:00Z' })
        .where(eq(credentials.userId, actor('hr3').userId)),
    )
    expect(await linkActor(district.districtId, token)).toBeNull()
  })

  test('nobody makes a link for themself', async () => {
    expect(codes(await district.run(issueUserLink, 'adm', { userId: actor('adm').userId }))).toEqual([
      'account.refusal.ownLink',
    ])
  })
})

const runAs = (who: Parameters<typeof import('@/lib/platform/command.ts').runCommand>[1], input: unknown) =>
  import('@/lib/platform/command.ts').then(({ runCommand }) => runCommand(activateAccount, who, input))

describe('SEC-SD-6 roles of the bureau take two people', () => {
  const grant = { role: 'bureau_hr', schoolId: '', flags: [], from: '', lastDay: '', reason: '轮岗季增派' }

  test('asked by the security administrator, given when another agrees, never to either of them', async () => {
    const user = (await district.asSystem((tx) => tx.select().from(users).where(eq(users.login, 'new.clerk'))))[0]
    const asked = await district.run(giveGrant, 'security', { ...grant, userId: user?.id })
    expect(codes(asked)).toEqual([])
    const held = () =>
      district.asSystem((tx) =>
        tx
          .select()
          .from(roleGrants)
          .where(eq(roleGrants.userId, user?.id as never)),
      )
    expect(await held()).toEqual([])
    const [request] = await district.asSystem((tx) => tx.select().from(approvals2))
    const answer = (who: string) =>
      district.run(answerTwoPerson, who, { requestId: request?.id, verdict: 'approved', reason: '' })
    expect(codes(await answer('security'))).toEqual(['platform.refusal.secondPerson'])
    expect(codes(await answer('hr1'))).toEqual(['platform.refusal.forbidden'])
    expect(codes(await answer('aud'))).toEqual(['platform.refusal.forbidden'])
    expect(codes(await answer('rev1'))).toEqual([])
    expect(await held()).toMatchObject([
      { role: 'bureau_hr', grantedBy: actor('security').userId, confirmedBy: actor('rev1').userId },
    ])
    expect(codes(await answer('rev2'))).toEqual(['platform.refusal.answeredAlready'])
  })

  test('a changed payload, an expired request and both at once are refused', async () => {
    const ask = async (key: string) => {
      const target = await district.addUser(key, 'teacher', { teacher: district.staff.B[0] as never })
      await district.run(giveGrant, 'security', { ...grant, userId: target.userId, role: 'researcher' })
      const [row] = await district.asSystem((tx) =>
        tx.select().from(approvals2).where(eq(approvals2.subjectId, target.userId)),
      )
      return { id: row?.id as string, userId: target.userId }
    }
    const changed = await ask('x1')
    await district.asSystem((tx) =>
      tx
        .update(approvals2)
        .set({ payload: { planted: 1 } })
        .where(eq(approvals2.id, changed.id)),
    )
    const answer = (who: string, requestId: string) =>
      district.run(answerTwoPerson, who, { requestId, verdict: 'approved', reason: '' })
    expect(codes(await answer('rev1', changed.id))).toEqual(['platform.refusal.payloadChanged'])
    const expired = await ask('x2')
    await district.asSystem((tx) =>
      tx.update(approvals2).set({ expiresAt: '2020-01-01T00:00:00Z' }).where(eq(approvals2.id, expired.id)),
    )
    expect(codes(await answer('rev1', expired.id))).toEqual(['platform.refusal.requestExpired'])
    const raced = await ask('x3')
    const both = await Promise.all([answer('rev1', raced.id), answer('rev2', raced.id), answer('adm', raced.id)])
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1)
    const made = await district.asSystem((tx) =>
      tx.select().from(roleGrants).where(eq(roleGrants.userId, raced.userId)),
    )
    expect(made.filter((row) => row.role === 'researcher')).toHaveLength(1)
  })

  test('the security administrator cannot write such a grant alone, not even in SQL', async () => {
    const forged = (confirmedBy: string | null) =>
      withScope(actor('security'), (tx) =>
        tx.insert(roleGrants).values({
          districtId: district.districtId,
          id: crypto.randomUUID() as never,
          userId: actor('hr1').userId,
          personId: actor('hr1').personId,
          role: 'bureau_reviewer',
          grantedBy: actor('security').userId,
          confirmedBy: confirmedBy as never,
          during: { from: district.system.today, until: null },
        }),
      )
    await expect(forged(null)).rejects.toThrow()
    await expect(forged(actor('rev1').userId)).rejects.toThrow()
  })

  test('a console beside any other role is refused', async () => {
    const outcome = await district.run(giveGrant, 'security', {
      ...grant,
      userId: actor('hr2').userId,
      role: 'bureau_auditor',
    })
    expect(codes(outcome)).toEqual([])
    const [request] = await district.asSystem((tx) =>
      tx
        .select()
        .from(approvals2)
        .where(eq(approvals2.subjectId, actor('hr2').userId)),
    )
    expect(
      codes(await district.run(answerTwoPerson, 'rev1', { requestId: request?.id, verdict: 'approved', reason: '' })),
    ).toEqual(['platform.refusal.consoleAlone'])
  })
})

describe('SEC-S1 a session dies at once', () => {
  test('when the account is disabled, with every browser of it', async () => {
    const [first, second] = [await tokenOf('t1'), await tokenOf('t1')]
    expect(codes(await district.run(disableUser, 'adm', { userId: actor('t1').userId, reason: '调离' }))).toEqual([])
    expect([await isAlive(first), await isAlive(second)]).toEqual([false, false])
    expect(codes(await enter('t1'))).toEqual(['platform.refusal.wrongLogin'])
  })

  test('when the acting grant ends, even on the day it began', async () => {
    const token = await tokenOf('sb')
    expect(codes(await district.run(endGrant, 'security', { grantId: actor('sB').grantId, reason: '离任' }))).toEqual(
      [],
    )
    expect(await isAlive(token)).toBe(false)
  })

  test('when an administrator ends it', async () => {
    const token = await tokenOf('t2')
    expect(codes(await district.run(endUserSessions, 'security', { userId: actor('t2').userId }))).toEqual([])
    expect(await isAlive(token)).toBe(false)
  })

  test('when the password is changed: the others, not the one that changed it', async () => {
    const [mine, other] = [await tokenOf('t3'), await tokenOf('t3')]
    const session = await loadSession(district.districtId, mine)
    if (!session) throw new Error('not signed in')
    const changed = await district.run(changePassword, session.actor, {
      current: PASSWORD,
      next: 'Autumn-leaf-81',
      again: 'Autumn-leaf-81',
    })
    expect(codes(changed)).toEqual([])
    expect([await isAlive(mine), await isAlive(other)]).toEqual([true, false])
    expect(
      codes(
        await district.run(changePassword, session.actor, {
          current: 'Autumn-leaf-81',
          next: PASSWORD,
          again: PASSWORD,
        }),
      ),
    ).toEqual(['platform.refusal.passwordUsed'])
  })

  test('when it is idle or old', async () => {
    const token = await tokenOf('hr1')
    const age = (set: Partial<typeof sessions.$inferInsert>) =>
      district.asSystem((tx) =>
        tx
          .update(sessions)
          .set(set)
          .where(eq(sessions.tokenHash, Buffer.from(sha256Hex(token), 'hex'))),
      )
    await age({ lastSeenAt: new Date(Date.now() - 19 * 60_000).toISOString() })
    expect(await isAlive(token)).toBe(true)
    await age({ lastSeenAt: new Date(Date.now() - 21 * 60_000).toISOString() })
    expect(await isAlive(token)).toBe(false)
    await age({ lastSeenAt: new Date().toISOString(), createdAt: new Date(Date.now() - 13 * 3600_000).toISOString() })
    expect(await isAlive(token)).toBe(false)
  })

  test('the sixth session ends the oldest', async () => {
    const tokens: string[] = []
    for (let index = 0; index < 6; index++) tokens.push(await tokenOf('rev2'))
    expect(await Promise.all(tokens.map(isAlive))).toEqual([false, true, true, true, true, true])
  })
})

describe('SEC-T12 guesses', () => {
  test('a thousand at once open nothing, and the person signs in from a known address', async () => {
    await tokenOf('rev1') // known address 10.0.0.1
    const guesses = await Promise.all(
      Array.from({ length: 1000 }, (_, index) => enter('rev1', `Guess-number-${index}`, `10.9.${index % 50}.1`)),
    )
    expect(guesses.filter((outcome) => outcome.ok)).toEqual([])
    const tried = await district.asSystem((tx) =>
      tx.select().from(auditEvents).where(eq(auditEvents.reason, 'platform.refusal.wrongLogin')),
    )
    expect(tried.filter((event) => event.objectId === actor('rev1').userId).length).toBeLessThanOrEqual(5)
    expect((await enter('rev1')).ok).toBe(true)
    expect(codes(await enter('rev1', PASSWORD, '10.77.0.1'))).toEqual(['platform.refusal.locked'])
    expect(codes(await district.run(unlockUser, 'security', { userId: actor('rev1').userId }))).toEqual([])
    expect((await enter('rev1', PASSWORD, '10.77.0.1')).ok).toBe(true)
  })

  test('an unknown login and a wrong password read alike', async () => {
    expect(codes(await enter('nobody.here'))).toEqual(codes(await enter('hr2', 'Wrong-word-11')))
  })
})

describe('accounts from the register', () => {
  test('are made once for everybody on staff, and what is missing is added', async () => {
    const context = {
      actor: district.system,
      jobId: '',
      payload: { kinds: ['teacher', 'principal'] },
      userId: null,
      grantId: null,
      progress: async () => {},
      cancelled: async () => false,
    }
    const first = (await createAccountsJob.run(context)) as { wanted: number; users: number }
    expect(first.wanted).toBe(25)
    expect(first.users).toBeGreaterThan(18)
    expect(await createAccountsJob.run(context)).toMatchObject({ users: 0, grants: 0 })
  })

  test('a principal proposes a clerk among the accounts of the school and no other', async () => {
    const head = actor('pA')
    const listed = await withScope(head, (tx) => colleagues(tx, head.schoolIds), { readOnly: true })
    const known = await district.asSystem((tx) => tx.select().from(users).where(eq(users.schoolId, head.schoolIds[0]!)))
    expect(listed.map(({ id }) => id).sort()).toEqual(known.map(({ id }) => id).sort())
    const clerk = listed.find(({ id }) => id !== head.userId)
    if (!clerk) throw new Error('nobody works at this school')
    expect(codes(await district.run(proposeClerk, 'pA', { userId: clerk.id, reason: '负责人事' }))).toEqual([])
    const other = actor('pB')
    expect((await district.run(proposeClerk, 'pA', { userId: other.userId, reason: '负责人事' })).ok).toBe(false)
  })

  test('the links of all principals are made at once, for those without a password', async () => {
    const made = await district.run(schoolLinks, 'adm', { schoolId: ALL_PRINCIPALS })
    const waiting = await district.asSystem((tx) => waitingPrincipals(tx, actor('adm').today))
    if (waiting === 0) expect(codes(made)).toEqual(['account.refusal.allActivated'])
    else expect(made.ok && made.value.value.links).toHaveLength(waiting)
  })

  test('SEC-T6 a school role ends the night its holder has left', async () => {
    await district.asSystem(async (tx) => {
      const { teachers } = await import('@/db/schema/index.ts')
      await tx
        .update(teachers)
        .set({ leftOn: '2026-06-01' as LocalDate })
        .where(eq(teachers.id, actor('t2').teacherId as never))
    })
    await endGrantsWithPosts.run({ actor: district.system, forDay: '2026-06-02' as LocalDate })
    const [grant] = await district.asSystem((tx) =>
      tx
        .select()
        .from(roleGrants)
        .where(eq(roleGrants.id, actor('t2').grantId)),
    )
    expect(grant).toMatchObject({ endReason: 'left' })
    expect(grant?.endedAt).not.toBeNull()
  })
})

describe('settings', () => {
  test.each([
    [{ year: 2027, off: '2027-01-01', working: '2027-01-04', source: '国办' }, 'settings.refusal.workingWeekday'],
    [{ year: 2027, off: '2026-12-31', working: '', source: '国办' }, 'settings.refusal.otherYear'],
    [{ year: 2027, off: '2027-01-02', working: '2027-01-02', source: '国办' }, 'settings.refusal.bothLists'],
    [{ year: 2027, off: '2027/1/1', working: '', source: '国办' }, 'settings.refusal.dayForm'],
    [{ year: 2027, off: '2027-01-01 2027-01-02\n2027-01-03', working: '2027-01-09', source: '国办' }, null],
  ])('R-PUB-1 a calendar %j → %s', async (input, code) => {
    expect(codes(await district.run(setCalendar, 'hr3', input))).toEqual(code ? [code] : [])
  })

  test('SEC-S9 the demo clock goes forward only, and a real district never becomes a demo', async () => {
    expect(codes(await district.run(setDemoClock, 'adm', { days: 30 }))).toEqual([])
    expect(codes(await district.run(setDemoClock, 'adm', { days: 29 }))).toEqual(['settings.refusal.onlyForward'])
    const { districts } = await import('@/db/schema/index.ts')
    await expect(district.asSystem((tx) => tx.update(districts).set({ demo: false }))).rejects.toThrow()
    await expect(district.asSystem((tx) => tx.update(districts).set({ exercise: true }))).rejects.toThrow()
  })
})
