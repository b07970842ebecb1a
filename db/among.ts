import { type SQL, sql } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'

/** Ids as one array parameter, however many they are. */
export const uuids = (ids: readonly string[]): SQL => sql`${`{${ids.join(',')}}`}::uuid[]`

/** The column is one of these ids; unlike a list of parameters it is one statement for any number of them. */
export const isAmong = (column: AnyPgColumn, ids: readonly string[]): SQL => sql`${column} = ANY (${uuids(ids)})`

/** The column is one of these texts. */
export const isText = (column: AnyPgColumn, texts: readonly string[]): SQL =>
  sql`${column} = ANY (${sql.param([...texts])}::text[])`

/** The column is one of these digests, given in hex. */
export const isDigest = (column: AnyPgColumn, digests: readonly string[]): SQL =>
  sql`${column} = ANY (ARRAY(SELECT decode(d, 'hex') FROM unnest(${sql.param([...digests])}::text[]) AS d))`
