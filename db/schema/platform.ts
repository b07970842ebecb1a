import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
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
import { ROLES, type Role } from '../../lib/rules/access/roles.ts'
import type {
  BatchId,
  DistrictId,
  FileId,
  GrantId,
  PersonId,
  SchoolId,
  TeacherId,
  UserId,
} from '../../lib/rules/values/ids.ts'
import { bytes, day, districtId, id, keyOf, moment, oneOf, period, ref } from './columns.ts'

/** A county or district education bureau; the tenant every other row belongs to. */
export const districts = pgTable('districts', {
  id: uuid().$type<DistrictId>().primaryKey(),
  code: text().notNull().unique('districts_code_once'),
  name: text().notNull(),
  /** Characters that open the document numbers of orders, e.g. 东教人调. */
  documentPrefix: text().notNull(),
  timeZone: text().notNull().default('Asia/Shanghai'),
  /** Set only while the district is created; never changes (security.md §4.3). */
  demo: boolean().notNull().default(false),
  settings: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  createdAt: moment().notNull(),
})

/** An account. One human may have two; `personId` is one per human, separation of duties compares it. */
export const users = pgTable(
  'users',
  {
    districtId: districtId(),
    id: id<UserId>(),
    personId: uuid().$type<PersonId>().notNull(),
    login: text().notNull(),
    displayName: text().notNull(),
    teacherId: ref<TeacherId>(),
    /** School the account is listed under; gives no right. */
    schoolId: ref<SchoolId>(),
    disabledAt: moment(),
    sessionVersion: integer().notNull().default(1),
    locale: text().notNull().default('zh-CN'),
    privacyAcceptedAt: moment(),
    welcomedAt: moment(),
    lastSignInAt: moment(),
    createdAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'users_of_district', columns: [t.districtId], foreignColumns: [districts.id] }),
    unique('users_login_once').on(t.districtId, t.login),
    index('users_by_person').on(t.districtId, t.personId),
    index('users_by_school').on(t.districtId, t.schoolId),
  ],
)

/** What an account signs in with; readable by its owner and, before sign-in, for the login being tried. */
export const credentials = pgTable(
  'credentials',
  {
    districtId: districtId(),
    userId: uuid().$type<UserId>().notNull(),
    login: text().notNull(),
    passwordHash: text(),
    previousHashes: text().array().notNull().default([]),
    passwordSetAt: moment(),
    mustChange: boolean().notNull().default(true),
    /** SHA-256 of a one-time activation or reset link, and its end. */
    linkHash: bytes(),
    linkExpiresAt: moment(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.userId] }),
    foreignKey({ name: 'credentials_of_user', columns: [t.districtId, t.userId], foreignColumns: keyOf(users) }),
  ],
)

/** One role held by a user, at a school where the role has one, for a period. */
export const roleGrants = pgTable(
  'role_grants',
  {
    districtId: districtId(),
    id: id<GrantId>(),
    userId: uuid().$type<UserId>().notNull(),
    personId: uuid().$type<PersonId>().notNull(),
    role: text().$type<Role>().notNull(),
    schoolId: ref<SchoolId>(),
    /** `evidence`: may open health evidence · `cadre`: may see evaluations of principals. */
    flags: text().array().notNull().default([]),
    grantedBy: ref<UserId>(),
    confirmedBy: ref<UserId>(),
    reason: text(),
    ...period(),
    /** Ended at once, also on the day it began; `during` keeps that day. */
    endedAt: moment(),
    endedBy: ref<UserId>(),
    endReason: text(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({ name: 'role_grants_of_user', columns: [t.districtId, t.userId], foreignColumns: keyOf(users) }),
    check('role_grants_role_known', oneOf('role', ROLES)),
    check('role_grants_school_where_needed', sql`(role IN ('principal', 'school_hr')) = (school_id IS NOT NULL)`),
    check('role_grants_during_not_empty', sql`NOT isempty(during)`),
    check('role_grants_not_to_oneself', sql`granted_by IS NULL OR granted_by <> user_id`),
    check('role_grants_not_confirmed_for_oneself', sql`confirmed_by IS NULL OR confirmed_by <> user_id`),
    check('role_grants_flags_known', sql`flags <@ ARRAY['evidence', 'cadre']`),
    /** Bureau roles and flags take two people; granted_by is empty only for set-up, seeding and the register. */
    check(
      'role_grants_bureau_by_two',
      sql`granted_by IS NULL OR (role IN ('principal', 'school_hr', 'teacher') AND flags = '{}') OR (confirmed_by IS NOT NULL AND confirmed_by <> granted_by)`,
    ),
    index('role_grants_by_user').on(t.districtId, t.userId),
    index('role_grants_by_school').on(t.districtId, t.schoolId, t.role),
  ],
)

/** A signed-in browser; checked on every request, ended in place (security.md §4.3). */
export const sessions = pgTable(
  'sessions',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    tokenHash: bytes().notNull(),
    userId: uuid().$type<UserId>().notNull(),
    grantId: uuid().$type<GrantId>(),
    version: integer().notNull(),
    createdAt: moment().notNull(),
    lastSeenAt: moment().notNull(),
    endedAt: moment(),
    endReason: text(),
    address: text(),
    agent: text(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    unique('sessions_token_once').on(t.districtId, t.tokenHash),
    foreignKey({ name: 'sessions_of_user', columns: [t.districtId, t.userId], foreignColumns: keyOf(users) }),
    index('sessions_by_user').on(t.districtId, t.userId),
  ],
)

/** Counters of guesses, reveals and exports; survive a restart. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    districtId: districtId(),
    keyHash: text().notNull(),
    windowStart: moment().notNull(),
    count: integer().notNull(),
    lockedUntil: moment(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.keyHash] })],
)

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

/** A file on disk under the data folder (path = id), its content encrypted. */
export const files = pgTable(
  'files',
  {
    districtId: districtId(),
    id: id<FileId>(),
    name: text().notNull(),
    mediaType: text().notNull(),
    size: integer().notNull(),
    sha256: text().notNull(),
    /** What it belongs to: `import_batch`, `case_decision`, `exemption`, `export`. */
    ownerKind: text().notNull(),
    ownerId: uuid(),
    schoolId: ref<SchoolId>(),
    teacherId: ref<TeacherId>(),
    uploadedBy: uuid().$type<UserId>(),
    at: moment().notNull(),
    expiresAt: moment(),
    deletedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.id] }), index('files_by_owner').on(t.districtId, t.ownerId)],
)

