import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { Stage, Subject } from '../../../lib/rules/register/vocabulary.ts'
import type { PolicyId, RoundId, SchoolId, UserId } from '../../../lib/rules/values/ids.ts'
import { day, districtId, id, keyOf, moment, oneOf, ref } from '../columns.ts'
import { schools } from '../register/schools.ts'
import { policies } from './policies.ts'

/** 交流轮次 of a school year. `backfill` 补录 holds the postings that ran before the district used the system. */
export const rotationRounds = pgTable(
  'rotation_rounds',
  {
    districtId: districtId(),
    id: id<RoundId>(),
    year: integer().notNull(),
    name: text().notNull(),
    kind: text().$type<'regular' | 'backfill'>().notNull().default('regular'),
    state: text().$type<'preparing' | 'open' | 'closed'>().notNull(),
    policyId: uuid().$type<PolicyId>(),
    snapshotDate: day().notNull(),
    /** First day of work at the destination. */
    effectiveOn: day().notNull(),
    /** Last day for applications and nominations. */
    applyUntil: day(),
    openedAt: moment(),
    closedAt: moment(),
    createdBy: ref<UserId>(),
    version: integer().notNull().default(1),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'rotation_rounds_of_policy',
      columns: [t.districtId, t.policyId],
      foreignColumns: keyOf(policies),
    }),
    unique('rotation_rounds_name_once').on(t.districtId, t.year, t.name),
    check('rotation_rounds_state_known', oneOf('state', ['preparing', 'open', 'closed'])),
    check('rotation_rounds_kind_known', oneOf('kind', ['regular', 'backfill'])),
    check('rotation_rounds_open_has_policy', sql`kind = 'backfill' OR state = 'preparing' OR policy_id IS NOT NULL`),
  ],
)

/** The row every change of a round's cases locks first; numbers cases and batches, keeps the figures schools may read. */
export const roundCounters = pgTable(
  'round_counters',
  {
    districtId: districtId(),
    roundId: uuid().$type<RoundId>().notNull(),
    nextCase: integer().notNull().default(1),
    nextBatch: integer().notNull().default(1),
    figures: jsonb().$type<unknown>(),
    figuresAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.roundId] }),
    foreignKey({
      name: 'round_counters_of_round',
      columns: [t.districtId, t.roundId],
      foreignColumns: keyOf(rotationRounds),
    }),
    check('round_counters_positive', sql`next_case >= 1 AND next_batch >= 1`),
  ],
)

/** 交流岗位: places a school offers in a round. */
export const vacancies = pgTable(
  'vacancies',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    roundId: uuid().$type<RoundId>().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    stage: text().$type<Stage>().notNull(),
    subject: text().$type<Subject>().notNull(),
    places: integer().notNull(),
    state: text().$type<'suggested' | 'published' | 'closed'>().notNull(),
    note: text(),
    version: integer().notNull().default(1),
    changedBy: ref<UserId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'vacancies_of_round',
      columns: [t.districtId, t.roundId],
      foreignColumns: keyOf(rotationRounds),
    }),
    foreignKey({ name: 'vacancies_of_school', columns: [t.districtId, t.schoolId], foreignColumns: keyOf(schools) }),
    unique('vacancies_post_once').on(t.districtId, t.roundId, t.schoolId, t.stage, t.subject),
    check('vacancies_places_whole', sql`places >= 0`),
    check('vacancies_state_known', oneOf('state', ['suggested', 'published', 'closed'])),
  ],
)
