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
import type { Stage, Subject } from '../../../lib/rules/register/vocabulary.ts'
import {
  BUREAU_BARRED,
  BUREAU_REASONS,
  type BureauBarred,
  type BureauReason,
} from '../../../lib/rules/rotation/case-facts.ts'
import { CASE_STATES, type CaseState, ENDED_STATES } from '../../../lib/rules/rotation/case-states.ts'
import type { OtherForm } from '../../../lib/rules/rotation/forms.ts'
import type { CaseId, NoticeId, PersonId, RoundId, SchoolId, TeacherId, UserId } from '../../../lib/rules/values/ids.ts'
import { day, districtId, id, keyOf, moment, oneOf, ref } from '../columns.ts'
import { schools } from '../register/schools.ts'
import { teachers } from '../register/teachers.ts'
import { rotationRounds } from './rounds.ts'
import type { ExchangeId, ScenarioId } from './scenarios.ts'

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
    /** 校际互换: the cases of one exchange carry the same id. */
    exchangeId: ref<ExchangeId>(),
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
    /** Whom of the bureau nobody unrelated is left of for the present step (SD-5); kept by the worker. */
    bureauBarred: text().$type<BureauBarred>(),
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
    check('rotation_cases_barred_known', oneOf('bureau_barred', BUREAU_BARRED)),
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
    index('rotation_cases_by_exchange').on(t.districtId, t.exchangeId).where(sql`exchange_id IS NOT NULL`),
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
