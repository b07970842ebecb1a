import {
  caseDecisions,
  policies,
  roleGrants,
  rotationCases,
  rotationRounds,
  roundCounters,
  users,
} from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { generateDistrict } from '@/db/seed/district.ts'
import { now } from '@/lib/platform/clock.ts'
import { type Command, runCommand } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { answerCommand } from '@/lib/platform/two-person.ts'
import { OPERATIONS } from '@/lib/registry/operations.ts'
import { freezeRoll } from '@/lib/rotation/roll/freeze.ts'
import type { SystemActor, UserActor } from '@/lib/rules/access/actor.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import type { DistrictRecords } from '@/lib/rules/register/records.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { day, type LocalDate } from '@/lib/rules/values/dates.ts'
import type {
  CaseId,
  GrantId,
  PersonId,
  PolicyId,
  RoundId,
  SchoolId,
  TeacherId,
  UserId,
} from '@/lib/rules/values/ids.ts'
import type { Outcome } from '@/lib/rules/values/outcome.ts'
import { aLoadedDistrict, type LoadedDistrict } from './loaded-district.ts'

/** Five schools of the generated district with at most 40 teachers each, nobody posted anywhere. */
function smallRecords(): DistrictRecords {
  const whole = generateDistrict({ seed: 2026, index: 0 })
  const kept = whole.schools.filter((school) => school.kind === 'primary' && school.branchOf === null).slice(0, 5)
  const names = new Set(kept.map(({ name }) => name))
  const posted = new Set(whole.rotations.map(({ idNumber }) => idNumber))
  const staff = kept.flatMap(({ name }) =>
    whole.staff
      .filter(
        (person) =>
          person.school === name &&
          person.workSchool === name &&
          person.status === 'on_post' &&
          person.category === 'teacher' &&
          !posted.has(person.idNumber),
      )
      .slice(0, 40),
  )
  return {
    ...whole,
    schools: kept.map((school) => ({ ...school, group: null, pairedSchool: null })),
    staff: staff.filter(({ school }) => names.has(school)),
    rotations: [],
    leaves: [],
    disciplines: [],
  }
}

export interface DecidedRound extends LoadedDistrict {
  roundId: RoundId
  schools: SchoolId[]
  /** Teachers of the first school, in order, with their ids. */
  teachers: TeacherId[]
  actor(login: string, today?: string): UserActor
  at(today: string): SystemActor
  /** A case that 局审定 has passed: prepared by hr1, checked by hr2, decided by reviewer1. */
  decided(teacherId: TeacherId, change?: Partial<typeof rotationCases.$inferInsert>): Promise<CaseId>
}

const ACCOUNTS: [login: string, role: Role, school: number | null][] = [
  ['hr1', 'bureau_hr', null],
  ['hr2', 'bureau_hr', null],
  ['hr3', 'bureau_hr', null],
  ['reviewer1', 'bureau_reviewer', null],
  ['reviewer2', 'bureau_reviewer', null],
  ['principal0', 'principal', 0],
  ['principal1', 'principal', 1],
  ['principal2', 'principal', 2],
  ['clerk1', 'school_hr', 1],
  ['teacher0', 'teacher', null],
  ['teacher1', 'teacher', null],
]

