import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import {
  CERTIFICATE_KINDS,
  type CertificateKind,
  HONOUR_KINDS,
  HONOUR_LEVELS,
  type HonourKind,
  type HonourLevel,
  TITLES,
  type Title,
} from '../../lib/rules/register/vocabulary.ts'
import type { BatchId, TeacherId, UserId } from '../../lib/rules/values/ids.ts'
import { day, districtId, keyOf, moment, oneOf, period, ref } from './columns.ts'
import { teachers } from './register/teachers.ts'

const ofTeacher = (name: string, t: { districtId: never; teacherId: never }) =>
  foreignKey({ name, columns: [t.districtId, t.teacherId], foreignColumns: keyOf(teachers) })

/** 职称: held 取得 (qualification) or appointed 聘任 (post); R-RET-3 and pay use the appointed one. */
export const titles = pgTable(
  'titles',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    title: text().$type<Title>().notNull(),
    kind: text().$type<'held' | 'appointed'>().notNull(),
    ...period(),
    batchId: ref<BatchId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    ofTeacher('titles_of_teacher', t as never),
    check('titles_title_known', oneOf('title', Object.keys(TITLES))),
    check('titles_kind_known', oneOf('kind', ['held', 'appointed'])),
    check('titles_during_not_empty', sql`NOT isempty(during)`),
    index('titles_by_teacher').on(t.districtId, t.teacherId),
  ],
)

/** 岗位等级 1–13. */
export const postGrades = pgTable(
  'post_grades',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    grade: integer().notNull(),
    ...period(),
    batchId: ref<BatchId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    ofTeacher('post_grades_of_teacher', t as never),
    check('post_grades_grade_known', sql`grade BETWEEN 1 AND 13`),
    check('post_grades_during_not_empty', sql`NOT isempty(during)`),
    index('post_grades_by_teacher').on(t.districtId, t.teacherId),
  ],
)

/** 荣誉称号; validity is half-open from the first day of the month awarded (R-HON-1). */
export const honours = pgTable(
  'honours',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    kind: text().$type<HonourKind>().notNull(),
    level: text().$type<HonourLevel>().notNull(),
    /** First day of the month awarded; null when the workbook does not say. */
    awardedMonth: day(),
    /** Day after the last day of validity; null = no end stated, the policy's default months apply. */
    validUntil: day(),
    revokedOn: day(),
    revokedReason: text(),
    checkedBy: ref<UserId>(),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    ofTeacher('honours_of_teacher', t as never),
    check('honours_kind_known', oneOf('kind', Object.keys(HONOUR_KINDS))),
    check('honours_level_known', oneOf('level', Object.keys(HONOUR_LEVELS))),
    index('honours_by_teacher').on(t.districtId, t.teacherId),
    index('honours_by_kind').on(t.districtId, t.kind, t.level, t.awardedMonth, t.validUntil, t.revokedOn, t.teacherId),
  ],
)

/** 教师资格证; its number is f1 and lives in teacher_secrets. */
export const certificates = pgTable(
  'certificates',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    kind: text().$type<CertificateKind>().notNull(),
    subject: text(),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    ofTeacher('certificates_of_teacher', t as never),
    check('certificates_kind_known', oneOf('kind', Object.keys(CERTIFICATE_KINDS))),
    index('certificates_by_teacher').on(t.districtId, t.teacherId),
  ],
)
