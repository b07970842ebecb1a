import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { ROLES, type Role } from '../../../lib/rules/access/roles.ts'
import type { GrantId, PersonId, SchoolId, TeacherId, UserId } from '../../../lib/rules/values/ids.ts'
import { bytes, districtId, id, keyOf, moment, oneOf, period, ref } from '../columns.ts'
import { districts } from './districts.ts'

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
