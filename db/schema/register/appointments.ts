import { sql } from 'drizzle-orm'
import { boolean, check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { Stage, Subject } from '../../../lib/rules/register/vocabulary.ts'
import type { BatchId, Id, SchoolId, TeacherId } from '../../../lib/rules/values/ids.ts'
import { day, districtId, id, keyOf, oneOf, period, ref } from '../columns.ts'
import { schools } from './schools.ts'
import { teachers } from './teachers.ts'

export type AppointmentId = Id<'Appointment'>

export const APPOINTMENT_KINDS = ['establishment', 'service'] as const

/** 人事关系 or 任教: one teacher at one school for a period. A change closes this row and opens another. */
export const appointments = pgTable(
  'appointments',
  {
    districtId: districtId(),
    id: id<AppointmentId>(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    kind: text({ enum: APPOINTMENT_KINDS }).notNull(),
    /** 走教 */
    partTime: boolean().notNull().default(false),
    stage: text().$type<Stage>(),
    subject: text().$type<Subject>(),
    periods: integer(),
    isClassTeacher: boolean(),
    ...period(),
    /** The posting or order that made this row, if one did. */
    postingId: uuid(),
    batchId: ref<BatchId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'appointments_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    foreignKey({ name: 'appointments_of_school', columns: [t.districtId, t.schoolId], foreignColumns: keyOf(schools) }),
    check('appointments_kind_known', oneOf('kind', APPOINTMENT_KINDS)),
    check('appointments_during_not_empty', sql`NOT isempty(during)`),
    index('appointments_by_school').on(t.districtId, t.kind, t.schoolId, t.teacherId, t.validFrom, t.validTo),
    index('appointments_by_teacher').on(t.districtId, t.teacherId, t.kind),
  ],
)

/** Which school may see which person, and until when; kept by trigger from appointments and cases. */
export const teacherAccess = pgTable(
  'teacher_access',
  {
    districtId: districtId(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    why: text().notNull(),
    sourceId: uuid().notNull(),
    until: day().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.schoolId, t.teacherId, t.why, t.sourceId] }),
    index('teacher_access_by_teacher').on(t.districtId, t.teacherId),
  ],
)

/** 校长任职: who heads which school, dated; open cases follow the post. */
export const principalships = pgTable(
  'principalships',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    duty: text().notNull(),
    ...period(),
    batchId: ref<BatchId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'principalships_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    foreignKey({
      name: 'principalships_of_school',
      columns: [t.districtId, t.schoolId],
      foreignColumns: keyOf(schools),
    }),
    check('principalships_during_not_empty', sql`NOT isempty(during)`),
    index('principalships_by_school').on(t.districtId, t.schoolId),
  ],
)
