import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
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
import { ASSESSMENT_RESULTS, type Stage, type Subject } from '../../lib/rules/register/vocabulary.ts'
import { BUREAU_REASONS, type BureauReason } from '../../lib/rules/rotation/case-facts.ts'
import { CASE_STATES, type CaseState, ENDED_STATES } from '../../lib/rules/rotation/case-states.ts'
import type { EligibilityRule, EligibilityState, Reason } from '../../lib/rules/rotation/eligibility-result.ts'
import type { OtherForm } from '../../lib/rules/rotation/forms.ts'
import type {
  BatchId,
  CaseId,
  FileId,
  Id,
  NoticeId,
  OrderId,
  PersonId,
  PolicyId,
  RoundId,
  SchoolId,
  TeacherId,
  UserId,
} from '../../lib/rules/values/ids.ts'
import { bytes, day, districtId, id, keyOf, moment, oneOf, period, ref } from './columns.ts'
import { districts, users } from './platform.ts'
import { schools, teachers } from './register.ts'

export type RollId = Id<'Roll'>
export type PostingId = Id<'Posting'>
export type ScenarioId = Id<'Scenario'>

/** A versioned rule set of a school year (design.md §5); `content` is validated by the policy schema. */
export const policies = pgTable(
  'policies',
  {
    districtId: districtId(),
    id: id<PolicyId>(),
    year: integer().notNull(),
    version: integer().notNull(),
    title: text().notNull(),
    documentNo: text(),
    content: jsonb().$type<Record<string, unknown>>().notNull(),
    state: text().$type<'draft' | 'submitted' | 'active' | 'superseded' | 'refused'>().notNull(),
    /** 补充规定: made for one open round in mid-round. */
    forRoundId: ref<RoundId>(),
    preparedBy: uuid().$type<UserId>(),
    preparedByPerson: ref<PersonId>(),
    preparedByName: text().notNull(),
    preparedAt: moment().notNull(),
    decidedBy: ref<UserId>(),
    decidedByPerson: ref<PersonId>(),
    decidedByName: text(),
    decidedAt: moment(),
    rowVersion: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'policies_of_district', columns: [t.districtId], foreignColumns: [districts.id] }),
    unique('policies_version_once').on(t.districtId, t.year, t.version),
    check('policies_state_known', oneOf('state', ['draft', 'submitted', 'active', 'superseded', 'refused'])),
    check('policies_two_people', sql`decided_by_person IS NULL OR decided_by_person <> prepared_by_person`),
    check('policies_active_numbered', sql`state <> 'active' OR document_no IS NOT NULL`),
  ],
)

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

/** 分批审定: cases of a round decided in one act. The hard quota binds at the batch marked last. */
export const decisionBatches = pgTable(
  'decision_batches',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    roundId: uuid().$type<RoundId>().notNull(),
    number: integer().notNull(),
    isLast: boolean().notNull(),
    meeting: text().notNull(),
    meetingDate: day().notNull(),
    minutesNo: text().notNull(),
    figures: jsonb().$type<unknown>().notNull(),
    overruleReason: text(),
    overruleConfirmedBy: ref<UserId>(),
    decidedBy: uuid().$type<UserId>().notNull(),
    decidedByPerson: uuid().$type<PersonId>().notNull(),
    decidedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'decision_batches_of_round',
      columns: [t.districtId, t.roundId],
      foreignColumns: keyOf(rotationRounds),
    }),
    unique('decision_batches_number_once').on(t.districtId, t.roundId, t.number),
    check(
      'decision_batches_overrule_by_two',
      sql`overrule_confirmed_by IS NULL OR overrule_confirmed_by <> decided_by`,
    ),
  ],
)

