import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import {
  CATEGORIES,
  type Category,
  EMPLOYMENT_FORMS,
  type EmploymentForm,
  type PostKind,
  SEXES,
  type Sex,
  STATUSES,
  type Status,
} from '../../../lib/rules/register/vocabulary.ts'
import type { BatchId, TeacherId } from '../../../lib/rules/values/ids.ts'
import { bytes, day, districtId, id, keyOf, moment, oneOf, period, plainText, ref } from '../columns.ts'
import { districts } from '../platform/districts.ts'

/** A person on the staff. What changes with time is in dated rows; sensitive columns are in teacher_secrets. */
export const teachers = pgTable(
  'teachers',
  {
    districtId: districtId(),
    id: id<TeacherId>(),
    staffNo: text().notNull(),
    name: text().notNull(),
    pinyin: plainText().notNull(),
    initials: plainText().notNull(),
    sex: text().$type<Sex>().notNull(),
    /** First day of the month of birth; the day itself is f7, in teacher_secrets. */
    birthMonth: day().notNull(),
    joinedWork: day().notNull(),
    highestEducation: text(),
    highestEducationAt: text(),
    firstEducation: text(),
    firstEducationAt: text(),
    degree: text(),
    putonghua: text(),
    /** Category override of the retirement rules, with the document that says so (R-RET-3). */
    retirementOverride: jsonb().$type<{ category?: string; ownDate?: string; document: string }>(),
    /** First day after probation or first-job service period (R-ELIG-9). */
    bondUntil: day(),
    note: text(),
    leftOn: day(),
    version: integer().notNull().default(1),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'teachers_of_district', columns: [t.districtId], foreignColumns: [districts.id] }),
    unique('teachers_staff_no_once').on(t.districtId, t.staffNo),
    check('teachers_sex_known', oneOf('sex', Object.keys(SEXES))),
    index('teachers_by_pinyin').on(t.districtId, t.pinyin),
    index('teachers_by_initials').on(t.districtId, t.initials),
    index('teachers_by_name').on(t.districtId, t.name),
  ],
)

/** Sensitive columns of a person (classes f1, f2, f7): encrypted cells and their search digests. */
export const teacherSecrets = pgTable(
  'teacher_secrets',
  {
    districtId: districtId(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    idNumber: bytes().notNull(),
    idHash: bytes().notNull(),
    idTailHash: bytes().notNull(),
    birth: day().notNull(),
    phone: bytes(),
    certificateNo: bytes(),
    ethnic: text(),
    nativePlace: text(),
    political: text(),
    joinedParty: day(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.teacherId] }),
    foreignKey({
      name: 'teacher_secrets_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    unique('teacher_secrets_person_once').on(t.districtId, t.idHash),
    index('teacher_secrets_by_tail').on(t.districtId, t.idTailHash),
  ],
)

/** How a person is employed, dated: establishment, category, post kind, duty, status. */
export const employments = pgTable(
  'employments',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    form: text().$type<EmploymentForm>().notNull(),
    category: text().$type<Category>().notNull(),
    postKind: text().$type<PostKind>(),
    duty: text(),
    status: text().$type<Status>().notNull(),
    /** Day on which the status was reported (statistics date of the workbook); null = first day of the row. */
    statusOn: day(),
    ...period(),
    batchId: ref<BatchId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'employments_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    check('employments_form_known', oneOf('form', Object.keys(EMPLOYMENT_FORMS))),
    check('employments_category_known', oneOf('category', Object.keys(CATEGORIES))),
    check('employments_status_known', oneOf('status', Object.keys(STATUSES))),
    check('employments_during_not_empty', sql`NOT isempty(during)`),
    index('employments_by_teacher').on(t.districtId, t.teacherId),
  ],
)
