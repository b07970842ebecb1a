import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { CaseId, NoticeId, PersonId, RoundId, UserId } from '../../../lib/rules/values/ids.ts'
import { bytes, day, districtId, id, keyOf, moment, oneOf, ref } from '../columns.ts'
import { rotationCases } from './cases.ts'
import { rotationRounds } from './rounds.ts'

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