/** 交流申报: one person's move in one round, from draft to return. */
export const rotationCases = pgTable(
  'rotation_cases',
  {
    districtId: districtId(),
    id: id<CaseId>(),
    number: integer().notNull(),
    roundId: uuid().$type<RoundId>().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    state: text().$type<CaseState>().notNull(),
    /** National form code 1–9 (domain.md §2.5). */
    form: integer().notNull(),
    movesRelation: boolean().notNull(),
    fromSchoolId: uuid().$type<SchoolId>().notNull(),
    toSchoolId: ref<SchoolId>(),
    stage: text().$type<Stage>(),
    subject: text().$type<Subject>(),
    startsOn: day().notNull(),
    /** Last day of the posting, inclusive; null for a permanent move. */
    endsOn: day(),
    source: text().$type<'applied' | 'nominated' | 'hr' | 'planner' | 'register'>().notNull(),
    /** R-ELIG-13: not on the roll as eligible, came forward. */
    isVoluntary: boolean().notNull().default(false),
    isBackbone: boolean().notNull().default(false),
    /** Year two or later of a posting. */
    isContinuing: boolean().notNull().default(false),
    acceptsAllocation: boolean().notNull().default(false),
    reason: text().notNull().default(''),
    acknowledgedAt: moment(),
    preparedBy: ref<UserId>(),
    preparedByPerson: ref<PersonId>(),
    preparedByName: text().notNull(),
    /** Pass number: a return to an earlier step starts another pass of deciding steps. */
    pass: integer().notNull().default(1),
    dueOn: day(),
    escalatedAt: moment(),
    decisionBatchId: uuid(),
    noticeId: ref<NoticeId>(),
    scenarioId: ref<ScenarioId>(),
    /** Stage taught before the move; another than `stage` makes it a cross-stage move (R-MATCH-3). */
    teacherStage: text().$type<Stage>(),
    /** Kind of 其他 (form 9). */
    otherForm: text().$type<OtherForm>(),
    /** 走教 (form 8) counts from a number of periods a week. */
    periodsPerWeek: integer(),
    /** 本人同意, beyond 知悉. */
    consentedAt: moment(),
    /** The bureau accepts that the origin falls below its need in the subject. */
    shortageAccepted: boolean().notNull().default(false),
    /** Why the origin's or the destination's step is the bureau's; null while it is the school's. */
    originByBureau: text().$type<BureauReason>(),
    destinationByBureau: text().$type<BureauReason>(),
    /** The origin has agreed once: from then on the destination sees the case, also when it is sent back (kept by trigger). */
    shownToDestination: boolean().notNull().default(false),
    /** 改派 or 递补: the case this one replaces. */
    replacesCaseId: ref<CaseId>(),
    reportedOn: day(),
    version: integer().notNull().default(1),
    createdAt: moment().notNull(),
    changedAt: moment().notNull(),
    changedByName: text(),
    /** Day on which the present state was entered. */
    enteredStateOn: day(),
    remindedOn: day(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    check('rotation_cases_origin_route_known', oneOf('origin_by_bureau', BUREAU_REASONS)),
    check('rotation_cases_destination_route_known', oneOf('destination_by_bureau', BUREAU_REASONS)),
    foreignKey({
      name: 'rotation_cases_of_round',
      columns: [t.districtId, t.roundId],
      foreignColumns: keyOf(rotationRounds),
    }),
    foreignKey({
      name: 'rotation_cases_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    foreignKey({
      name: 'rotation_cases_from_school',
      columns: [t.districtId, t.fromSchoolId],
      foreignColumns: keyOf(schools),
    }),
    foreignKey({
      name: 'rotation_cases_to_school',
      columns: [t.districtId, t.toSchoolId],
      foreignColumns: keyOf(schools),
    }),
    foreignKey({
      name: 'rotation_cases_in_batch',
      columns: [t.districtId, t.decisionBatchId],
      foreignColumns: keyOf(decisionBatches),
    }),
    foreignKey({
      name: 'rotation_cases_replaces_case',
      columns: [t.districtId, t.replacesCaseId],
      foreignColumns: [t.districtId as AnyPgColumn, t.id as AnyPgColumn],
    }),
    unique('rotation_cases_number_once').on(t.districtId, t.roundId, t.number),
    uniqueIndex('rotation_cases_one_live')
      .on(t.districtId, t.roundId, t.teacherId)
      .where(sql.raw(`state NOT IN (${ENDED_STATES.map((state) => `'${state}'`).join(', ')})`)),
    check('rotation_cases_state_known', oneOf('state', CASE_STATES)),
    check('rotation_cases_form_known', sql`form BETWEEN 1 AND 9`),
    check('rotation_cases_two_schools', sql`to_school_id IS NULL OR to_school_id <> from_school_id`),
    check(
      'rotation_cases_destination_known',
      sql`to_school_id IS NOT NULL OR state IN ('draft', 'submitted', 'origin_approved', 'rejected', 'withdrawn')`,
    ),
    check('rotation_cases_order_of_days', sql`ends_on IS NULL OR ends_on >= starts_on`),
    check('rotation_cases_permanent_or_dated', sql`moves_relation OR ends_on IS NOT NULL`),
    index('rotation_cases_by_round').on(t.districtId, t.roundId, t.state),
    index('rotation_cases_by_teacher').on(t.districtId, t.teacherId),
    index('rotation_cases_by_origin').on(t.districtId, t.fromSchoolId),
    index('rotation_cases_by_destination').on(t.districtId, t.toSchoolId),
  ],
)

/** 志愿: at most three schools, in order. */
export const wishes = pgTable(
  'wishes',
  {
    districtId: districtId(),
    caseId: uuid().$type<CaseId>().notNull(),
    rank: integer().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.caseId, t.rank] }),
    foreignKey({ name: 'wishes_of_case', columns: [t.districtId, t.caseId], foreignColumns: keyOf(rotationCases) }),
    foreignKey({ name: 'wishes_for_school', columns: [t.districtId, t.schoolId], foreignColumns: keyOf(schools) }),
    unique('wishes_school_once').on(t.districtId, t.caseId, t.schoolId),
    check('wishes_at_most_three', sql`rank BETWEEN 1 AND 3`),
  ],
)

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
    relation: text().notNull(),
    declaredBy: uuid().$type<UserId>().notNull(),
    declaredAt: moment().notNull(),
    endedBy: ref<UserId>(),
    endedAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'recusals_of_user', columns: [t.districtId, t.userId], foreignColumns: keyOf(users) }),
    foreignKey({ name: 'recusals_of_teacher', columns: [t.districtId, t.teacherId], foreignColumns: keyOf(teachers) }),
    index('recusals_by_user').on(t.districtId, t.userId),
  ],
)

