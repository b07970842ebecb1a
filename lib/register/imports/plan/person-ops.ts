import type { teacherSecrets, teachers } from '@/db/schema/index.ts'
import { newId } from '../../../platform/new-id.ts'
import type { StaffRecord } from '../../../rules/register/records.ts'
import { isPrincipalDuty } from '../../../rules/rotation/facts.ts'
import { firstDayOf } from '../../../rules/values/dates.ts'
import { personRows } from '../../store/person-rows.ts'
import { pinyinKeys } from '../../store/pinyin.ts'
import type { PlanContext } from './person-context.ts'
import { placeOps } from './place-ops.ts'
import type { ImportTable, RowOp, StoredRow } from './row-plan.ts'
import { gradeOps, listOps, titleOps } from './standing-ops.ts'
import type { StoredPerson } from './stored-person.ts'
import { differences, endAt, onDay, opsBetween, setFrom } from './timeline.ts'

const OWN = [
  'staffNo',
  'name',
  'sex',
  'firstEducation',
  'firstEducationAt',
  'highestEducation',
  'highestEducationAt',
] as const
const OWN_MORE = ['degree', 'putonghua', 'note'] as const
const EMPLOYMENT = ['form', 'category', 'postKind', 'duty', 'status'] as const
const PLACE = ['school', 'joinedSchool', 'stage', 'subject', 'periods', 'isClassTeacher', 'workSchool']
const TITLE = ['title', 'titleObtained', 'titleAppointed']
const GRADE = ['postGrade', 'postSince']
const LIST = ['honours', 'honoursEnded', 'assessments', 'certificateKind', 'certificateSubject']

const some = (changed: ReadonlySet<string>, fields: readonly string[]) => fields.some((field) => changed.has(field))

/** The writes of a person whom the register does not know. */
export function newPersonOps(record: StaffRecord, staffNo: string, context: PlanContext): RowOp[] {
  const rows = personRows({ ...context, statisticsDate: context.on }, record, staffNo)
  const inserts = (table: ImportTable, list: readonly StoredRow[]): RowOp[] =>
    list.map((row) => ({ do: 'insert', table, row }))
  return [
    ...inserts('teachers', [rows.teacher]),
    ...inserts('teacher_secrets', [rows.secrets]),
    ...inserts('employments', rows.employments),
    ...inserts('appointments', rows.appointments),
    ...inserts('titles', rows.titles),
    ...inserts('post_grades', rows.postGrades),
    ...inserts('honours', rows.honours),
    ...inserts('certificates', rows.certificates),
    ...inserts('annual_assessments', rows.assessments),
    ...inserts('principalships', rows.principalships),
  ]
}

/** The writes that make the changed fields of a known person true; a dated fact is closed and opened, the rest corrected. */
export function changedPersonOps(
  person: StoredPerson,
  record: StaffRecord,
  changed: ReadonlySet<string>,
  context: PlanContext,
  said: ReadonlySet<string>,
): RowOp[] {
  const facts = [
    ...secretOps(person, record, changed, context),
    ...(some(changed, EMPLOYMENT) || !onDay(person.employments, context.on)
      ? employmentOps(person, record, changed, context)
      : []),
    ...(some(changed, PLACE) ? placeOps(person, record, changed, context, said) : []),
    ...(some(changed, TITLE) ? titleOps(person, record, changed, context) : []),
    ...(some(changed, GRADE) ? gradeOps(person, record, changed, context) : []),
    ...(some(changed, LIST) ? listOps(person, record, changed, context) : []),
    ...(some(changed, ['duty', 'status', 'school']) ? principalOps(person, record, changed, context) : []),
  ]
  return [...ownOps(person, record, changed, context), ...facts]
}

