import { sql } from 'drizzle-orm'
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { CertificateKind, EducationLevel, Sex, Stage, Subject } from '../../lib/rules/register/vocabulary.ts'
import {
  ASSIGNED,
  CANDIDATE_STATES,
  type CandidateState,
  ENDED,
  IN_POOL,
  RESERVE_CHANNELS,
  type ReserveChannel,
} from '../../lib/rules/reserve/pipeline.ts'
import { STUDIO_KINDS, STUDIO_LEVELS, type StudioKind } from '../../lib/rules/talent/studio.ts'
import type { BatchId, CandidateId, SchoolId, StudioId, TeacherId, UserId } from '../../lib/rules/values/ids.ts'
import { bytes, day, districtId, id, keyOf, moment, oneOf, period, ref } from './columns.ts'
import { districts } from './platform/districts.ts'
import { schools } from './register/schools.ts'
import { teachers } from './register/teachers.ts'

export type { CandidateId, StudioId }
export type StudioLevelCode = (typeof STUDIO_LEVELS)[number]

/** 名校长工作室 or 名师工作室 for one cycle. */
export const studios = pgTable(
  'studios',
  {
    districtId: districtId(),
    id: id<StudioId>(),
    name: text().notNull(),
    level: text().$type<StudioLevelCode>().notNull(),
    kind: text().$type<StudioKind>().notNull(),
    subject: text().$type<Subject>(),
    ...period(),
    version: integer().notNull().default(1),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'studios_of_district', columns: [t.districtId], foreignColumns: [districts.id] }),
    unique('studios_name_once').on(t.districtId, t.name),
    check('studios_level_known', oneOf('level', STUDIO_LEVELS)),
    check('studios_kind_known', oneOf('kind', Object.keys(STUDIO_KINDS))),
    check('studios_during_not_empty', sql`NOT isempty(during)`),
  ],
)

/** Host 主持人 or member 成员 of a studio, dated; one host on any day. */
export const studioMemberships = pgTable(
  'studio_memberships',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    studioId: uuid().$type<StudioId>().notNull(),
    teacherId: uuid().$type<TeacherId>().notNull(),
    role: text().$type<'host' | 'member'>().notNull(),
    /** As on the studio's own list: readers who may not see the person's record read these. */
    personName: text().notNull(),
    /** School on the day of joining. */
    schoolId: ref<SchoolId>(),
    ...period(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'studio_memberships_of_studio',
      columns: [t.districtId, t.studioId],
      foreignColumns: keyOf(studios),
    }),
    foreignKey({
      name: 'studio_memberships_of_teacher',
      columns: [t.districtId, t.teacherId],
      foreignColumns: keyOf(teachers),
    }),
    foreignKey({
      name: 'studio_memberships_at_school',
      columns: [t.districtId, t.schoolId],
      foreignColumns: keyOf(schools),
    }),
    check('studio_memberships_role_known', oneOf('role', ['host', 'member'])),
    check('studio_memberships_during_not_empty', sql`NOT isempty(during)`),
    index('studio_memberships_by_teacher').on(t.districtId, t.teacherId),
  ],
)

/** 储备教师: one candidate or hire of a recruitment year. */
export const reserveCandidates = pgTable(
  'reserve_candidates',
  {
    districtId: districtId(),
    id: id<CandidateId>(),
    number: text().notNull(),
    name: text().notNull(),
    sex: text().$type<Sex>().notNull(),
    year: integer().notNull(),
    channel: text().$type<ReserveChannel>().notNull(),
    stage: text().$type<Stage>().notNull(),
    subject: text().$type<Subject>().notNull(),
    education: text().$type<EducationLevel>(),
    graduatedFrom: text(),
    major: text(),
    certificateKind: text().$type<CertificateKind>(),
    certificateSubject: text().$type<Subject>(),
    state: text().$type<CandidateState>().notNull(),
    /** 入库 date; the yearly counter counts persons by its calendar year (R-POOL-2). */
    pooledOn: day(),
    /** Last day in the pool before re-assessment 库龄到期. */
    poolUntil: day(),
    leftOn: day(),
    leftReason: text(),
    version: integer().notNull().default(1),
    batchId: ref<BatchId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'reserve_candidates_of_district', columns: [t.districtId], foreignColumns: [districts.id] }),
    unique('reserve_candidates_number_once').on(t.districtId, t.number),
    check('reserve_candidates_channel_known', oneOf('channel', Object.keys(RESERVE_CHANNELS))),
    check('reserve_candidates_state_known', oneOf('state', Object.keys(CANDIDATE_STATES))),
    check(
      'reserve_candidates_pooled_dated',
      sql.raw(
        `state NOT IN (${[...IN_POOL, ...ASSIGNED].map((state) => `'${state}'`).join(', ')}) OR pooled_on IS NOT NULL`,
      ),
    ),
    check(
      'reserve_candidates_left_dated',
      sql.raw(`(state IN (${ENDED.map((state) => `'${state}'`).join(', ')})) = (left_on IS NOT NULL)`),
    ),
    index('reserve_candidates_by_year').on(t.districtId, t.year),
    index('reserve_candidates_by_entry').on(t.districtId, t.pooledOn),
  ],
)

/** Sensitive part of a candidate: f4, and sealed the ID number and phone. Scores in hundredths of a point. */
export const candidateScores = pgTable(
  'candidate_scores',
  {
    districtId: districtId(),
    candidateId: uuid().$type<CandidateId>().notNull(),
    idNumber: bytes(),
    phone: bytes(),
    written: integer(),
    interview: integer(),
    rank: integer(),
    /** passed · failed; no finding is kept. */
    medicalPassed: text().$type<'passed' | 'failed'>(),
    backgroundPassed: text().$type<'passed' | 'failed'>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.candidateId] }),
    foreignKey({
      name: 'candidate_scores_of_candidate',
      columns: [t.districtId, t.candidateId],
      foreignColumns: keyOf(reserveCandidates),
    }),
  ],
)

/** Each change of a candidate's state. */
export const candidateEvents = pgTable(
  'candidate_events',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    candidateId: uuid().$type<CandidateId>().notNull(),
    fromState: text().$type<CandidateState>(),
    toState: text().$type<CandidateState>().notNull(),
    onDay: day().notNull(),
    reason: text(),
    byUser: ref<UserId>(),
    byName: text().notNull(),
    at: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'candidate_events_of_candidate',
      columns: [t.districtId, t.candidateId],
      foreignColumns: keyOf(reserveCandidates),
    }),
    index('candidate_events_by_candidate').on(t.districtId, t.candidateId),
  ],
)

/** 派岗: a reserve hire at a school, dated. */
export const reservePlacements = pgTable(
  'reserve_placements',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    candidateId: uuid().$type<CandidateId>().notNull(),
    schoolId: uuid().$type<SchoolId>().notNull(),
    /** Contract: establishment 入编 or labour 劳动合同. */
    basis: text().$type<'establishment' | 'labour'>().notNull(),
    teacherId: ref<TeacherId>(),
    ...period(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'reserve_placements_of_candidate',
      columns: [t.districtId, t.candidateId],
      foreignColumns: keyOf(reserveCandidates),
    }),
    foreignKey({
      name: 'reserve_placements_of_school',
      columns: [t.districtId, t.schoolId],
      foreignColumns: keyOf(schools),
    }),
    check('reserve_placements_basis_known', oneOf('basis', ['establishment', 'labour'])),
    check('reserve_placements_during_not_empty', sql`NOT isempty(during)`),
  ],
)
