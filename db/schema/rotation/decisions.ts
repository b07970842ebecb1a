import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import type { CaseState } from '../../../lib/rules/rotation/case-states.ts'
import { RELATIONS, type Relation } from '../../../lib/rules/rotation/recusal.ts'
import type { CaseId, FileId, PersonId, TeacherId, UserId } from '../../../lib/rules/values/ids.ts'
import { day, districtId, keyOf, moment, oneOf, period, ref } from '../columns.ts'
import { users } from '../platform/accounts.ts'
import { teachers } from '../register/teachers.ts'
import { rotationCases } from './cases.ts'

/** The part a step plays in separation of duties (SD-1); other steps are `note`. */
export const DECISION_PARTS = ['prepare', 'approve', 'check', 'decide', 'note'] as const

/** Every step of a case: who, in which role, from → to, with the figures of that moment. */
export const caseDecisions = pgTable(
  'case_decisions',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    caseId: uuid().$type<CaseId>().notNull(),
    pass: integer().notNull(),
    action: text().notNull(),
    part: text({ enum: DECISION_PARTS }).notNull(),
    /** origin · destination · district · own · system */
    side: text().notNull(),
    fromState: text().$type<CaseState>(),
    toState: text().$type<CaseState>().notNull(),
    userId: uuid().$type<UserId>(),
    personId: ref<PersonId>(),
    byName: text().notNull(),
    role: text().notNull(),
    grantId: uuid(),
    /** The delegator, when a delegate decided; both are tested against separation of duties. */
    onBehalfOf: ref<UserId>(),
    onBehalfOfPerson: ref<PersonId>(),
    at: moment().notNull(),
    reason: text(),
    meeting: text(),
    meetingDate: day(),
    minutesNo: text(),
    /** 线下代录: decided on paper on this day, entered by a second hand, confirmed by another person. */
    paperDate: day(),
    paperFileId: ref<FileId>(),
    paperDecider: text(),
    paperConfirmedBy: ref<UserId>(),
    paperConfirmedAt: moment(),
    figures: jsonb().$type<unknown>(),
    snapshot: jsonb().$type<unknown>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'case_decisions_of_case',
      columns: [t.districtId, t.caseId],
      foreignColumns: keyOf(rotationCases),
    }),
    foreignKey({ name: 'case_decisions_by_user', columns: [t.districtId, t.userId], foreignColumns: keyOf(users) }),
    check('case_decisions_part_known', oneOf('part', DECISION_PARTS)),
    check('case_decisions_decider_known', sql`role = 'system' OR (user_id IS NOT NULL AND person_id IS NOT NULL)`),
    /** SD-1: 复核 ≠ 审批 in one pass; 经办 ≠ both, across passes, is the trigger's (0020_cases.sql). */
    uniqueIndex('case_decisions_three_people')
      .on(t.districtId, t.caseId, t.pass, t.personId)
      .where(sql`part IN ('check', 'decide')`),
    index('case_decisions_by_case').on(t.districtId, t.caseId),
    index('case_decisions_by_user').on(t.districtId, t.userId, t.at),
  ],
)

/** 委托: another decides in my post for a period (SD-7). */
export const delegations = pgTable(
  'delegations',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    fromUser: uuid().$type<UserId>().notNull(),
    grantId: uuid().notNull(),
    toUser: uuid().$type<UserId>().notNull(),
    reason: text(),
    ...period(),
    endedAt: moment(),
    createdAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'delegations_from_user', columns: [t.districtId, t.fromUser], foreignColumns: keyOf(users) }),
    foreignKey({ name: 'delegations_to_user', columns: [t.districtId, t.toUser], foreignColumns: keyOf(users) }),
    check('delegations_two_people', sql`from_user <> to_user`),
    check('delegations_at_most_30_days', sql`upper(during) - lower(during) <= 30`),
  ],
)

/** 回避: a declared relation between a decider and a subject (SD-5). */
export const recusals = pgTable(
  'recusals',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    userId: uuid().$type<UserId>().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    relation: text().$type<Relation>().notNull(),
    /** What more there is to say; asked for where the relation is another than those named. */
    reason: text().notNull().default(''),
    declaredBy: uuid().$type<UserId>().notNull(),
    declaredAt: moment().notNull(),
    endedBy: ref<UserId>(),
    endedAt: moment(),
    endReason: text(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'recusals_of_user', columns: [t.districtId, t.userId], foreignColumns: keyOf(users) }),
    foreignKey({ name: 'recusals_of_teacher', columns: [t.districtId, t.teacherId], foreignColumns: keyOf(teachers) }),
    check('recusals_relation_known', oneOf('relation', RELATIONS)),
    index('recusals_by_user').on(t.districtId, t.userId),
    index('recusals_by_teacher').on(t.districtId, t.teacherId).where(sql`ended_at IS NULL`),
    uniqueIndex('recusals_once').on(t.districtId, t.userId, t.teacherId).where(sql`ended_at IS NULL`),
  ],
)
