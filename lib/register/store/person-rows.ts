import type {
  annualAssessments,
  appointments,
  certificates,
  employments,
  honours,
  postGrades,
  principalships,
  teacherSecrets,
  teachers,
  titles,
} from '@/db/schema/index.ts'
import type { AppointmentId } from '@/db/schema/register/appointments.ts'
import type { Keyring } from '@/lib/platform/crypto.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { StaffRecord } from '@/lib/rules/register/records.ts'
import { isPrincipalDuty } from '@/lib/rules/rotation/facts.ts'
import { firstDayOf, type LocalDate, monthOf } from '@/lib/rules/values/dates.ts'
import type { BatchId, DistrictId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { pinyinKeys } from './pinyin.ts'

export interface PersonContext {
  districtId: DistrictId
  at: string
  /** Day the workbook speaks of. */
  statisticsDate: LocalDate
  batchId: BatchId | null
  keys: Keyring
  schoolIdOf: (name: string) => SchoolId
}

/** Every row a new person gives. */
export interface PersonRows {
  teacher: typeof teachers.$inferInsert
  secrets: typeof teacherSecrets.$inferInsert
  employments: (typeof employments.$inferInsert)[]
  appointments: (typeof appointments.$inferInsert)[]
  titles: (typeof titles.$inferInsert)[]
  postGrades: (typeof postGrades.$inferInsert)[]
  honours: (typeof honours.$inferInsert)[]
  certificates: (typeof certificates.$inferInsert)[]
  assessments: (typeof annualAssessments.$inferInsert)[]
  principalships: (typeof principalships.$inferInsert)[]
}

/** A school where the roster gives no number: schools number people by themselves, so one is made from the ID's order. */
export const staffNoOf = (record: StaffRecord, fallback: string): string => record.staffNo?.trim() || fallback

/** The sensitive part of a person (f1, f2, f7), sealed, with the digests that searches use. */
export function secretRow(
  context: PersonContext,
  record: StaffRecord,
  teacherId: TeacherId,
): typeof teacherSecrets.$inferInsert {
  const seal = (column: string, value: string | null) =>
    value === null ? null : context.keys.seal({ table: 'teacher_secrets', column, rowId: teacherId }, value)
  return {
    districtId: context.districtId,
    teacherId,
    idNumber: seal('id_number', record.idNumber)!,
    idHash: context.keys.lookup('idNumber', record.idNumber),
    idTailHash: context.keys.lookup('idTail', record.idNumber.slice(-4)),
    birth: record.birth,
    phone: seal('phone', record.phone),
    certificateNo: seal('certificate_no', record.certificateNo),
    ethnic: record.ethnic,
    nativePlace: record.nativePlace,
    political: record.political,
    joinedParty: record.joinedParty ? firstDayOf(record.joinedParty) : null,
  }
}

/**
 * Rows of a person the register does not know yet. A posted person (现任教单位 differs) served at the school of their
 * relation until the statistics date; the register of rotations later moves that boundary to the posting's true start.
 */
export function personRows(context: PersonContext, record: StaffRecord, staffNo: string): PersonRows {
  const { districtId, batchId, at } = context
  const id = newId<TeacherId>()
  const of = { districtId, teacherId: id, batchId }
  const joined = firstDayOf(record.joinedSchool)
  const own = context.schoolIdOf(record.school)
  const work = context.schoolIdOf(record.workSchool)
  const teaching = {
    stage: record.stage,
    subject: record.subject,
    periods: record.periods,
    isClassTeacher: record.isClassTeacher,
  }
  const service = (schoolId: SchoolId, from: LocalDate, until: LocalDate | null) => ({
    ...of,
    id: newId<AppointmentId>(),
    schoolId,
    kind: 'service' as const,
    ...teaching,
    during: { from, until },
  })
  const posted = own !== work && joined < context.statisticsDate
  const appointed = record.titleAppointed ? firstDayOf(record.titleAppointed) : null
  const held = record.titleObtained ? firstDayOf(record.titleObtained) : (appointed ?? firstDayOf(record.joinedWork))
  const graded = record.postSince ?? record.titleAppointed ?? record.joinedWork
  return {
    teacher: {
      districtId,
      id,
      staffNo,
      name: record.name,
      ...pinyinKeys(record.name),
      sex: record.sex,
      birthMonth: firstDayOf(monthOf(record.birth)),
      joinedWork: firstDayOf(record.joinedWork),
      highestEducation: record.highestEducation,
      highestEducationAt: record.highestEducationAt,
      firstEducation: record.firstEducation,
      firstEducationAt: record.firstEducationAt,
      degree: record.degree,
      putonghua: record.putonghua,
      note: record.note,
      changedAt: at,
    },
    secrets: secretRow(context, record, id),
    employments: [
      {
        ...of,
        id: newId<string>(),
        form: record.form,
        category: record.category,
        postKind: record.postKind,
        duty: record.duty,
        status: record.status,
        statusOn: context.statisticsDate,
        during: { from: joined, until: null },
      },
    ],
    appointments: [
      {
        ...of,
        id: newId<AppointmentId>(),
        schoolId: own,
        kind: 'establishment',
        ...teaching,
        during: { from: joined, until: null },
      },
      ...(posted
        ? [service(own, joined, context.statisticsDate), service(work, context.statisticsDate, null)]
        : [service(work, joined, null)]),
    ],
    titles:
      record.title === 'none'
        ? []
        : [
            { ...of, id: newId<string>(), title: record.title, kind: 'held', during: { from: held, until: null } },
            ...(appointed
              ? [
                  {
                    ...of,
                    id: newId<string>(),
                    title: record.title,
                    kind: 'appointed' as const,
                    during: { from: appointed, until: null },
                  },
                ]
              : []),
          ],
    postGrades:
      record.postGrade === null
        ? []
        : [{ ...of, id: newId<string>(), grade: record.postGrade, during: { from: firstDayOf(graded), until: null } }],
    honours: record.honours.map((honour) => ({
      ...of,
      id: newId<string>(),
      kind: honour.kind,
      level: honour.level,
      awardedMonth: honour.awarded ? firstDayOf(honour.awarded) : null,
      changedAt: at,
    })),
    certificates: record.certificateKind
      ? [
          {
            ...of,
            id: newId<string>(),
            kind: record.certificateKind,
            subject: record.certificateSubject,
            changedAt: at,
          },
        ]
      : [],
    assessments: record.assessments.map((assessment) => ({
      ...of,
      id: newId<string>(),
      year: assessment.year,
      result: assessment.result,
      schoolId: own,
      changedAt: at,
    })),
    principalships:
      isPrincipalDuty(record.duty) && record.status === 'on_post'
        ? [{ ...of, id: newId<string>(), schoolId: own, duty: record.duty!, during: { from: joined, until: null } }]
        : [],
  }
}