/** 公示; `correction` 更正公示 replaces one entry of an earlier one. */
export const publicNotices = pgTable(
  'public_notices',
  {
    districtId: districtId(),
    id: id<NoticeId>(),
    roundId: uuid().$type<RoundId>().notNull(),
    kind: text().$type<'first' | 'correction'>().notNull(),
    number: integer().notNull(),
    title: text().notNull(),
    state: text().$type<'draft' | 'published' | 'ended' | 'withdrawn'>().notNull(),
    days: integer().notNull(),
    publishedOn: day(),
    /** Last day, ends 24:00. */
    endsOn: day(),
    phone: text().notNull(),
    mail: text().notNull(),
    replacesNoticeId: ref<NoticeId>(),
    documentNo: text(),
    preparedBy: uuid().$type<UserId>().notNull(),
    preparedByPerson: uuid().$type<PersonId>().notNull(),
    publishedBy: ref<UserId>(),
    publishedByPerson: ref<PersonId>(),
    preparedAt: moment().notNull(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'public_notices_of_round',
      columns: [t.districtId, t.roundId],
      foreignColumns: keyOf(rotationRounds),
    }),
    unique('public_notices_number_once').on(t.districtId, t.roundId, t.number),
    check('public_notices_state_known', oneOf('state', ['draft', 'published', 'ended', 'withdrawn'])),
    check('public_notices_two_people', sql`published_by_person IS NULL OR published_by_person <> prepared_by_person`),
    check('public_notices_five_or_seven_days', sql`days IN (5, 7)`),
    check('public_notices_published_dated', sql`state = 'draft' OR (published_on IS NOT NULL AND ends_on IS NOT NULL)`),
  ],
)

/** A line of a notice: exactly the columns of R-PUB-3, frozen as text at publication. */
export const noticeEntries = pgTable(
  'notice_entries',
  {
    districtId: districtId(),
    noticeId: uuid().$type<NoticeId>().notNull(),
    seq: integer().notNull(),
    caseId: uuid().$type<CaseId>().notNull(),
    name: text().notNull(),
    fromSchool: text().notNull(),
    subject: text().notNull(),
    toSchool: text().notNull(),
    form: text().notNull(),
    term: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.noticeId, t.seq] }),
    foreignKey({
      name: 'notice_entries_of_notice',
      columns: [t.districtId, t.noticeId],
      foreignColumns: keyOf(publicNotices),
    }),
    foreignKey({
      name: 'notice_entries_of_case',
      columns: [t.districtId, t.caseId],
      foreignColumns: keyOf(rotationCases),
    }),
    unique('notice_entries_case_once').on(t.districtId, t.noticeId, t.caseId),
  ],
)

/** 异议; who objects and the text are class f8, in objection_parties. */
export const objections = pgTable(
  'objections',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    caseId: uuid().$type<CaseId>().notNull(),
    noticeId: uuid().$type<NoticeId>().notNull(),
    state: text().$type<'open' | 'upheld' | 'dismissed'>().notNull(),
    receivedOn: day().notNull(),
    enteredBy: ref<UserId>(),
    handlerId: ref<UserId>(),
    handlerPerson: ref<PersonId>(),
    outcome: text(),
    proposedAt: moment(),
    decidedBy: ref<UserId>(),
    decidedAt: moment(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'objections_of_case', columns: [t.districtId, t.caseId], foreignColumns: keyOf(rotationCases) }),
    foreignKey({
      name: 'objections_of_notice',
      columns: [t.districtId, t.noticeId],
      foreignColumns: keyOf(publicNotices),
    }),
    check('objections_state_known', oneOf('state', ['open', 'upheld', 'dismissed'])),
    check('objections_outcome_written', sql`state = 'open' OR (outcome IS NOT NULL AND decided_by IS NOT NULL)`),
    check('objections_decider_not_handler', sql`decided_by IS NULL OR decided_by <> handler_id`),
  ],
)

