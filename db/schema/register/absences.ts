import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import {
  ASSESSMENT_RESULTS,
  DISCIPLINE_KINDS,
  type DisciplineKind,
  LEAVE_KINDS,
  type LeaveKind,
} from '../../../lib/rules/register/vocabulary.ts'
import type { BatchId, SchoolId, TeacherId, UserId } from '../../../lib/rules/values/ids.ts'
import { day, districtId, keyOf, moment, oneOf, ref } from '../columns.ts'
import { teachers } from './teachers.ts'

/** Leave, birth, secondment … (class f3 in its kind; schools read outcome and end date only). */
export const leaves = pgTable(
  'leaves',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    kind: text().$type<LeaveKind>().notNull(),
    startsOn: day(),
    /** Last day of leave, inclusive; null while it lasts. */
    endsOn: day(),
    childBirth: day(),
    /** Disability grade, where that is the kind. */
    grade: integer(),
    version: integer().notNull().default(1),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'leaves_of_teacher', columns: [t.districtId, t.teacherId], foreignColumns: keyOf(teachers) }),
    check('leaves_kind_known', oneOf('kind', Object.keys(LEAVE_KINDS))),
    check('leaves_order', sql`ends_on IS NULL OR starts_on IS NULL OR ends_on >= starts_on`),
    check('leaves_dated', sql`starts_on IS NOT NULL OR child_birth IS NOT NULL`),
    index('leaves_by_teacher').on(t.districtId, t.teacherId),
  ],
)

/** 处分与调查 (class f6). */
export const disciplinaryPeriods = pgTable(
  'disciplinary_periods',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    kind: text().$type<DisciplineKind>().notNull(),
    startsOn: day().notNull(),
    endsOn: day(),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'disciplinary_periods_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    check('disciplinary_periods_kind_known', oneOf('kind', Object.keys(DISCIPLINE_KINDS))),
    index('disciplinary_periods_by_teacher').on(t.districtId, t.teacherId),
  ],
)

/** 年度考核, one a person and year. */
export const annualAssessments = pgTable(
  'annual_assessments',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    year: integer().notNull(),
    result: text().notNull(),
    schoolId: ref<SchoolId>(),
    checkedBy: ref<UserId>(),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    unique('annual_assessments_once_a_year').on(t.districtId, t.teacherId, t.year),
    foreignKey({
      name: 'annual_assessments_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    check('annual_assessments_result_known', oneOf('result', Object.keys(ASSESSMENT_RESULTS))),
  ],
)