/** A district with an open round under the default policy, its roll frozen, and accounts of every kind the tests need. */
export async function aDecidedRound(
  dates: { year?: number; effectiveOn?: string; snapshot?: string; today?: string } = {},
): Promise<DecidedRound> {
  const today = day(dates.today ?? '2026-07-17')
  const year = dates.year ?? 2026
  const loaded = await aLoadedDistrict(smallRecords(), today)
  const { districtId } = loaded
  const schools = [...loaded.schoolIds.values()]
  const teachers = [...loaded.teacherIds.values()].slice(0, 40)
  const roundId = newId<RoundId>()
  const grants = new Map<string, UserActor>()
  await withScope(loaded.system, async (tx) => {
    for (const [login, role, school] of ACCOUNTS) {
      const [userId, personId, grantId] = [newId<UserId>(), newId<PersonId>(), newId<GrantId>()]
      const teacherId = role === 'teacher' ? teachers[Number(login.slice(-1))]! : null
      const schoolId = school === null ? null : schools[school]!
      await tx.insert(users).values({
        districtId,
        id: userId,
        personId,
        login,
        displayName: login,
        teacherId,
        createdAt: now(),
      })
      await tx.insert(roleGrants).values({
        districtId,
        id: grantId,
        userId,
        personId,
        role,
        schoolId,
        during: { from: day('2020-01-01'), until: null },
      })
      grants.set(login, {
        kind: 'user',
        districtId,
        userId,
        personId,
        grantId,
        role,
        schoolIds: schoolId ? [schoolId] : [],
        teacherId,
        flags: [],
        name: login,
        sessionId: null,
        today,
      })
    }
    const policyId = newId<PolicyId>()
    const hr = grants.get('hr1')!
    await tx.insert(policies).values({
      districtId,
      id: policyId,
      year,
      version: 1,
      title: '默认政策',
      documentNo: '东教发〔2026〕1号',
      content: defaultPolicy,
      state: 'active',
      preparedBy: hr.userId,
      preparedByPerson: hr.personId,
      preparedByName: 'hr1',
      preparedAt: now(),
    })
    await tx.insert(rotationRounds).values({
      districtId,
      id: roundId,
      year,
      name: '第一轮',
      kind: 'regular',
      state: 'open',
      policyId,
      snapshotDate: day(dates.snapshot ?? `${year}-08-31`),
      effectiveOn: day(dates.effectiveOn ?? `${year}-09-01`),
      changedAt: now(),
    })
    await tx.insert(roundCounters).values({ districtId, roundId, nextCase: 1000 })
    await freezeRoll(
      tx,
      loaded.system,
      { id: roundId, snapshotDate: day(dates.snapshot ?? `${year}-08-31`) },
      { id: policyId, policy: defaultPolicy },
    )
  })
  let number = 0
  return {
    ...loaded,
    roundId,
    schools,
    teachers,
    actor: (login, on) => ({ ...grants.get(login)!, today: on ? day(on) : today }),
    at: (on) => ({ ...loaded.system, today: day(on) }),
    decided: async (teacherId, change = {}) => {
      const id = newId<CaseId>()
      const [hr, checker, decider] = ['hr1', 'hr2', 'reviewer1'].map((login) => grants.get(login)!)
      number += 1
      await withScope(loaded.system, async (tx) => {
        await tx.insert(rotationCases).values({
          districtId,
          id,
          number,
          roundId,
          teacherId,
          state: 'decided',
          form: 1,
          movesRelation: false,
          fromSchoolId: schools[0]!,
          toSchoolId: schools[1]!,
          stage: 'P',
          subject: 'MATH',
          startsOn: day(dates.effectiveOn ?? `${year}-09-01`),
          endsOn: day(`${year + 2}-08-31`),
          source: 'hr',
          shownToDestination: true,
          preparedBy: hr!.userId,
          preparedByPerson: hr!.personId,
          preparedByName: 'hr1',
          createdAt: now(),
          changedAt: now(),
          ...change,
        })
        const steps = [
          { part: 'prepare' as const, who: hr!, role: 'bureau_hr' },
          { part: 'check' as const, who: checker!, role: 'bureau_hr' },
          { part: 'decide' as const, who: decider!, role: 'bureau_reviewer' },
        ]
        for (const { part, who, role } of steps)
          await tx.insert(caseDecisions).values({
            districtId,
            id: newId<string>(),
            caseId: id,
            pass: 1,
            action: part,
            part,
            side: 'district',
            toState: 'decided',
            userId: who.userId,
            personId: who.personId,
            byName: who.name,
            role,
            at: now(),
          })
      })
      return id
    },
  }
}

/** What an outcome says: its value, or the codes that refuse it. */
export function codesOf(outcome: Outcome<unknown>): string[] {
  return outcome.ok ? [] : outcome.refusals.map(({ code }) => code)
}

const answer = answerCommand(OPERATIONS)

/** Runs a command that must succeed; its value. */
export async function done<R>(
  command: Command<never, never, R>,
  actor: UserActor | SystemActor,
  input: unknown,
): Promise<R> {
  const outcome = await runCommand(command as never, actor, input)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals))
  return outcome.value.value as R
}

/** The second person's answer to a request. */
export const answered = (actor: UserActor, requestId: string, verdict: 'approved' | 'refused' = 'approved') =>
  runCommand(answer, actor, { requestId, verdict, reason: verdict === 'refused' ? '请核对' : '' })

export type { LocalDate }
