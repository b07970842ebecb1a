import { boolean, foreignKey, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import type { DistrictId, UserId } from '../../../lib/rules/values/ids.ts'
import { day, districtId, moment, ref } from '../columns.ts'

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
  /** 演练: a bureau's own data, to rehearse a year with; marked on every page and paper. Never changes either. */
  exercise: boolean().notNull().default(false),
  settings: jsonb().$type<Record<string, unknown>>().notNull().default({}),
  createdAt: moment().notNull(),
})

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
