import { sql } from 'drizzle-orm'
import { customType, date, type PgColumn, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { LocalDate, Period } from '../../lib/rules/values/dates.ts'
import type { DistrictId } from '../../lib/rules/values/ids.ts'

/** Postgres `daterange`, half-open; an open end is stored without an upper bound. */
export const dateRange = customType<{ data: Period; driverData: string }>({
  dataType: () => 'daterange',
  toDriver: (value) => `[${value.from},${value.until ?? ''})`,
  fromDriver(text) {
    const match = /^\[([^,]*),([^)]*)\)$/.exec(text)
    if (!match?.[1]) throw new Error('a stored period has no first day')
    return { from: match[1] as LocalDate, until: (match[2] || null) as LocalDate | null }
  },
})

/** Encrypted cell or digest. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** Text ordered by code point, so that a prefix search may use its index under row-level security. */
export const plainText = customType<{ data: string; driverData: string }>({ dataType: () => 'text COLLATE "C"' })

export const districtId = () => uuid().$type<DistrictId>().notNull()
export const id = <T extends string>() => uuid().$type<T>().notNull()
export const ref = <T extends string>() => uuid().$type<T>()
export const day = () => date({ mode: 'string' }).$type<LocalDate>()
export const moment = () => timestamp({ withTimezone: true, mode: 'string' })

/** `during` and its two bounds as plain columns for as-of queries (`daterange @>` is not leakproof). */
export const period = () => ({
  during: dateRange().notNull(),
  validFrom: day().generatedAlwaysAs(sql`lower(during)`),
  validTo: day().generatedAlwaysAs(sql`coalesce(upper(during), 'infinity'::date)`),
})

/** The composite key of a table, for foreign keys. */
export const keyOf = <T extends { districtId: PgColumn; id: PgColumn }>(table: T): [T['districtId'], T['id']] => [
  table.districtId,
  table.id,
]

/** Text of a CHECK: the column is one of the codes. */
export const oneOf = (column: string, codes: readonly string[]) =>
  sql.raw(`${column} IN (${codes.map((code) => `'${code}'`).join(', ')})`)
