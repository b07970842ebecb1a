import type { z } from 'zod'
import { credentials, delegations, policies, roleGrants, users } from '@/db/schema/index.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { type Command, type Done, runCommand } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { createRound, openRound } from '@/lib/rotation/commands/rounds.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import { idCheckCharacter } from '@/lib/rules/register/id-number.ts'
import type { DistrictRecords, SchoolRecord, StaffRecord } from '@/lib/rules/register/records.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import { defaultPolicy, type Policy } from '@/lib/rules/rotation/policy.ts'
import { addDays, day, type LocalDate, month } from '@/lib/rules/values/dates.ts'
import type { GrantId, PersonId, PolicyId, RoundId, SchoolId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'
import type { Outcome } from '@/lib/rules/values/outcome.ts'
import { aLoadedDistrict, type LoadedDistrict } from './loaded-district.ts'

const school = (name: string, code: string, more: Partial<SchoolRecord> = {}): SchoolRecord => ({
  code,
  name,
  shortName: null,
  aliases: [],
  kind: 'primary',
  typeCode: null,
  localityCode: null,
  locality: 'urban',
  quality: false,
  zone: '一片区',
  group: null,
  branchOf: null,
  foundedYear: null,
  pupils: { P: 240, J: 0 },
  classes: [1, 1, 1, 1, 1, 1, 0, 0, 0],
  establishment: 20,
  seats: 300,
  oneSchoolOnePlan: false,
  addedSeats: null,
  interactive: false,
  pairedSchool: null,
  pairedClasses: null,
  smartCampus: false,
  resources: { P: null, J: null },
  position: { x: 0, y: 0 },
  ...more,
})

const idNumber = (serial: number): string => {
  const first17 = `150699198405${String((serial % 28) + 1).padStart(2, '0')}${String(serial).padStart(3, '0')}`
  return first17 + idCheckCharacter(first17)
}

const person = (serial: number, at: string, subject: Subject, isBackbone: boolean): StaffRecord => ({
  school: at,
  staffNo: `N${String(serial).padStart(4, '0')}`,
  name: `演示${String(serial).padStart(3, '0')}`,
  sex: 'M',
  idNumber: idNumber(serial),
  birth: day(`1984-05-${String((serial % 28) + 1).padStart(2, '0')}`),
  ethnic: null,
  nativePlace: null,
  political: null,
  joinedParty: null,
  joinedWork: month('2006-09'),
  joinedSchool: month('2010-09'),
  firstEducation: 'bachelor',
  firstEducationAt: null,
  highestEducation: 'bachelor',
  highestEducationAt: null,
  degree: null,
  form: 'in',
  category: 'teacher',
  postKind: 'professional',
  postGrade: 9,
  postSince: month('2015-09'),
  title: 'first',
  titleObtained: month('2015-09'),
  titleAppointed: month('2015-09'),
  duty: null,
  stage: 'P',
  subject,
  periods: 12,
  isClassTeacher: false,
  certificateKind: 'primary',
  certificateSubject: null,
  certificateNo: null,
  putonghua: null,
  honours: isBackbone ? [{ kind: 'backbone', level: 'county', awarded: month('2025-01') }] : [],
  assessments: [],
  workSchool: at,
  status: 'on_post',
  phone: null,
  note: null,
})

/** Need of 语文 at each school is 6 (42 periods ÷ 7): A has 12 and may send six, B has 3 and lacks three, C has just enough. */
const SIZES: [string, Subject, number][] = [
  ['第一小学', 'CHN', 12],
  ['万利小学', 'CHN', 3],
  ['第五小学', 'CHN', 6],
  ['第五小学', 'MATH', 4],
]

export const TODAY = day('2026-06-01')
const ADMIN = '2026-01-01' as LocalDate

export interface RoundDistrict extends LoadedDistrict {
  roundId: RoundId
  schools: { A: SchoolId; B: SchoolId; C: SchoolId }
  /** Teachers of a school in order of their staff numbers; the first two of A are backbone. */
  staff: { A: TeacherId[]; B: TeacherId[]; C: TeacherId[] }
  /** hr1–3, rev1–2, security, pA pB pC, sA sB, t1–t3 (first teachers of A). */
  actors: Record<string, UserActor>
  run: <S extends z.ZodType, T, R>(
    command: Command<S, T, R>,
    who: string | UserActor,
    input: unknown,
    key?: string,
  ) => Promise<Outcome<Done<R>>>
  as: <T>(who: string, work: (tx: Tx) => Promise<T>) => Promise<T>
  asSystem: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  addUser: (
    key: string,
    role: Role,
    more?: { school?: SchoolId; teacher?: TeacherId; person?: PersonId },
  ) => Promise<UserActor>
  delegateTo: (from: string, to: string) => UserActor
}

/** A small district with one open round, its people and their accounts; every test file has its own. */
export async function aRoundDistrict(change: (policy: Policy) => Policy = (policy) => policy): Promise<RoundDistrict> {
  let serial = 0
  const staffRecords = SIZES.flatMap(([at, subject, count]) =>
    Array.from({ length: count }, (_, index) => person(++serial, at, subject, at === '第一小学' && index < 2)),
  )
  const records: DistrictRecords = {
    statisticsDate: day('2025-09-01'),
    schools: [
      school('第一小学', '2115000001', { quality: true }),
      school('万利小学', '2115000002', { locality: 'town' }),
      school('第五小学', '2115000003'),
    ],
    staff: staffRecords,
    rotations: [],
    leaves: [],
    disciplines: [],
  }
  const district = await aLoadedDistrict(records, TODAY)
  const { districtId, system } = district
  const at = now()
  const idOf = (name: string) => district.schoolIds.get(name)!
  const schools = { A: idOf('第一小学'), B: idOf('万利小学'), C: idOf('第五小学') }
  const of = (name: string) =>
    staffRecords.filter((one) => one.school === name).map((one) => district.teacherIds.get(one.idNumber)!)
  const staff = { A: of('第一小学'), B: of('万利小学'), C: of('第五小学') }
  const actors: Record<string, UserActor> = {}
  const asSystem: RoundDistrict['asSystem'] = (work) => withScope(system, work)

  const addUser: RoundDistrict['addUser'] = async (key, role, more = {}) => {
    const userId = newId<UserId>()
    const personId = more.person ?? newId<PersonId>()
    const grantId = newId<GrantId>()
    await asSystem(async (tx) => {
      await tx.insert(users).values({
        districtId,
        id: userId,
        personId,
        login: key.toLowerCase(),
        displayName: key,
        teacherId: more.teacher ?? null,
        createdAt: at,
      })
      await tx.insert(credentials).values({ districtId, userId, login: key.toLowerCase(), mustChange: false })
      await tx.insert(roleGrants).values({
        districtId,
        id: grantId,
        userId,
        personId,
        role,
        schoolId: more.school ?? null,
        during: { from: ADMIN, until: null },
      })
    })
    actors[key] = {
      kind: 'user',
      districtId,
      userId,
      personId,
      grantId,
      role,
      schoolIds: more.school ? [more.school] : [],
      teacherId: more.teacher ?? null,
      flags: [],
      name: key,
      sessionId: null,
      today: TODAY,
    }
    return actors[key]
  }
  for (const key of ['hr1', 'hr2', 'hr3']) await addUser(key, 'bureau_hr')
  for (const key of ['rev1', 'rev2']) await addUser(key, 'bureau_reviewer')
  await addUser('security', 'bureau_security')
  for (const key of ['A', 'B', 'C'] as const) await addUser(`p${key}`, 'principal', { school: schools[key] })
  for (const key of ['A', 'B'] as const) await addUser(`s${key}`, 'school_hr', { school: schools[key] })
  for (const index of [0, 1, 2]) await addUser(`t${index + 1}`, 'teacher', { teacher: staff.A[index]! })

  const policyId = newId<PolicyId>()
  await asSystem((tx) =>
    tx.insert(policies).values({
      districtId,
      id: policyId,
      year: 2026,
      version: 1,
      title: '交流轮岗实施方案',
      documentNo: '东教发〔2026〕1号',
      content: change(defaultPolicy) as never,
      state: 'active',
      preparedByName: 'test',
      preparedAt: at,
    }),
  )
  const run: RoundDistrict['run'] = (command, who, input, key) =>
    runCommand(command, typeof who === 'string' ? actors[who]! : who, input, key ? { idempotencyKey: key } : {})
  const made = await run(createRound, 'hr1', { year: 2026, name: '2026年交流', policyId })
  if (!made.ok) throw new Error(JSON.stringify(made.refusals))
  const { roundId } = made.value.value
  const opened = await run(openRound, 'hr1', { roundId, version: 1, applyUntil: '2026-06-30' })
  if (!opened.ok) throw new Error(JSON.stringify(opened.refusals))
  return {
    ...district,
    roundId,
    schools,
    staff,
    actors,
    run,
    as: (who, work) => withScope(actors[who]!, work),
    asSystem,
    addUser,
    delegateTo: (from, to) => {
      const given = actors[from]!
      return {
        ...actors[to]!,
        role: given.role,
        schoolIds: given.schoolIds,
        grantId: given.grantId,
        onBehalfOf: { userId: given.userId, personId: given.personId, name: given.name, grantId: given.grantId },
      }
    },
  }
}

/** A delegation as the product stores it, without asking the command. */
export const aDelegation = (from: UserActor, to: UserActor, days = 5) => ({
  districtId: from.districtId,
  id: newId<string>(),
  fromUser: from.userId,
  grantId: from.grantId,
  toUser: to.userId,
  during: { from: TODAY, until: addDays(TODAY, days) },
  createdAt: now(),
})
export { delegations }
