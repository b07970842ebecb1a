import type { Role } from './roles.ts'

/** How a role reads a field; the mask is applied before the value leaves the server (security.md §2.2). */
export type FieldView = 'full' | 'last4' | 'masked' | 'registered' | 'age'

type Views = Partial<Record<Role, FieldView>>

const bureau: Views = { bureau_hr: 'full', bureau_reviewer: 'full' }
const bureauAndSchool: Views = { ...bureau, principal: 'full', school_hr: 'full' }
/** What the register says of a person in public: the researcher reads name, school and subject only. */
const named: Views = { ...bureauAndSchool, researcher: 'full', teacher: 'full' }
const ofWork: Views = { ...bureauAndSchool, teacher: 'full' }
const f7: Views = { bureau_hr: 'full', school_hr: 'full', teacher: 'full' }

/** Fields of a person and how each role reads them; a role that is not named does not have the column at all. */
export const TEACHER_FIELDS = {
  name: named,
  school: named,
  workSchool: named,
  stage: named,
  subject: named,
  staffNo: ofWork,
  sex: ofWork,
  title: ofWork,
  grade: ofWork,
  backbone: ofWork,
  form: ofWork,
  category: ofWork,
  postKind: ofWork,
  status: ofWork,
  duty: ofWork,
  education: ofWork,
  joinedWork: ofWork,
  tenure: ofWork,
  periods: ofWork,
  roll: ofWork,
  birth: { ...f7, principal: 'age', bureau_reviewer: 'age' },
  ethnic: f7,
  nativePlace: f7,
  political: f7,
  phone: { bureau_hr: 'masked', school_hr: 'masked', principal: 'masked', teacher: 'full' },
  idNumber: { bureau_hr: 'last4', school_hr: 'registered', principal: 'registered', teacher: 'last4' },
  certificateNo: { bureau_hr: 'last4', school_hr: 'registered', principal: 'registered', teacher: 'last4' },
} as const satisfies Record<string, Views>

export type TeacherField = keyof typeof TEACHER_FIELDS

/** How the role reads the field; null = the column does not exist for it. */
export const fieldView = (role: Role, field: TeacherField): FieldView | null =>
  (TEACHER_FIELDS[field] as Views)[role] ?? null

export const fieldsOf = (role: Role): TeacherField[] =>
  (Object.keys(TEACHER_FIELDS) as TeacherField[]).filter((field) => fieldView(role, field) !== null)

/** Values that may be shown unmasked on request, with a reason that is kept. */
export const REVEALABLE = ['idNumber', 'phone', 'certificateNo'] as const
export type Revealable = (typeof REVEALABLE)[number]
const REVEALERS: Record<Revealable, readonly Role[]> = {
  idNumber: ['bureau_hr'],
  certificateNo: ['bureau_hr'],
  phone: ['bureau_hr', 'school_hr', 'principal'],
}
export const mayReveal = (role: Role, field: Revealable): boolean => REVEALERS[field].includes(role)

/** 138****5678 */
export const maskPhone = (phone: string): string =>
  phone.length < 8 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`
/** ****1234 */
export const maskTail = (value: string): string => `****${value.slice(-4)}`

/** Kinds of leave whose reason is class f3: only the person reads the kind; others read that it is so, and until when. */
export const PRIVATE_LEAVES = ['birth', 'maternity', 'pregnancy', 'sick', 'illness', 'disability'] as const

/** What of the further record a role reads. */
export const RECORD_PARTS = {
  appointments: ['bureau_hr', 'bureau_reviewer', 'researcher', 'principal', 'school_hr', 'teacher'],
  employments: ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr', 'teacher'],
  titles: ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr', 'teacher'],
  grades: ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr', 'teacher'],
  honours: ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr', 'teacher'],
  certificates: ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr', 'teacher'],
  assessments: ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr', 'teacher'],
  leaves: ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr', 'teacher'],
  disciplines: ['bureau_hr', 'bureau_reviewer', 'teacher'],
  postings: ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr', 'teacher'],
  changes: ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr', 'teacher'],
} as const satisfies Record<string, readonly Role[]>
export type RecordPart = keyof typeof RECORD_PARTS
export const readsPart = (role: Role, part: RecordPart): boolean =>
  (RECORD_PARTS[part] as readonly Role[]).includes(role)
