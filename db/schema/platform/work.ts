import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { GrantId, PersonId, UserId } from '../../../lib/rules/values/ids.ts'
import { day, districtId, keyOf, moment, oneOf, ref } from '../columns.ts'
import { users } from './accounts.ts'

/** Work asked for in a business transaction, done by the worker; the table is the queue. */
export const jobs = pgTable(
  'jobs',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    name: text().notNull(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    userId: ref<UserId>(),
    grantId: ref<GrantId>(),
    state: text().notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    progress: jsonb().$type<unknown>(),
    result: jsonb().$type<unknown>(),
    failure: text(),
    runAfter: moment().notNull(),
    createdAt: moment().notNull(),
    startedAt: moment(),
    finishedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    check('jobs_state_known', oneOf('state', ['waiting', 'running', 'done', 'failed', 'cancelled'])),
    index('jobs_due').on(t.districtId, t.state, t.runAfter),
  ],
)

/** When a daily job last ran for a day, so that a missed day is made up and none runs twice. */
export const jobRuns = pgTable(
  'job_runs',
  {
    districtId: districtId(),
    name: text().notNull(),
    forDay: day().notNull(),
    at: moment().notNull(),
    report: jsonb().$type<unknown>(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.name, t.forDay] })],
)

/** A message to one user; `href` lands on the very card. */
export const notifications = pgTable(
  'notifications',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    userId: uuid().$type<UserId>().notNull(),
    kind: text().notNull(),
    key: text().notNull(),
    values: jsonb().$type<Record<string, string | number>>().notNull().default({}),
    href: text(),
    at: moment().notNull(),
    readAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'notifications_of_user', columns: [t.districtId, t.userId], foreignColumns: keyOf(users) }),
    index('notifications_by_user').on(t.districtId, t.userId, t.at),
  ],
)

/** A list's address kept under a name, and a user's own settings of a list (columns, density). */
export const savedViews = pgTable(
  'saved_views',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    userId: uuid().$type<UserId>().notNull(),
    page: text().notNull(),
    /** Empty name: the user's standing preferences of that list. */
    name: text().notNull(),
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    at: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    unique('saved_views_name_once').on(t.districtId, t.userId, t.page, t.name),
    foreignKey({ name: 'saved_views_of_user', columns: [t.districtId, t.userId], foreignColumns: keyOf(users) }),
  ],
)

/** The answer of a command already done under this key: a double click gets the same answer. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    districtId: districtId(),
    userId: uuid().$type<UserId>().notNull(),
    key: text().notNull(),
    command: text().notNull(),
    payloadHash: text().notNull(),
    answer: jsonb().$type<unknown>().notNull(),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.userId, t.key] })],
)

/** A two-person operation: asked by one, answered by another, executed on exactly the approved payload. */
export const approvals2 = pgTable(
  'approvals2',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    operation: text().notNull(),
    subjectId: text().notNull(),
    payloadHash: text().notNull(),
    payload: jsonb().$type<unknown>().notNull(),
    summary: jsonb().$type<unknown>().notNull(),
    askedBy: uuid().$type<UserId>().notNull(),
    askedByPerson: uuid().$type<PersonId>().notNull(),
    askedByName: text().notNull(),
    askedAt: moment().notNull(),
    reason: text(),
    answeredBy: ref<UserId>(),
    answeredByPerson: ref<PersonId>(),
    answeredByName: text(),
    answeredAt: moment(),
    answerReason: text(),
    verdict: text(),
    executedAt: moment(),
    expiresAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    check('approvals2_two_people', sql`answered_by_person IS NULL OR answered_by_person <> asked_by_person`),
    check('approvals2_verdict_known', sql`verdict IS NULL OR verdict IN ('approved', 'refused')`),
    check('approvals2_executed_if_approved', sql`executed_at IS NULL OR verdict = 'approved'`),
    index('approvals2_open').on(t.districtId, t.verdict, t.expiresAt),
  ],
)
