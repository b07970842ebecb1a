import { roleGrants, users } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { SystemActor, UserActor } from '@/lib/rules/access/actor.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import { idCheckCharacter } from '@/lib/rules/register/id-number.ts'
import type { DistrictRecords, SchoolRecord, StaffRecord } from '@/lib/rules/register/records.ts'
import { day, type LocalDate, month } from '@/lib/rules/values/dates.ts'
import type { GrantId, PersonId, SchoolId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'

/** A valid number of a person born on a day; the serial tells people of one day apart. */
export const idNumberOf = (birth: string, serial: number): string => {
  const first17 = `150699${birth.replaceAll('-', '')}${String(serial).padStart(3, '0')}`
  return first17 + idCheckCharacter(first17)
}

export function aSchool(name: string, code: string, changes: Partial<SchoolRecord> = {}): SchoolRecord {
  return {
    code,
    name,
    shortName: null,
    aliases: [],
    kind: 'primary',
    typeCode: null,
    localityCode: null,
    locality: 'urban',
    quality: false,
    zone: null,
    group: null,
    branchOf: null,
    foundedYear: null,
    pupils: { P: 400, J: 0 },
    classes: [2, 2, 2, 2, 2, 2, 0, 0, 0],
    establishment: 24,
    seats: 540,
    oneSchoolOnePlan: false,
    addedSeats: null,
    interactive: false,
    pairedSchool: null,
    pairedClasses: null,
    smartCampus: false,
    resources: { P: null, J: null },
    position: null,
    ...changes,
  }
}

export function aStaffRecord(
  school: string,
  name: string,
  serial: number,
  changes: Partial<StaffRecord> = {},
): StaffRecord {
  const birth = changes.birth ?? day('1985-03-12')
  return {
    school,
    staffNo: `D${String(serial).padStart(6, '0')}`,
    name,
    sex: 'F',
    idNumber: idNumberOf(birth, serial),
    birth,
    ethnic: '汉族',
    nativePlace: '内蒙古',
    political: '群众',
    joinedParty: null,
    joinedWork: month('2008-08'),
    joinedSchool: month('2015-09'),
    firstEducation: 'bachelor',
    firstEducationAt: null,
    highestEducation: 'bachelor',
    highestEducationAt: null,
    degree: null,
    form: 'in',
    category: 'teacher',
    postKind: 'professional',
    postGrade: 9,
    postSince: month('2018-01'),
    title: 'first',
    titleObtained: month('2014-11'),
    titleAppointed: month('2014-11'),
    duty: null,
    stage: 'P',
    subject: 'MATH',
    periods: 12,
    isClassTeacher: false,
    certificateKind: 'primary',
    certificateSubject: '数学',
    certificateNo: '20101500000000001',
    putonghua: null,
    honours: [],
    assessments: [],
    workSchool: school,
    status: 'on_post',
    phone: '13912345678',
    note: null,
    ...changes,
  }
}

/** Two schools, a few people; one posted from the first to the second since September 2025, one with an old honour. */
export function smallRecords(): DistrictRecords {
  const [a, b] = ['甲小学', '乙小学']
  const posted = aStaffRecord(a!, '李明亮', 2, { workSchool: b! })
  return {
    statisticsDate: day('2026-09-01'),
    schools: [aSchool(a!, '2115000001'), aSchool(b!, '2115000002')],
    staff: [
      aStaffRecord(a!, '王小芳', 1, {
        honours: [
          { kind: 'backbone', level: 'county', awarded: month('2024-05') },
          { kind: 'teaching_expert', level: 'city', awarded: month('2018-05') },
        ],
      }),
      posted,
      aStaffRecord(a!, '张%百', 3, { subject: 'CHN', joinedSchool: month('2024-09') }),
      aStaffRecord(b!, '赵_下', 4, { subject: 'ENG', title: 'none', titleObtained: null, titleAppointed: null }),
      aStaffRecord(b!, '李明', 5, { subject: 'CHN', phone: null }),
    ],
    rotations: [
      {
        name: posted.name,
        idNumber: posted.idNumber,
        relationSchool: a!,
        form: 1,
        movesRelation: false,
        fromSchool: a!,
        toSchool: b!,
        start: month('2025-09'),
        end: month('2027-08'),
        planned: true,
        note: null,
      },
    ],
    leaves: [
      {
        name: '王小芳',
        idNumber: idNumberOf('1985-03-12', 1),
        school: a!,
        kind: 'sick',
        start: day('2026-03-01'),
        end: day('2026-06-30'),
        childBirth: null,
      },
    ],
    disciplines: [],
  }
}

/** An account with one role; its actor as a session would make it, on a day. */
export async function anActor(
  system: SystemActor,
  role: Role,
  more: { schoolId?: SchoolId; teacherId?: TeacherId; today?: LocalDate } = {},
): Promise<UserActor> {
  const userId = newId<UserId>()
  const personId = newId<PersonId>()
  const grantId = newId<GrantId>()
  const { districtId } = system
  const name = `${role}-${userId.slice(-4)}`
  await withScope(system, async (tx) => {
    await tx.insert(users).values({
      districtId,
      id: userId,
      personId,
      login: `u${userId.slice(-12)}`,
      displayName: name,
      teacherId: more.teacherId ?? null,
      createdAt: now(),
    })
    await tx.insert(roleGrants).values({
      districtId,
      id: grantId,
      userId,
      personId,
      role,
      schoolId: more.schoolId ?? null,
      during: { from: day('2020-01-01'), until: null },
    })
  })
  return {
    kind: 'user',
    districtId,
    userId,
    personId,
    grantId,
    role,
    schoolIds: more.schoolId ? [more.schoolId] : [],
    teacherId: more.teacherId ?? null,
    flags: [],
    name,
    sessionId: null,
    today: more.today ?? system.today,
  }
}
