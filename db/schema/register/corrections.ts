import { boolean, check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { SchoolId, TeacherId, UserId } from '../../../lib/rules/values/ids.ts'
import { bytes, districtId, keyOf, moment, oneOf, ref } from '../columns.ts'
import { schools } from './schools.ts'
import { teachers } from './teachers.ts'

/** A teacher's wish to have a register fact corrected: request → school → HR (PIPL Art. 46). */
export const correctionRequests = pgTable(
  'correction_requests',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    schoolId: ref<SchoolId>(),
    /** Name of a field, or `title`, `honour`, `assessment`, `certificate` (a dated fact), or `other`. */
    field: text().notNull(),
    current: text().notNull(),
    /** In words; of a sensitive field only that it is there. */
    wanted: text().notNull(),
    /** The wanted value of a sensitive field. */
    sealed: bytes(),
    /** A dated fact as a school proposes it; it enters the register when HR accepts. */
    proposal: jsonb().$type<Record<string, unknown>>(),
    reason: text().notNull(),
    state: text().notNull().default('requested'),
    requestedBy: uuid().$type<UserId>().notNull(),
    requestedAt: moment().notNull(),
    schoolBy: ref<UserId>(),
    schoolAt: moment(),
    schoolAgrees: boolean(),
    schoolOpinion: text(),
    decidedBy: ref<UserId>(),
    decidedAt: moment(),
    decision: text(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'correction_requests_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    check(
      'correction_requests_state_known',
      oneOf('state', ['requested', 'supported', 'accepted', 'refused', 'withdrawn']),
    ),
    index('correction_requests_by_state').on(t.districtId, t.state),
  ],
)

/** 核对任务: HR asks schools to check their own rows of a list by a due time. */
export const collections = pgTable(
  'collections',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    title: text().notNull(),
    note: text(),
    columns: text().array().notNull(),
    dueAt: moment().notNull(),
    createdBy: uuid().$type<UserId>().notNull(),
    createdAt: moment().notNull(),
    closedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.id] })],
)

/** One school's part of a 核对任务. */
export const collectionSchools = pgTable(
  'collection_schools',
  {
    districtId: districtId(),
    collectionId: uuid().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    state: text().notNull().default('open'),
    changes: integer().notNull().default(0),
    checkedBy: ref<UserId>(),
    checkedAt: moment(),
    confirmedBy: ref<UserId>(),
    confirmedByName: text(),
    confirmedAt: moment(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.collectionId, t.schoolId] }),
    foreignKey({
      name: 'collection_schools_of_collection',
      columns: [t.districtId, t.collectionId],
      foreignColumns: keyOf(collections),
    }),
    foreignKey({
      name: 'collection_schools_of_school',
      columns: [t.districtId, t.schoolId],
      foreignColumns: keyOf(schools),
    }),
    check('collection_schools_state_known', oneOf('state', ['open', 'checked', 'confirmed'])),
  ],
)
