import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { INVARIANTS } from '@/db/invariants.ts'
import { listMigrations, MigrationChanged, migrate, SchemaTooNew } from '@/db/migrate.ts'
import { prepareRoles, urlFor } from '@/db/roles.ts'
import * as schema from '@/db/schema/index.ts'
import { messagesOf } from '@/lib/i18n/messages.ts'
import { aDatabase, type TestDatabase } from '../../support/database.ts'

let db: TestDatabase
let sql: Sql
beforeAll(async () => {
  db = await aDatabase()
  sql = postgres(db.adminUrl, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  await sql.end()
  await db.close()
})

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const declared = (Object.values(schema) as unknown[]).flatMap((value) =>
  is(value, PgTable) ? [getTableConfig(value)] : [],
)
const named = (name: string, key: string, keyed: boolean) => (keyed ? snake(key) : name)

describe('the schema in code is the schema in the database', () => {
  test('tables', async () => {
    const rows = await sql<
      { name: string }[]
    >`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`
    expect(declared.map(({ name }) => name).sort()).toEqual(rows.map(({ name }) => name))
  })

  test('columns, their types and whether they may be empty', async () => {
    const rows = await sql<{ t: string; c: string; type: string; required: boolean }[]>`
      SELECT c.relname AS t, a.attname AS c, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = 'public' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped`
    const inDatabase = new Set(
      rows.map(({ t, c, type, required }) => `${t}.${c} ${type}${required ? ' required' : ''}`),
    )
    const inCode = new Set(
      declared.flatMap(({ name, columns, primaryKeys }) =>
        columns.map((column) => {
          const inKey = column.primary || primaryKeys.some((key) => key.columns.some((one) => one.name === column.name))
          const type = column
            .getSQLType()
            .replace(' COLLATE "C"', '')
            .replace(/^timestamp with time zone$/, 'timestamp with time zone')
          return `${name}.${named(column.name, column.name, column.keyAsName)} ${type}${column.notNull || inKey ? ' required' : ''}`
        }),
      ),
    )
    expect({
      onlyInCode: [...inCode].filter((one) => !inDatabase.has(one)).sort(),
      onlyInDatabase: [...inDatabase].filter((one) => !inCode.has(one)).sort(),
    }).toEqual({ onlyInCode: [], onlyInDatabase: [] })
  })

  test('checks, unique and foreign keys by name', async () => {
    const rows = await sql<
      { name: string }[]
    >`SELECT conname AS name FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
      WHERE n.nspname = 'public' AND c.contype IN ('c', 'u', 'f')`
    const inDatabase = new Set(rows.map(({ name }) => name))
    const inCode = declared.flatMap((table) => [
      ...table.checks.map(({ name }) => name),
      ...table.uniqueConstraints.map((unique) => unique.getName() ?? ''),
      ...table.foreignKeys.map((key) => key.getName()),
    ])
    expect(inCode.filter((name) => !inDatabase.has(name.slice(0, 63)))).toEqual([])
  })
})

describe('every named invariant is real and has its sentence', () => {
  const sentence = (code: string): unknown =>
    code
      .split('.')
      .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], messagesOf('zh-CN'))

  test('it is a constraint, an index or a trigger’s name in the database', async () => {
    const rows = await sql<{ name: string }[]>`
      SELECT conname AS name FROM pg_constraint UNION SELECT relname FROM pg_class WHERE relkind = 'i'
      UNION SELECT (regexp_matches(prosrc, 'CONSTRAINT = ''(\\w+)''', 'g'))[1] FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'sec'
      UNION SELECT tgrelid::regclass::text || '_identity_fixed' FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'identity_fixed'`
    const real = new Set(rows.map(({ name }) => name))
    expect(Object.keys(INVARIANTS).filter((name) => !real.has(name))).toEqual([])
  })

  test('it has a sentence', () => {
    expect(
      Object.entries(INVARIANTS)
        .filter(([, { code }]) => typeof sentence(code) !== 'string')
        .map(([name]) => name),
    ).toEqual([])
  })
})

