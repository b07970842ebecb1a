import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import type { RolePasswords } from '../../db/roles.ts'
import { freshPasswords, setUpDatabase } from '../../lib/cli/setup-database.ts'
import { openCluster } from '../../lib/cli/start/cluster.mjs'
import { ensureDataFolder } from '../../lib/cli/start/places.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { adminUrl: string; passwords: RolePasswords }
  }
}

/** A throw-away Postgres for the run, with a migrated `tpl` that every test file clones. */
export default async function startPostgres(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'junheng-test-'))
  ensureDataFolder(folder)
  const cluster = await openCluster({
    home: join(folder, 'pg'),
    passwordFile: join(folder, 'password'),
    // nothing here outlives the run: no write waits for the disk
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  })
  const stop = async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const url = new URL(cluster.adminUrl)
    url.pathname = '/tpl'
    const passwords = freshPasswords()
    await setUpDatabase(url.href, passwords)
    const sql = postgres(cluster.adminUrl.replace(/\/junheng$/, '/postgres'), { max: 1 })
    await sql`ALTER DATABASE tpl WITH ALLOW_CONNECTIONS false`
    await sql.end()
    project.provide('postgres', { adminUrl: url.href, passwords })
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}
