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
import type { EligibilityRule, EligibilityState, Reason } from '../../../lib/rules/rotation/eligibility-result.ts'
import type {
  FileId,
  Id,
  PersonId,
  PolicyId,
  RoundId,
  SchoolId,
  TeacherId,
  UserId,
} from '../../../lib/rules/values/ids.ts'
import { day, districtId, id, keyOf, moment, oneOf, period, ref } from '../columns.ts'
import { teachers } from '../register/teachers.ts'
import { policies } from './policies.ts'
import { rotationRounds } from './rounds.ts'

export type RollId = Id<'Roll'>

/** The frozen 符合条件名册 of a round; a 补充规定 makes a further version. */
export const eligibilityRolls = pgTable(
  'eligibility_rolls',
  {
    districtId: districtId(),
    id: id<RollId>(),
    roundId: uuid().$type<RoundId>().notNull(),
    version: integer().notNull(),
    policyId: uuid().$type<PolicyId>().notNull(),
    snapshotDate: day().notNull(),
    frozenAt: moment().notNull(),
    frozenBy: ref<UserId>(),
    counts: jsonb().$type<Record<string, number>>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'eligibility_rolls_of_round',
      columns: [t.districtId, t.roundId],
      foreignColumns: keyOf(rotationRounds),
    }),
    foreignKey({
      name: 'eligibility_rolls_of_policy',
      columns: [t.districtId, t.policyId],
      foreignColumns: keyOf(policies),
    }),
    unique('eligibility_rolls_version_once').on(t.districtId, t.roundId, t.version),
  ],
)

/** One person's outcome on a frozen roll, with every reason. */
export const rollEntries = pgTable(
  'roll_entries',
  {
    districtId: districtId(),
    rollId: uuid().$type<RollId>().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    stage: text().$type<Stage>(),
    subject: text().$type<Subject>(),
    state: text().$type<'eligible' | 'deferred' | 'exempt' | 'not_yet' | 'out_of_scope'>().notNull(),
    decidingRule: text().$type<EligibilityRule>(),
    tenureMonths: integer().notNull(),
    /** First day of the month in which service at the school began. */
    tenureStart: day(),
    retirementCategory: text(),
    retirementDate: day(),
    isBackbone: boolean().notNull(),
    isPrincipal: boolean().notNull(),
    nextChange: day(),
    /** In E of the round: eligible and, by the policy's scope, counted. */
    counted: boolean().notNull(),
    /** Every reason, in deciding order. */
    findings: jsonb().$type<Reason[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.rollId, t.teacherId] }),
    foreignKey({
      name: 'roll_entries_of_roll',
      columns: [t.districtId, t.rollId],
      foreignColumns: keyOf(eligibilityRolls),
    }),
    foreignKey({
      name: 'roll_entries_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    index('roll_entries_by_state').on(t.districtId, t.rollId, t.state),
    index('roll_entries_by_school').on(t.districtId, t.rollId, t.schoolId),
  ],
)

/** 名册变化: the nightly comparison of a frozen roll with the register found another outcome. */
export const rollChanges = pgTable(
  'roll_changes',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    roundId: uuid().$type<RoundId>().notNull(),
    /** The version of the roll it was compared with. */
    rollId: ref<RollId>(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    /** State before; `absent` when the roll does not list the person. */
    was: text().$type<EligibilityState | 'absent'>().notNull(),
    now: text().$type<EligibilityState | 'absent'>().notNull(),
    wasRule: text().$type<EligibilityRule>(),
    nowRule: text().$type<EligibilityRule>(),
    wasBackbone: boolean().notNull().default(false),
    nowBackbone: boolean().notNull().default(false),
    /** Every reason of the new outcome. */
    findings: jsonb().$type<Reason[]>().notNull(),
    foundAt: moment().notNull(),
    /** keep 维持 · follow 按新结果 · gone: the register came back to the frozen outcome by itself. */
    decision: text().$type<'keep' | 'follow' | 'gone'>(),
    decidedBy: ref<UserId>(),
    decidedByName: text(),
    decidedAt: moment(),
    reason: text(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'roll_changes_of_round',
      columns: [t.districtId, t.roundId],
      foreignColumns: keyOf(rotationRounds),
    }),
    foreignKey({
      name: 'roll_changes_of_roll',
      columns: [t.districtId, t.rollId],
      foreignColumns: keyOf(eligibilityRolls),
    }),
    uniqueIndex('roll_changes_one_open').on(t.districtId, t.roundId, t.teacherId).where(sql`decision IS NULL`),
    check('roll_changes_decision_known', sql`decision IS NULL OR decision IN ('keep', 'follow', 'gone')`),
  ],
)

/** 暂缓 or 免于 by decision (R-ELIG-10, R-ELIG-12 and registers): two steps, with an end. */
export const exemptions = pgTable(
  'exemptions',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    schoolId: ref<SchoolId>(),
    rule: text().notNull(),
    outcome: text().$type<'deferred' | 'exempt'>().notNull(),
    state: text().notNull(),
    reason: text().notNull(),
    minutesNo: text(),
    evidenceFileId: ref<FileId>(),
    ...period(),
    askedBy: uuid().$type<UserId>().notNull(),
    askedByPerson: uuid().$type<PersonId>().notNull(),
    askedByName: text().notNull(),
    askedAt: moment().notNull(),
    checkedBy: ref<UserId>(),
    checkedByPerson: ref<PersonId>(),
    checkedByName: text(),
    checkedAt: moment(),
    decidedBy: ref<UserId>(),
    decidedByPerson: ref<PersonId>(),
    decidedByName: text(),
    decidedAt: moment(),
    decisionReason: text(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'exemptions_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    check('exemptions_outcome_known', oneOf('outcome', ['deferred', 'exempt'])),
    check('exemptions_state_known', oneOf('state', ['asked', 'checked', 'granted', 'refused', 'withdrawn', 'ended'])),
    check('exemptions_ends', sql`upper(during) IS NOT NULL`),
    check(
      'exemptions_two_people',
      sql`decided_by_person IS NULL OR (decided_by_person <> asked_by_person AND decided_by_person <> checked_by_person)`,
    ),
    index('exemptions_by_teacher').on(t.districtId, t.teacherId),
  ],
)