describe('migrations go forward only', () => {
  /** A database of its own, without any table. */
  async function bare(): Promise<{ migrateUrl: string; adminUrl: string; drop: () => Promise<void> }> {
    const { adminUrl, passwords } = inject('postgres')
    const name = `m_${crypto.randomUUID().slice(0, 8)}`
    const server = new URL(adminUrl)
    server.pathname = '/postgres'
    const root = postgres(server.href, { max: 1, onnotice: () => {} })
    await root.unsafe(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`)
    const own = new URL(adminUrl)
    own.pathname = `/${name}`
    await prepareRoles(own.href, passwords)
    return {
      adminUrl: own.href,
      migrateUrl: urlFor(own.href, 'jh_migrate', passwords.migrate),
      drop: async () => {
        await root.unsafe(`DROP DATABASE ${name} WITH (FORCE)`)
        await root.end()
      },
    }
  }

  test('from empty, one by one, and again: the same schema', async () => {
    const fresh = await bare()
    try {
      const all = await listMigrations()
      for (let count = 1; count <= all.length; count++)
        expect((await migrate(fresh.migrateUrl, count)).applied).toEqual([all[count - 1]?.name])
      expect((await migrate(fresh.migrateUrl)).applied).toEqual([])
      const admin = postgres(fresh.adminUrl, { max: 1 })
      await admin.unsafe("UPDATE migrations.applied SET checksum = 'other' WHERE name LIKE '0001%'")
      await expect(migrate(fresh.migrateUrl)).rejects.toThrow(MigrationChanged)
      await admin.unsafe("UPDATE migrations.applied SET name = '9999_future.sql' WHERE name LIKE '0001%'")
      await expect(migrate(fresh.migrateUrl)).rejects.toThrow(SchemaTooNew)
      await admin.end()
    } finally {
      await fresh.drop()
    }
  })

  test('from the version before this one with data in: a district keeps its people, roles and trail', async () => {
    const old = await bare()
    try {
      const all = await listMigrations()
      await migrate(
        old.migrateUrl,
        all.findIndex(({ name }) => name.startsWith('0040')),
      )
      const admin = postgres(old.adminUrl, { max: 1, onnotice: () => {} })
      const d = crypto.randomUUID()
      const [u, g, s, e] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
      await admin.unsafe(`
        INSERT INTO districts (id, code, name, document_prefix, created_at) VALUES ('${d}', '150602', '某区', '某', now());
        INSERT INTO users (district_id, id, person_id, login, display_name, created_at) VALUES ('${d}', '${u}', '${u}', 'hr1', '某人', now());
        INSERT INTO role_grants (district_id, id, user_id, person_id, role, during) VALUES ('${d}', '${g}', '${u}', '${u}', 'bureau_hr', '[2026-01-01,)');
        INSERT INTO sessions (district_id, id, token_hash, user_id, grant_id, version, created_at, last_seen_at) VALUES ('${d}', '${s}', '\\x00', '${u}', '${g}', 1, now(), now());
        INSERT INTO audit_events (district_id, id, at, actor_name, role, action, outcome, h) VALUES ('${d}', '${e}', now(), 'x', 'bureau_hr', 'test', 'done', '\\x00')`)
      await migrate(old.migrateUrl)
      const [row] = await admin.unsafe(`SELECT (SELECT count(*)::int FROM users WHERE school_id IS NULL) AS users,
        (SELECT count(*)::int FROM role_grants WHERE ended_at IS NULL AND valid_to = 'infinity') AS grants,
        (SELECT count(*)::int FROM sessions) AS sessions, (SELECT count(*)::int FROM audit_events) AS events`)
      expect(row).toEqual({ users: 1, grants: 1, sessions: 1, events: 1 })
      await admin.end()
    } finally {
      await old.drop()
    }
  })
})