/** One workbook on its way into the register; `plan` holds counts, rows are in import_rows. */
export const importBatches = pgTable(
  'import_batches',
  {
    districtId: districtId(),
    id: id<BatchId>(),
    kind: text().notNull(),
    fileId: ref<FileId>(),
    fileName: text().notNull(),
    fileHash: text().notNull(),
    statisticsDate: day(),
    state: text().notNull(),
    mapping: jsonb().$type<unknown>(),
    choices: jsonb().$type<unknown>(),
    counts: jsonb().$type<unknown>(),
    refusal: jsonb().$type<unknown>(),
    progress: integer().notNull().default(0),
    schoolId: ref<SchoolId>(),
    /** The workbook again, with its findings. */
    annotatedFileId: ref<FileId>(),
    /** 核对任务 it answers. */
    collectionId: uuid(),
    createdBy: uuid().$type<UserId>(),
    createdByName: text().notNull(),
    createdAt: moment().notNull(),
    confirmedAt: moment(),
    confirmedBy: ref<UserId>(),
    undoneAt: moment(),
    undoneBy: ref<UserId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    check('import_batches_kind_known', oneOf('kind', ['schools', 'roster', 'registers'])),
    check(
      'import_batches_state_known',
      oneOf('state', [
        'uploaded',
        'reading',
        'mapped',
        'ready',
        'submitted',
        'refused',
        'confirming',
        'confirmed',
        'undoing',
        'undone',
        'discarded',
      ]),
    ),
    index('import_batches_by_time').on(t.districtId, t.createdAt),
  ],
)

/** One row of the workbook: what it would do, encrypted record, findings. */
export const importRows = pgTable(
  'import_rows',
  {
    districtId: districtId(),
    batchId: uuid().$type<BatchId>().notNull(),
    sheet: text().notNull(),
    row: integer().notNull(),
    /** new · changed · unchanged · refused · conflict · missing */
    outcome: text().notNull(),
    label: text().notNull(),
    schoolName: text(),
    teacherId: ref<TeacherId>(),
    /** Sealed canonical JSON of the record; shredded when the batch ends. */
    sealed: bytes(),
    changes: jsonb().$type<{ field: string; old: unknown; new: unknown }[]>().notNull().default([]),
    findings: jsonb().$type<unknown[]>().notNull().default([]),
    severity: text(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.batchId, t.sheet, t.row] }),
    foreignKey({
      name: 'import_rows_of_batch',
      columns: [t.districtId, t.batchId],
      foreignColumns: keyOf(importBatches),
    }),
    index('import_rows_by_outcome').on(t.districtId, t.batchId, t.outcome),
  ],
)

/** Every change of a register fact that is not itself a dated row: old value, new value, who, why. Undo reads it. */
export const fieldChanges = pgTable(
  'field_changes',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    /** Order within the district, for undo in reverse. */
    seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    entity: text().notNull(),
    entityId: text().notNull(),
    teacherId: ref<TeacherId>(),
    schoolId: ref<SchoolId>(),
    /** insert · update · delete; for insert and delete `old`/`new` hold the whole row. */
    operation: text().notNull(),
    field: text(),
    old: jsonb().$type<unknown>(),
    new: jsonb().$type<unknown>(),
    /** True when old and new are of a sensitive class: kept sealed elsewhere, not here. */
    sensitive: boolean().notNull().default(false),
    at: moment().notNull(),
    byUser: ref<UserId>(),
    byName: text().notNull(),
    reason: text(),
    batchId: ref<BatchId>(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    index('field_changes_by_entity').on(t.districtId, t.entity, t.entityId),
    index('field_changes_by_teacher').on(t.districtId, t.teacherId),
    index('field_changes_by_batch').on(t.districtId, t.batchId),
  ],
)

/** How a district's workbooks name their columns. */
export const importMappings = pgTable(
  'import_mappings',
  {
    districtId: districtId(),
    kind: text().notNull(),
    /** Normalised heading. */
    heading: text().notNull(),
    /** Field of the record, or '' for "leave out". */
    field: text().notNull(),
    at: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.districtId, t.kind, t.heading] })],
)

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

/** Public holidays and make-up working weekends of one calendar year (R-PUB-1). */
export const workingDays = pgTable(
  'working_days',
  {
    districtId: districtId(),
    year: integer().notNull(),
    off: day().array().notNull(),
    working: day().array().notNull(),
    source: text().notNull(),
    changedBy: ref<UserId>(),
    changedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.year] }),
    foreignKey({ name: 'working_days_of_district', columns: [t.districtId], foreignColumns: [districts.id] }),
  ],
)
