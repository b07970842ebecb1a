import { sql as fragment, type SQL } from 'drizzle-orm'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Actor } from '../lib/rules/access/actor.ts'
import { ROLES } from '../lib/rules/access/roles.ts'
import { parseDay } from '../lib/rules/values/dates.ts'
import { isUuid } from '../lib/rules/values/ids.ts'
import * as schema from './schema/index.ts'

type Database = PostgresJsDatabase<typeof schema>
declare const scoped: unique symbol
/** A transaction with its scope set. Only `withScope` makes one, so no query can run without. */
export type Tx = Omit<Parameters<Parameters<Database['transaction']>[0]>[0], 'transaction'> & {
  readonly [scoped]: true
}

interface Pool {
  client: postgres.Sql
  db: Database
}
const pools = new Map<string, Pool>()

function poolOf(kind: 'app' | 'worker'): Pool {
  const variable = kind === 'app' ? 'JUNHENG_APP_URL' : 'JUNHENG_WORKER_URL'
  const url = process.env[variable]
  if (!url) throw new Error(`${variable} is not set: start the product with npm start`)
  const key = `${kind}|${url}`
  let pool = pools.get(key)
  if (!pool) {
    const client = postgres(url, {
      max: kind === 'app' ? 10 : 4,
      connect_timeout: 5,
      idle_timeout: 60,
      onnotice: () => {},
      connection: { application_name: `junheng-${kind}`, jit: 'off' },
    })
    pool = { client, db: drizzle(client, { schema, casing: 'snake_case' }) }
    pools.set(key, pool)
  }
  return pool
}

/** Ends all connections; tests and commands call it before they leave. */
export async function closePools(): Promise<void> {
  const open = [...pools.values()]
  pools.clear()
  await Promise.all(open.map((pool) => pool.client.end({ timeout: 5 })))
}

const uuid = (value: string) => {
  if (!isUuid(value)) throw new Error('scope: not an id')
  return value
}
const uuidList = (values: readonly string[]) => {
  if (values.length > 60) throw new Error('scope: too many schools')
  return `{${values.map(uuid).join(',')}}`
}
const hex = (value: string) => {
  if (!/^[0-9a-f]{0,128}$/.test(value)) throw new Error('scope: not a digest')
  return value
}
const FLAGS = ['evidence', 'cadre']

/**
 * The statements that set a transaction's scope, as text: SET cannot take a parameter, so every value passes a form
 * check here or this throws. The whole injection surface of the product.
 */
export function scopeStatements(actor: Actor, statementSeconds = 15): string {
  if (!parseDay(actor.today)) throw new Error('scope: not a day')
  const settings: Record<string, string> = { district: uuid(actor.districtId), today: actor.today }
  if (actor.kind === 'user') {
    if (!ROLES.includes(actor.role)) throw new Error('scope: not a role')
    if (!actor.flags.every((flag) => FLAGS.includes(flag))) throw new Error('scope: not a flag')
    settings.role = actor.role
    settings.user_id = uuid(actor.userId)
    settings.person_id = uuid(actor.personId)
    settings.grant_id = uuid(actor.grantId)
    settings.schools = uuidList(actor.schoolIds)
    settings.flags = `{${actor.flags.join(',')}}`
    if (actor.teacherId && actor.role === 'teacher') settings.teacher_id = uuid(actor.teacherId)
  } else if (actor.kind === 'anonymous') {
    settings.role = 'anonymous'
    if (actor.login !== undefined) {
      if (!/^[a-z0-9._@-]{1,80}$/.test(actor.login)) throw new Error('scope: not a login')
      settings.login = actor.login
    }
    if (actor.sessionHash) settings.session_hash = hex(actor.sessionHash)
    if (actor.linkHash) settings.link_hash = hex(actor.linkHash)
    if (actor.userId) settings.user_id = uuid(actor.userId)
  } else {
    settings.role = 'system'
  }
  return [
    ...Object.entries(settings).map(([name, value]) => `SET LOCAL app.${name} = '${value}'`),
    `SET LOCAL statement_timeout = '${Math.trunc(statementSeconds)}s'`,
    "SET LOCAL lock_timeout = '5s'",
    "SET LOCAL idle_in_transaction_session_timeout = '60s'",
  ].join('; ')
}

export interface ScopeOptions {
  readOnly?: boolean
  isolation?: 'read committed' | 'repeatable read' | 'serializable'
  /** Longer for imports in the worker. */
  statementSeconds?: number
}

const depth = new WeakSet<object>()

/** One transaction in the actor's scope. The only holder of the connection (security.md §3.4). */
export async function withScope<T>(actor: Actor, work: (tx: Tx) => Promise<T>, options: ScopeOptions = {}): Promise<T> {
  const { db } = poolOf(actor.kind === 'system' ? 'worker' : 'app')
  return db.transaction(
    async (tx) => {
      if (depth.has(tx)) throw new Error('scope: set only once a transaction')
      depth.add(tx)
      await tx.execute(fragment.raw(scopeStatements(actor, options.statementSeconds)))
      return work(tx as unknown as Tx)
    },
    {
      isolationLevel: options.isolation ?? 'read committed',
      accessMode: options.readOnly ? 'read only' : 'read write',
    },
  )
}

/**
 * For a list over a whole district: joins by hash only, until the transaction ends. The planner cannot know how many
 * rows a policy lets through, believes in a handful and loops over thousands (teacher list: 674 ms instead of 20).
 */
export async function joinByHash(tx: Tx): Promise<void> {
  await tx.execute(fragment.raw('SET LOCAL enable_nestloop = off'))
}

export interface DistrictEntry {
  id: string
  code: string
  name: string
  demo: boolean
  exercise: boolean
  timeZone: string
}

/** The districts of this installation, names only; needs no scope. */
export async function listDistricts(kind: 'app' | 'worker' = 'app'): Promise<DistrictEntry[]> {
  const { client } = poolOf(kind)
  const rows = await client`SELECT id, code, name, demo, exercise, time_zone FROM sec.district_list()`
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    demo: row.demo,
    exercise: row.exercise,
    timeZone: row.time_zone,
  }))
}

/** Raised when a write that must reach an exact number of rows reached another: RLS answers a forbidden write with 0 rows. */
export class WrongRowCount extends Error {}

/** The single row of a write or read; throws WrongRowCount on any other number. */
export function one<T>(rows: T[]): T {
  if (rows.length !== 1) throw new WrongRowCount(`expected one row, got ${rows.length}`)
  return rows[0]!
}

/** Passes rows through when there are exactly `count`. */
export function exactly<T>(rows: T[], count: number): T[] {
  if (rows.length !== count) throw new WrongRowCount(`expected ${count} rows, got ${rows.length}`)
  return rows
}

export type { SQL }
