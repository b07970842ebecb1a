import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { ASSESSMENT_RESULTS } from '../../../lib/rules/register/vocabulary.ts'
import type {
  BatchId,
  CaseId,
  FileId,
  Id,
  RoundId,
  SchoolId,
  TeacherId,
  UserId,
} from '../../../lib/rules/values/ids.ts'
import { day, districtId, id, keyOf, moment, oneOf, ref } from '../columns.ts'
import { schools } from '../register/schools.ts'
import { teachers } from '../register/teachers.ts'
import { rotationCases } from './cases.ts'
import { rotationRounds } from './rounds.ts'

export type PostingId = Id<'Posting'>

/** 交流任教 as a fact of the register: from orders, or from the bureau's register of rotations. */
export const postings = pgTable(
  'postings',
  {
    districtId: districtId(),
    id: id<PostingId>(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    form: integer().notNull(),
    movesRelation: boolean().notNull(),
    fromSchoolId: uuid().$type<SchoolId>().notNull(),
    toSchoolId: uuid().$type<SchoolId>().notNull(),
    startsOn: day().notNull(),
    /** Last day, inclusive; null for a permanent move. */
    endsOn: day(),
    /** Itinerant teaching counts from a number of periods a week. */
    periodsPerWeek: integer(),
    /** The end lies ahead and may still change. */
    planned: boolean().notNull(),
    caseId: ref<CaseId>(),
    source: text().$type<'register' | 'order'>().notNull(),
    note: text(),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'postings_of_teacher', columns: [t.districtId, t.teacherId], foreignColumns: keyOf(teachers) }),
    foreignKey({
      name: 'postings_from_school',
      columns: [t.districtId, t.fromSchoolId],
      foreignColumns: keyOf(schools),
    }),
    foreignKey({ name: 'postings_to_school', columns: [t.districtId, t.toSchoolId], foreignColumns: keyOf(schools) }),
    foreignKey({ name: 'postings_of_case', columns: [t.districtId, t.caseId], foreignColumns: keyOf(rotationCases) }),
    unique('postings_start_once').on(t.districtId, t.teacherId, t.startsOn),
    check('postings_form_known', sql`form BETWEEN 1 AND 9`),
    check('postings_two_schools', sql`from_school_id <> to_school_id`),
    check('postings_order_of_days', sql`ends_on IS NULL OR ends_on >= starts_on`),
    index('postings_by_teacher').on(t.districtId, t.teacherId),
  ],
)

/** 交流期间年度考核 by the destination, the origin informed. */
export const serviceAssessments = pgTable(
  'service_assessments',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    caseId: uuid().$type<CaseId>().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    year: integer().notNull(),
    result: text().notNull(),
    comment: text().notNull(),
    proposedBy: uuid().$type<UserId>().notNull(),
    proposedAt: moment().notNull(),
    checkedBy: ref<UserId>(),
    checkedAt: moment(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'service_assessments_of_case',
      columns: [t.districtId, t.caseId],
      foreignColumns: keyOf(rotationCases),
    }),
    check('service_assessments_result_known', oneOf('result', Object.keys(ASSESSMENT_RESULTS))),
    unique('service_assessments_once_a_year').on(t.districtId, t.caseId, t.year),
  ],
)

/** Published figures of a closed year with the ids behind each (R-QUOTA-4). */
export const yearClosings = pgTable(
  'year_closings',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    roundId: uuid().$type<RoundId>().notNull(),
    year: integer().notNull(),
    figures: jsonb().$type<unknown>().notNull(),
    people: jsonb().$type<Record<string, string[]>>().notNull(),
    closedBy: uuid().$type<UserId>().notNull(),
    closedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'year_closings_of_round',
      columns: [t.districtId, t.roundId],
      foreignColumns: keyOf(rotationRounds),
    }),
    unique('year_closings_once').on(t.districtId, t.roundId),
  ],
)

/** 套表: how the headings of an upper bureau's sheet were matched to our fields. */
export const foreignTables = pgTable(
  'foreign_tables',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    name: text().notNull(),
    fingerprint: text().notNull(),
    /** Column letter → field; '' leaves the column as it is. */
    mapping: jsonb().$type<Record<string, string>>().notNull(),
    sheet: text().notNull().default(''),
    headerRow: integer().notNull().default(1),
    /** Headings by column letter, as they stand. */
    headings: jsonb().$type<Record<string, string>>().notNull().default({}),
    fileId: ref<FileId>(),
    changedBy: uuid().$type<UserId>(),
    changedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.id] }), unique('foreign_tables_once').on(t.districtId, t.fingerprint)],
)
