import {
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import type { SchoolId } from '../../lib/rules/values/ids.ts'
import { day, districtId, keyOf, moment, ref } from './columns.ts'
import { schools } from './register/schools.ts'

/** One indicator of a stage as last read, of a school or (school null) of the district; written by the nightly job. */
export const equityReadings = pgTable(
  'equity_readings',
  {
    districtId: districtId(),
    id: uuid().notNull(),
    onDay: day().notNull(),
    basis: text().$type<'relation' | 'workplace'>().notNull(),
    stage: text().$type<'P' | 'J'>().notNull(),
    /** 1–7 (domain.md §4.1). */
    indicator: integer().notNull(),
    schoolId: ref<SchoolId>(),
    pupils: integer().notNull(),
    amount: doublePrecision(),
    /** Per 100 pupils or per pupil. */
    value: doublePrecision(),
    /** District rows: difference coefficient in ten-thousandths. */
    coefficient: integer(),
    /** District: coefficient within the limit; school: value reaches the threshold. */
    passes: boolean(),
    /** A school's place among the units, 1 = highest. */
    rank: integer(),
    units: integer().notNull(),
    computedAt: moment().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.districtId, t.id] }),
    foreignKey({
      name: 'equity_readings_of_school',
      columns: [t.districtId, t.schoolId],
      foreignColumns: keyOf(schools),
    }),
    index('equity_readings_by_school').on(t.districtId, t.schoolId),
  ],
)
