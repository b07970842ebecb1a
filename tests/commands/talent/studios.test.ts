import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { studioMemberships, studios, teachers } from '@/db/schema/index.ts'
import type { StudioId } from '@/db/schema/talent.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import { generateDistrict } from '@/db/seed/district.ts'
import { seedTalent } from '@/lib/cli/seed-talent.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { historyOf } from '@/lib/platform/field-history.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { GrantId, PersonId, UserId } from '@/lib/rules/values/ids.ts'
import { createStudio } from '@/lib/talent/commands/save-studio.ts'
import { addStudioMember, changeStudioHost, endStudioMember } from '@/lib/talent/commands/studio-members.ts'
import { listStudios, studioQuery } from '@/lib/talent/queries/studios.ts'
import { aLoadedDistrict, type LoadedDistrict } from '@/tests/support/loaded-district.ts'

const records = generateDistrict({ seed: 2026 })
let district: LoadedDistrict
const TODAY = day('2026-11-23')
beforeAll(async () => {
  district = await aLoadedDistrict(records, TODAY)
  await withScope(district.system, (tx) => seedTalent(tx, district.districtId, records, district))
})
afterAll(() => district.close())

const asSystem = <T>(work: (tx: Tx) => Promise<T>) => withScope(district.system, work)
const codes = (outcome: { ok: true } | { ok: false; refusals: { code: string }[] }) =>
  outcome.ok ? [] : outcome.refusals.map(({ code }) => code)

const reader = (role: Role): UserActor => ({
  kind: 'user',
  districtId: district.districtId,
  userId: '00000000-0000-7000-8000-000000000001' as UserId,
  personId: '00000000-0000-7000-8000-000000000002' as PersonId,
  grantId: '00000000-0000-7000-8000-000000000003' as GrantId,
  role,
  schoolIds: role === 'principal' ? [[...district.schoolIds.values()][0]!] : [],
  teacherId: null,
  flags: [],
  name: 'reader',
  sessionId: null,
  today: TODAY,
})

/** Staff numbers of people who are in no studio, namesakes aside. */
const freePeople = () =>
  asSystem(async (tx) => {
    const taken = new Set(
      (await tx.select({ id: studioMemberships.teacherId }).from(studioMemberships)).map((r) => r.id),
    )
    const all = await tx.select({ id: teachers.id, staffNo: teachers.staffNo }).from(teachers)
    return all.filter(({ id }) => !taken.has(id))
  })
const oneStudio = (level: 'city' | 'county') =>
  asSystem(async (tx) => {
    const [studio] = await tx.select().from(studios).where(eq(studios.level, level)).limit(1)
    const people = await tx.select().from(studioMemberships).where(eq(studioMemberships.studioId, studio!.id))
    return {
      studio: studio!,
      host: people.find((p) => p.role === 'host')!,
      member: people.find((p) => p.role === 'member')!,
    }
  })

