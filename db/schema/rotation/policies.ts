import { sql } from 'drizzle-orm'
import { check, foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import type { PersonId, PolicyId, RoundId, UserId } from '../../../lib/rules/values/ids.ts'
import { districtId, id, moment, oneOf, ref } from '../columns.ts'
import { districts } from '../platform/districts.ts'

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
