import {
  bigint,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { GrantId, PersonId, TeacherId, UserId } from '../../../lib/rules/values/ids.ts'
import { bytes, districtId, moment, oneOf, ref } from '../columns.ts'
import { districts } from './districts.ts'

/** Data key of a purpose, wrapped by the master key that never enters the database. */
export const dataKeys = pgTable(
  'data_keys',
  {
    districtId: districtId(),
    keyId: smallint().notNull(),
    purpose: text().notNull(),
    wrapped: bytes().notNull(),
    createdAt: moment().notNull(),
    retiredAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.keyId] }),
    foreignKey({ name: 'data_keys_of_district', columns: [t.districtId], foreignColumns: [districts.id] }),
  ],
)

/** What somebody did or was refused; append-only (security.md §6). */
export const auditEvents = pgTable(
  'audit_events',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    at: moment().notNull(),
    actorUserId: ref<UserId>(),
    actorPersonId: ref<PersonId>(),
    actorName: text().notNull(),
    grantId: ref<GrantId>(),
    role: text().notNull(),
    onBehalfOf: ref<UserId>(),
    sessionId: uuid(),
    requestId: text(),
    action: text().notNull(),
    resource: text(),
    objectId: text(),
    teacherId: ref<TeacherId>(),
    outcome: text().notNull(),
    reason: text(),
    detailsHash: text(),
    h: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    check('audit_events_outcome_known', oneOf('outcome', ['done', 'refused', 'failed'])),
    index('audit_events_by_time').on(t.districtId, t.at),
    index('audit_events_by_object').on(t.districtId, t.objectId),
    index('audit_events_by_actor').on(t.districtId, t.actorUserId, t.at),
    index('audit_events_by_action').on(t.districtId, t.action, t.at),
  ],
)

/** What changed, bound to its event by hash; may be deleted after retention without breaking the chain. */
export const auditDetails = pgTable(
  'audit_details',
  {
    districtId: districtId(),
    eventId: uuid().notNull(),
    details: jsonb().$type<unknown>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.eventId] }),
    foreignKey({
      name: 'audit_details_of_event',
      columns: [t.districtId, t.eventId],
      foreignColumns: [auditEvents.districtId, auditEvents.id],
    }),
  ],
)

/** Events not sealed into the chain yet. */
export const auditPending = pgTable('audit_pending', { districtId: districtId(), eventId: uuid().notNull() }, (t) => [
  primaryKey({ columns: [t.districtId, t.eventId] }),
])

/** The chain: hash = SHA-256(prev ‖ seq ‖ h). */
export const auditChain = pgTable(
  'audit_chain',
  {
    districtId: districtId(),
    seq: bigint({ mode: 'number' }).notNull(),
    eventId: uuid().notNull(),
    prev: bytes().notNull(),
    hash: bytes().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.seq] }),
    unique('audit_chain_event_once').on(t.districtId, t.eventId),
    foreignKey({
      name: 'audit_chain_of_event',
      columns: [t.districtId, t.eventId],
      foreignColumns: [auditEvents.districtId, auditEvents.id],
    }),
  ],
)

/** Signed heads of the chain, also exported to a file outside. */
export const auditHeads = pgTable(
  'audit_heads',
  {
    districtId: districtId(),
    seq: bigint({ mode: 'number' }).notNull(),
    hash: bytes().notNull(),
    at: moment().notNull(),
    reason: text().notNull(),
    signature: bytes().notNull(),
    /** Links up to here, and the fingerprint of the key that signed. */
    count: bigint({ mode: 'number' }).notNull().default(0),
    keyId: text().notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.seq] })],
)

/** A sensitive value shown to somebody: who, whose, why. */
export const reveals = pgTable(
  'reveals',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    teacherId: ref<TeacherId>(),
    subject: text().notNull(),
    byUser: uuid().$type<UserId>().notNull(),
    byName: text().notNull(),
    role: text().notNull(),
    reasonKind: text().notNull(),
    reason: text().notNull(),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.id] }), index('reveals_by_teacher').on(t.districtId, t.teacherId)],
)

/** Who took which rows out of the system (PIPL Art. 57). */
export const exportLog = pgTable(
  'export_log',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    number: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    page: text().notNull(),
    purpose: text().notNull(),
    filter: jsonb().$type<unknown>().notNull(),
    columns: text().array().notNull(),
    rowCount: integer().notNull(),
    teacherIds: uuid().array().notNull().default([]),
    fileHash: text(),
    byUser: uuid().$type<UserId>().notNull(),
    byName: text().notNull(),
    role: text().notNull(),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.id] }), index('export_log_by_time').on(t.districtId, t.at)],
)
