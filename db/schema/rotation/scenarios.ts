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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Stage, Subject } from '../../../lib/rules/register/vocabulary.ts'
import type { CaseId, Id, RoundId, SchoolId, TeacherId, UserId } from '../../../lib/rules/values/ids.ts'
import { day, districtId, id, keyOf, moment, oneOf, ref } from '../columns.ts'
import { schools } from '../register/schools.ts'
import { teachers } from '../register/teachers.ts'
import { eligibilityRolls, type RollId } from './rolls.ts'
import { rotationRounds } from './rounds.ts'

export type ScenarioId = Id<'Scenario'>
export type ExchangeId = Id<'Exchange'>

/** A planner scenario: a frozen instance, its locks and edits, the solver's state and result. */
export const scenarios = pgTable(
  'scenarios',
  {
    districtId: districtId(),
    id: id<ScenarioId>(),
    /** Null: an instance from elsewhere, read-only. */
    roundId: uuid().$type<RoundId>(),
    name: text().notNull(),
    state: text()
      .$type<'draft' | 'queued' | 'solving' | 'solved' | 'infeasible' | 'failed' | 'cancelled' | 'adopted'>()
      .notNull(),
    /** `junheng-plan/1`, byte for byte as hashed; changes only in a draft. */
    instance: text().notNull(),
    instanceSha256: text().notNull(),
    /** Opaque id of the instance → teacher or members of a group, in the order of planner.md §7. */
    members: jsonb().$type<Record<string, TeacherId[]>>().notNull().default({}),
    /** Id of a school in the instance → school. */
    schools: jsonb().$type<Record<string, SchoolId>>().notNull().default({}),
    /** Locks, stays, forbids, pairs and pinned intakes as set by hand, under the register's own ids. */
    hand: jsonb().$type<unknown>().notNull().default({}),
    result: jsonb().$type<unknown>(),
    check: jsonb().$type<unknown>(),
    progress: jsonb().$type<unknown>(),
    /** Prices asked for: of a lock, of choosing a person. */
    prices: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    /** Exchange cycles found among wishes, and who agreed. */
    exchanges: jsonb().$type<unknown>(),
    failure: text(),
    basedOn: ref<ScenarioId>(),
    rollId: ref<RollId>(),
    jobId: uuid(),
    /** Seconds. */
    timeLimit: integer(),
    cancelAsked: boolean().notNull().default(false),
    queuedAt: moment(),
    startedAt: moment(),
    finishedAt: moment(),
    createdBy: uuid().$type<UserId>().notNull(),
    createdByName: text().notNull(),
    createdAt: moment().notNull(),
    changedAt: moment().notNull(),
    adoptedAt: moment(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'scenarios_of_round',
      columns: [t.districtId, t.roundId],
      foreignColumns: keyOf(rotationRounds),
    }),
    check(
      'scenarios_state_known',
      oneOf('state', ['draft', 'queued', 'solving', 'solved', 'infeasible', 'failed', 'cancelled', 'adopted']),
    ),
    foreignKey({
      name: 'scenarios_of_roll',
      columns: [t.districtId, t.rollId],
      foreignColumns: keyOf(eligibilityRolls),
    }),
    check('scenarios_time_limit_sane', sql`time_limit IS NULL OR time_limit BETWEEN 1 AND 3600`),
    check(
      'scenarios_plan_checked',
      sql`state NOT IN ('solved', 'adopted') OR (result IS NOT NULL AND ("check" ->> 'ok') = 'true')`,
    ),
    check('scenarios_adopted_of_round', sql`state <> 'adopted' OR (round_id IS NOT NULL AND adopted_at IS NOT NULL)`),
    check('scenarios_name_not_empty', sql`length(name) BETWEEN 1 AND 120`),
    uniqueIndex('scenarios_one_adopted').on(t.districtId, t.roundId).where(sql`state = 'adopted'`),
    uniqueIndex('scenarios_name_once').on(t.districtId, t.roundId, t.name),
    index('scenarios_waiting').on(t.districtId, t.state, t.queuedAt),
  ],
)

/** 互换征询: one person of an exchange cycle, asked before it becomes cases. */
export const exchangeConsents = pgTable(
  'exchange_consents',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    scenarioId: uuid().$type<ScenarioId>().notNull(),
    roundId: uuid().$type<RoundId>().notNull(),
    /** Shared by everybody of the exchange, and by the cases made of it. */
    exchangeId: uuid().$type<ExchangeId>().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    fromSchoolId: uuid().$type<SchoolId>().notNull(),
    toSchoolId: uuid().$type<SchoolId>().notNull(),
    stage: text().$type<Stage>().notNull(),
    subject: text().$type<Subject>().notNull(),
    /** Rank of the school among the person's wishes. */
    rank: integer().notNull(),
    agreed: boolean(),
    offeredBy: uuid().$type<UserId>().notNull(),
    offeredAt: moment().notNull(),
    /** Last day on which it can be answered. */
    answerUntil: day().notNull(),
    answeredAt: moment(),
    caseId: ref<CaseId>(),
    withdrawnAt: moment(),
  },
  (t) => [
    primaryKey({ name: 'exchange_consents_pk', columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'exchange_consents_of_scenario',
      columns: [t.districtId, t.scenarioId],
      foreignColumns: keyOf(scenarios),
    }).onDelete('cascade'),
    foreignKey({
      name: 'exchange_consents_of_round',
      columns: [t.districtId, t.roundId],
      foreignColumns: keyOf(rotationRounds),
    }),
    foreignKey({
      name: 'exchange_consents_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    foreignKey({
      name: 'exchange_consents_from_school',
      columns: [t.districtId, t.fromSchoolId],
      foreignColumns: keyOf(schools),
    }),
    foreignKey({
      name: 'exchange_consents_to_school',
      columns: [t.districtId, t.toSchoolId],
      foreignColumns: keyOf(schools),
    }),
    unique('exchange_consents_once').on(t.districtId, t.exchangeId, t.teacherId),
    check('exchange_consents_answered_dated', sql`(agreed IS NULL) = (answered_at IS NULL)`),
    check('exchange_consents_case_agreed', sql`case_id IS NULL OR (agreed AND withdrawn_at IS NULL)`),
    index('exchange_consents_by_teacher').on(t.districtId, t.teacherId),
    index('exchange_consents_by_round').on(t.districtId, t.roundId),
  ],
)
