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
import type { StaffRecord } from '../../../rules/register/records.ts'
import { type LocalDate, monthOf, type YearMonth } from '../../../rules/values/dates.ts'
import type { SchoolId } from '../../../rules/values/ids.ts'
import { onDay } from './timeline.ts'

/** All rows of one person that a roster can speak of. */
export interface StoredPerson {
  teacher: typeof teachers.$inferSelect
  secrets: typeof teacherSecrets.$inferSelect
  /** Opened cells of `secrets`. */
  phone: string | null
  certificateNo: string | null
  employments: (typeof employments.$inferSelect)[]
  appointments: (typeof appointments.$inferSelect)[]
  titles: (typeof titles.$inferSelect)[]
  postGrades: (typeof postGrades.$inferSelect)[]
  honours: (typeof honours.$inferSelect)[]
  certificates: (typeof certificates.$inferSelect)[]
  assessments: (typeof annualAssessments.$inferSelect)[]
  principalships: (typeof principalships.$inferSelect)[]
}

/** What the record of a person is put together from; of the secrets only what is no secret to a roster. */
export interface RecordPerson extends Omit<StoredPerson, 'secrets'> {
  secrets: Pick<StoredPerson['secrets'], 'ethnic' | 'nativePlace' | 'political' | 'joinedParty'>
}

type Appointment = StoredPerson['appointments'][number]

export const relationsOf = (person: Pick<StoredPerson, 'appointments'>): Appointment[] =>
  person.appointments.filter(({ kind }) => kind === 'establishment')
export const servicesOf = (person: Pick<StoredPerson, 'appointments'>): Appointment[] =>
  person.appointments.filter(({ kind }) => kind === 'service')

const monthOr = (day: LocalDate | null | undefined): YearMonth | null => (day ? monthOf(day) : null)

/** First day of the unbroken service at one school that the row is part of; a change of subject does not break it. */
export function stayStart(rows: readonly Appointment[], row: Appointment): Appointment {
  const before = rows.find((other) => other.during.until === row.during.from && other.schoolId === row.schoolId)
  return before ? stayStart(rows, before) : row
}

/** Fields of a roster that have one value at a time; honours, assessments and certificates are lists. */
export type PlainField = Exclude<
  keyof StaffRecord,
  'idNumber' | 'birth' | 'honours' | 'assessments' | 'certificateKind' | 'certificateSubject'
>
export type CurrentRecord = Record<PlainField, unknown>

/** What the register says of a person on a day, in the words of a roster's record. */
export function currentRecord(
  person: RecordPerson,
  on: LocalDate,
  nameOf: (id: SchoolId) => string | null,
): CurrentRecord {
  const { teacher, secrets } = person
  const relations = relationsOf(person)
  const relation = onDay(relations, on)
  const service = onDay(servicesOf(person), on)
  const employment = onDay(person.employments, on)
  const held = onDay(
    person.titles.filter(({ kind }) => kind === 'held'),
    on,
  )
  const appointed = onDay(
    person.titles.filter(({ kind }) => kind === 'appointed'),
    on,
  )
  const grade = onDay(person.postGrades, on)
  return {
    school: relation ? nameOf(relation.schoolId) : null,
    joinedSchool: relation ? monthOf(stayStart(relations, relation).during.from) : null,
    staffNo: teacher.staffNo,
    name: teacher.name,
    sex: teacher.sex,
    ethnic: secrets.ethnic,
    nativePlace: secrets.nativePlace,
    political: secrets.political,
    joinedParty: monthOr(secrets.joinedParty),
    joinedWork: monthOf(teacher.joinedWork),
    firstEducation: teacher.firstEducation,
    firstEducationAt: teacher.firstEducationAt,
    highestEducation: teacher.highestEducation,
    highestEducationAt: teacher.highestEducationAt,
    degree: teacher.degree,
    form: employment?.form ?? null,
    category: employment?.category ?? null,
    postKind: employment?.postKind ?? null,
    duty: employment?.duty ?? null,
    status: employment?.status ?? null,
    postGrade: grade?.grade ?? null,
    postSince: monthOr(grade?.during.from),
    title: appointed?.title ?? held?.title ?? 'none',
    titleObtained: monthOr(held?.during.from),
    titleAppointed: monthOr(appointed?.during.from),
    stage: relation?.stage ?? null,
    subject: relation?.subject ?? null,
    periods: relation?.periods ?? null,
    isClassTeacher: relation?.isClassTeacher ?? null,
    certificateNo: person.certificateNo,
    putonghua: teacher.putonghua,
    workSchool: service ? nameOf(service.schoolId) : relation ? nameOf(relation.schoolId) : null,
    phone: person.phone,
    note: teacher.note,
  }
}