describe('studios', () => {
  test('the demo district runs 2 national, 9 city and 27 district studios, 4 of them for moral education', async () => {
    const rows = await asSystem((tx) => listStudios(tx, studioQuery.parse({}), TODAY))
    const count = (level: string) => rows.filter((row) => row.level === level).length
    expect([count('national'), count('city'), count('county')]).toEqual([2, 9, 27])
    expect(rows.filter((row) => row.kind === 'moral')).toHaveLength(4)
    expect(rows.every((row) => row.hostName !== null && row.hostSchool !== null)).toBe(true)
  })

  test('a principal and a teacher read the list with names, whose records they may not see', async () => {
    for (const role of ['principal', 'teacher'] as const) {
      const rows = await withScope(reader(role), (tx) => listStudios(tx, studioQuery.parse({}), TODAY))
      expect(rows).toHaveLength(38)
      expect(rows.every((row) => row.hostName)).toBe(true)
      expect(mayUse(reader(role), 'talent.studio.changeHost')).toBe(false)
    }
  })

  test('a host of one studio does not join another of the same level; of another level they may', async () => {
    const a = await oneStudio('county')
    const [other] = await asSystem((tx) =>
      tx.select().from(studios).where(eq(studios.level, 'county')).limit(1).offset(1),
    )
    const staffNo = await staffNoOf(a.host.teacherId)
    const add = (studioId: StudioId) =>
      runCommand(addStudioMember, district.system, { studioId, who: staffNo, from: '2026-11-01' })
    expect(codes(await add(other!.id))).toEqual(['talent.refusal.studio.hostElsewhere'])
    const city = await oneStudio('city')
    expect(codes(await add(city.studio.id))).toEqual([])
  })

  test('changing the host ends the old one the day before, keeps one host on every day and the history', async () => {
    const { studio, host } = await oneStudio('city')
    const [person] = await freePeople()
    const outcome = await runCommand(changeStudioHost, district.system, {
      studioId: studio.id,
      who: person!.staffNo,
      from: '2026-11-20',
      reason: '调任',
    })
    expect(codes(outcome)).toEqual([])
    const hosts = await asSystem((tx) =>
      tx
        .select({ id: studioMemberships.teacherId, during: studioMemberships.during })
        .from(studioMemberships)
        .where(and(eq(studioMemberships.studioId, studio.id), eq(studioMemberships.role, 'host'))),
    )
    expect(hosts.find((row) => row.id === host.teacherId)?.during.until).toBe('2026-11-20')
    expect(hosts.find((row) => row.id === person!.id)?.during).toEqual({
      from: '2026-11-20',
      until: studio.during.until,
    })
    const history = await asSystem((tx) => historyOf(tx, ['studio'], [studio.id]))
    expect(history[0]).toMatchObject({ field: 'host', old: host.personName, reason: '调任' })
  })

  test('the database itself refuses a second host', async () => {
    const { studio } = await oneStudio('county')
    const [person] = await freePeople()
    const insert = asSystem((tx) =>
      tx.insert(studioMemberships).values({
        districtId: district.districtId,
        id: crypto.randomUUID(),
        studioId: studio.id,
        teacherId: person!.id,
        role: 'host',
        personName: 'x',
        during: { from: day('2026-11-01'), until: null },
        changedAt: '2026-11-01T00:00:00Z',
      }),
    )
    await expect(insert).rejects.toMatchObject({ cause: { constraint_name: 'studio_memberships_one_host' } })
  })

  test('a host cannot just end, a member can, and nobody outside the cycle', async () => {
    const { host, member } = await oneStudio('county')
    const end = (membershipId: string, last: string) =>
      runCommand(endStudioMember, district.system, { membershipId, last, reason: '' })
    expect(codes(await end(host.id, '2026-11-01'))).toEqual(['talent.refusal.studio.hostNeedsSuccessor'])
    expect(codes(await end(member.id, '2020-01-01'))).toEqual(['talent.refusal.studio.endOutside'])
    expect(codes(await end(member.id, '2026-10-31'))).toEqual([])
  })

  test('a subject studio needs its subject, an unknown host is refused', async () => {
    const input = {
      name: '新工作室',
      level: 'county',
      kind: 'subject',
      subject: '',
      who: '没有此人',
      from: '2026-09-01',
      years: 3,
    }
    expect(codes(await runCommand(createStudio, district.system, input))).toEqual(['talent.refusal.studio.subject'])
    expect(codes(await runCommand(createStudio, district.system, { ...input, subject: 'CHN' }))).toEqual([
      'talent.refusal.person.none',
    ])
    const [person] = await freePeople()
    const made = await runCommand(createStudio, district.system, { ...input, subject: 'CHN', who: person!.staffNo })
    expect(codes(made)).toEqual([])
  })
})

const staffNoOf = (id: string) =>
  asSystem(async (tx) => {
    const [row] = await tx
      .select({ staffNo: teachers.staffNo })
      .from(teachers)
      .where(eq(teachers.id, id as never))
    return row!.staffNo
  })