export const objectionParties = pgTable(
  'objection_parties',
  {
    districtId: districtId(),
    objectionId: uuid().notNull(),
    userId: ref<UserId>(),
    name: bytes(),
    contact: bytes(),
    text: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.objectionId] }),
    foreignKey({
      name: 'objection_parties_of_objection',
      columns: [t.districtId, t.objectionId],
      foreignColumns: keyOf(objections),
    }),
  ],
)

/** 调令 (the relation moves) or 交流通知书 (it does not), one a person, uniquely numbered. */
export const orders = pgTable(
  'orders',
  {
    districtId: districtId(),
    id: id<OrderId>(),
    roundId: uuid().$type<RoundId>().notNull(),
    caseId: uuid().$type<CaseId>().notNull(),
    kind: text().$type<'transfer' | 'posting' | 'cancellation' | 'change'>().notNull(),
    /** Orders numbered in one act; issued in one act too. */
    batchId: uuid(),
    prefix: text().notNull(),
    year: integer().notNull(),
    serial: integer().notNull(),
    state: text().$type<'prepared' | 'issued' | 'cancelled'>().notNull(),
    effectiveOn: day().notNull(),
    /** 暂缓报到: later day agreed by two people. */
    deferredTo: day(),
    reportBy: day().notNull(),
    preparedBy: uuid().$type<UserId>().notNull(),
    preparedByPerson: uuid().$type<PersonId>().notNull(),
    preparedAt: moment().notNull(),
    issuedBy: ref<UserId>(),
    issuedByPerson: ref<PersonId>(),
    issuedAt: moment(),
    /** The district's day of issue, printed on the order. */
    issuedOn: day(),
    appliedAt: moment(),
    /** Applied after its day: 补执行. */
    appliedLate: boolean().notNull().default(false),
    remindedOn: day(),
    cancelledAt: moment(),
    cancelReason: text(),
    cancelDocumentNo: text(),
    version: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'orders_of_round', columns: [t.districtId, t.roundId], foreignColumns: keyOf(rotationRounds) }),
    foreignKey({ name: 'orders_of_case', columns: [t.districtId, t.caseId], foreignColumns: keyOf(rotationCases) }),
    unique('orders_number_once').on(t.districtId, t.prefix, t.year, t.serial),
    uniqueIndex('orders_one_live').on(t.districtId, t.caseId).where(sql`state <> 'cancelled'`),
    check('orders_kind_known', oneOf('kind', ['transfer', 'posting', 'cancellation', 'change'])),
    check('orders_state_known', oneOf('state', ['prepared', 'issued', 'cancelled'])),
    check('orders_two_people', sql`issued_by_person IS NULL OR issued_by_person <> prepared_by_person`),
    check('orders_issued_by_somebody', sql`state <> 'issued' OR issued_by IS NOT NULL`),
    index('orders_due').on(t.districtId, t.state, t.effectiveOn),
  ],
)

/** 更正、暂缓报到、改派、撤销、递补 after deciding: by two people, with a document. */
export const afterDecisions = pgTable(
  'after_decisions',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    kind: text().notNull(),
    caseId: uuid().$type<CaseId>().notNull(),
    documentNo: text().notNull(),
    reason: text().notNull(),
    payload: jsonb().$type<unknown>().notNull(),
    figures: jsonb().$type<unknown>().notNull(),
    askedBy: uuid().$type<UserId>().notNull(),
    answeredBy: uuid().$type<UserId>().notNull(),
    at: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'after_decisions_of_case',
      columns: [t.districtId, t.caseId],
      foreignColumns: keyOf(rotationCases),
    }),
    check('after_decisions_kind_known', oneOf('kind', ['correct', 'defer_report', 'reassign', 'revoke', 'substitute'])),
    check('after_decisions_two_people', sql`answered_by <> asked_by`),
  ],
)

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

/** 互换征询: one person of an exchange cycle, asked before it becomes cases. */
export const exchangeConsents = pgTable(
  'exchange_consents',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    scenarioId: uuid().$type<ScenarioId>().notNull(),
    roundId: uuid().$type<RoundId>().notNull(),
    /** Place of the cycle in the scenario's list. */
    cycle: integer().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    fromSchoolId: uuid().$type<SchoolId>().notNull(),
    toSchoolId: uuid().$type<SchoolId>().notNull(),
    stage: text().$type<Stage>().notNull(),
    subject: text().$type<Subject>().notNull(),
    agreed: boolean(),
    offeredBy: uuid().$type<UserId>().notNull(),
    offeredAt: moment().notNull(),
    answeredAt: moment(),
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
    unique('exchange_consents_once').on(t.districtId, t.scenarioId, t.teacherId),
    check('exchange_consents_answered_dated', sql`(agreed IS NULL) = (answered_at IS NULL)`),
    index('exchange_consents_by_teacher').on(t.districtId, t.teacherId),
  ],
)