/** Every change of the record moves its version on, so that an open form or an older workbook is seen to be stale. */
function ownOps(
  person: StoredPerson,
  record: StaffRecord,
  changed: ReadonlySet<string>,
  context: PlanContext,
): RowOp[] {
  const { teacher } = person
  const after: Partial<typeof teachers.$inferSelect> = {}
  for (const field of [...OWN, ...OWN_MORE]) if (changed.has(field)) Object.assign(after, { [field]: record[field] })
  if (changed.has('name')) Object.assign(after, pinyinKeys(record.name))
  if (changed.has('joinedWork')) after.joinedWork = firstDayOf(record.joinedWork)
  if (teacher.leftOn !== null && teacher.leftOn <= context.on) after.leftOn = null
  const set = { ...differences(teacher, { ...teacher, ...after }), version: teacher.version + 1, changedAt: context.at }
  return [{ do: 'update', table: 'teachers', row: teacher, set }]
}

function secretOps(
  person: StoredPerson,
  record: StaffRecord,
  changed: ReadonlySet<string>,
  { keys }: PlanContext,
): RowOp[] {
  const { secrets } = person
  const set: Partial<typeof teacherSecrets.$inferSelect> = {}
  const seal = (column: string, value: string | null) =>
    value === null ? null : keys.seal({ table: 'teacher_secrets', column, rowId: secrets.teacherId }, value)
  if (changed.has('phone')) set.phone = seal('phone', record.phone)
  if (changed.has('certificateNo')) set.certificateNo = seal('certificate_no', record.certificateNo)
  for (const field of ['ethnic', 'nativePlace', 'political'] as const)
    if (changed.has(field)) set[field] = record[field]
  if (changed.has('joinedParty')) set.joinedParty = record.joinedParty ? firstDayOf(record.joinedParty) : null
  return Object.keys(set).length > 0 ? [{ do: 'update', table: 'teacher_secrets', row: secrets, set }] : []
}

function employmentOps(
  person: StoredPerson,
  record: StaffRecord,
  changed: ReadonlySet<string>,
  { on, batchId, districtId }: PlanContext,
): RowOp[] {
  const rows = person.employments
  const set: StoredRow = {}
  for (const field of EMPLOYMENT) if (changed.has(field)) set[field] = record[field]
  if (changed.has('status')) set.statusOn = on
  if (onDay(rows, on)) return opsBetween('employments', rows, setFrom(rows, on, set, batchId))
  const last = rows.map(({ during }) => during.until ?? on).sort()
  const joined = firstDayOf(record.joinedSchool)
  const from = last.length > 0 && last.at(-1)! > joined ? last.at(-1)! : joined
  const later = rows.map(({ during }) => during.from).filter((day) => day > from)
  const row = {
    districtId,
    id: newId<string>(),
    teacherId: person.teacher.id,
    form: record.form,
    category: record.category,
    postKind: record.postKind,
    duty: record.duty,
    status: record.status,
    statusOn: on,
    during: { from, until: later.sort()[0] ?? null },
    batchId,
  }
  return [{ do: 'insert', table: 'employments', row }]
}

/** Who heads a school follows the duty: another duty, status or school ends the term, 校长 begins one. */
function principalOps(
  person: StoredPerson,
  record: StaffRecord,
  changed: ReadonlySet<string>,
  context: PlanContext,
): RowOp[] {
  const { on, batchId, districtId } = context
  const rows = person.principalships
  const employment = onDay(person.employments, on)
  const duty = changed.has('duty') ? record.duty : (employment?.duty ?? null)
  const status = changed.has('status') ? record.status : (employment?.status ?? 'on_post')
  const relation = onDay(
    person.appointments.filter(({ kind }) => kind === 'establishment'),
    on,
  )
  const schoolId = changed.has('school') ? context.schoolIdOf(record.school) : relation?.schoolId
  const heads = isPrincipalDuty(duty) && status === 'on_post' && schoolId !== undefined
  const current = onDay(rows, on)
  if (current && heads && current.schoolId === schoolId)
    return current.duty === duty ? [] : opsBetween('principalships', rows, setFrom(rows, on, { duty: duty! }, batchId))
  const ended = current ? opsBetween('principalships', rows, endAt(rows, on)) : []
  if (!heads) return ended
  const next = rows.map(({ during }) => during.from).filter((day) => day > on)
  const row = {
    districtId,
    id: newId<string>(),
    teacherId: person.teacher.id,
    schoolId,
    duty,
    during: { from: on, until: next.sort()[0] ?? null },
    batchId,
  }
  return [...ended, { do: 'insert', table: 'principalships', row }]
}
