import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import postgres from 'postgres'

const FOLDER = path.join(import.meta.dirname, 'migrations')

export interface Migration {
  name: string
  text: string
  checksum: string
}

/** The migrations in order of their names, LF-normalised. */
export async function listMigrations(folder = FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(path.join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

export class SchemaTooNew extends Error {}
export class MigrationChanged extends Error {}

/**
 * Forward only, one transaction a migration, under an advisory lock: a kill between two leaves whole steps,
 * the next start goes on. Connects as jh_migrate and works as jh_owner.
 * @param upTo stop after this many (tests migrate from an older version with data in)
 * Throws SchemaTooNew when the database knows a migration this program does not, MigrationChanged when a landed file differs.
 */
export async function migrate(migrateUrl: string, upTo = Number.POSITIVE_INFINITY): Promise<{ applied: string[] }> {
  const sql = postgres(migrateUrl, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe('SET ROLE jh_owner')
    await sql`SELECT pg_advisory_lock(hashtext('junheng.migrations'))`
    await sql.unsafe(
      'CREATE SCHEMA IF NOT EXISTS migrations; CREATE TABLE IF NOT EXISTS migrations.applied (name text PRIMARY KEY, checksum text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
    )
    const known = new Map(
      (await sql`SELECT name, checksum FROM migrations.applied`).map((row) => [
        row.name as string,
        row.checksum as string,
      ]),
    )
    const all = await listMigrations()
    const names = new Set(all.map((migration) => migration.name))
    for (const name of known.keys()) if (!names.has(name)) throw new SchemaTooNew(name)
    const applied: string[] = []
    for (const migration of all.slice(0, upTo)) {
      const before = known.get(migration.name)
      if (before === migration.checksum) continue
      if (before !== undefined) throw new MigrationChanged(migration.name)
      await sql.begin(async (tx) => {
        await tx.unsafe(migration.text)
        await tx`INSERT INTO migrations.applied (name, checksum) VALUES (${migration.name}, ${migration.checksum})`
      })
      applied.push(migration.name)
    }
    return { applied }
  } finally {
    await sql.end({ timeout: 5 })
  }
}
