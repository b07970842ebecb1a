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
import type { CaseId, OrderId, PersonId, RoundId, UserId } from '../../../lib/rules/values/ids.ts'
import { day, districtId, id, keyOf, moment, oneOf, ref } from '../columns.ts'
import { rotationCases } from './cases.ts'
import { rotationRounds } from './rounds.ts'

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
