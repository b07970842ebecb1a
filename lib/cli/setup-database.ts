import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrate } from '../../db/migrate.ts'
import { prepareRoles, type RolePasswords, urlFor } from '../../db/roles.ts'
import {
  checkAddress,
  checkServerVersion,
  connectionHalt,
  isForbidden,
  isMissingDatabase,
  isRace,
  migrationHalt,
  rolesHalt,
} from './database-faults.ts'
import { roleFaults } from './role-check.ts'
import { Halt } from './start/halt.mjs'
import { pause } from './start/pids.mjs'
import { writePrivate } from './start/secrets.mjs'

/** Addresses of one database: the administrator's, and one for each login role of ours. */
export interface DatabaseUrls {
  adminUrl: string
  migrateUrl: string
  appUrl: string
  workerUrl: string
}

const freshPassword = () => randomBytes(24).toString('hex')

/** A fresh random password for each login role. */
export const freshPasswords = (): RolePasswords => ({
  migrate: freshPassword(),
  app: freshPassword(),
  worker: freshPassword(),
})

/** The passwords kept in a data folder (0600), made the first time. */
export function keptPasswords(dataFolder: string): RolePasswords {
  const file = join(dataFolder, 'role-passwords.json')
  if (!existsSync(file)) writePrivate(file, JSON.stringify(freshPasswords()))
  return JSON.parse(readFileSync(file, 'utf8')) as RolePasswords
}

/** The same database as seen by each role. */
export const urlsOf = (adminUrl: string, passwords: RolePasswords): DatabaseUrls => ({
  adminUrl,
  migrateUrl: urlFor(adminUrl, 'jh_migrate', passwords.migrate),
  appUrl: urlFor(adminUrl, 'jh_app', passwords.app),
  workerUrl: urlFor(adminUrl, 'jh_worker', passwords.worker),
})

/**
 * Bring a database to the state the product serves from: it exists, is new enough, has the roles, is migrated,
 * and the two serving roles are as poor as they must be. Safe to run at every start.
 * @throws Halt with a sentence for what a person can put right
 */
export async function setUpDatabase(
  adminUrl: string,
  passwords: RolePasswords,
): Promise<DatabaseUrls & { applied: string[] }> {
  checkAddress(adminUrl)
  await checkServer(adminUrl)
  const urls = urlsOf(adminUrl, passwords)
  try {
    await retryWhenRaced(() => prepareRoles(adminUrl, passwords))
  } catch (error) {
    if (!isForbidden(error)) throw error
    if (!(await allCanLogIn(urls))) throw rolesHalt(passwords, new URL(adminUrl).pathname.slice(1))
  }
  const applied = await migrateTo(urls.migrateUrl)
  await refusePowerfulRoles(urls)
  return { ...urls, applied }
}

const connect = (url: string) => postgres(url, { max: 1, connect_timeout: 10, onnotice: () => {} })

async function checkServer(adminUrl: string): Promise<void> {
  const sql = connect(adminUrl)
  try {
    const [row] = await sql<{ version: number }[]>`SELECT current_setting('server_version_num')::int AS version`
    checkServerVersion(row?.version ?? 0)
  } catch (error) {
    if (!isMissingDatabase(error)) throw connectionHalt(adminUrl, error)
    await createDatabase(adminUrl)
  } finally {
    await sql.end()
  }
}

async function createDatabase(adminUrl: string): Promise<void> {
  const url = new URL(adminUrl)
  const name = decodeURIComponent(url.pathname.slice(1))
  url.pathname = '/postgres'
  const sql = connect(url.href)
  try {
    const [row] = await sql<{ version: number }[]>`SELECT current_setting('server_version_num')::int AS version`
    checkServerVersion(row?.version ?? 0)
    await sql`CREATE DATABASE ${sql(name)} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'`
  } catch (error) {
    throw isForbidden(error)
      ? connectionHalt(adminUrl, Object.assign(new Error('no database'), { code: '3D000' }))
      : connectionHalt(adminUrl, error)
  } finally {
    await sql.end()
  }
}

/** Roles belong to the whole server: two set-ups at once, of different databases too, may meet on one row. */
async function retryWhenRaced(work: () => Promise<void>, attempts = 5): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (attempts === 1 || !isRace(error)) throw error
    await pause(100)
    await retryWhenRaced(work, attempts - 1)
  }
}

async function migrateTo(migrateUrl: string): Promise<string[]> {
  try {
    return (await migrate(migrateUrl)).applied
  } catch (error) {
    throw migrationHalt(error)
  }
}

/** The database administrator has made the roles by hand, as `rolesHalt` asked. */
async function allCanLogIn({ migrateUrl, appUrl, workerUrl }: DatabaseUrls): Promise<boolean> {
  for (const url of [migrateUrl, appUrl, workerUrl]) {
    const sql = connect(url)
    try {
      await sql`SELECT 1`
    } catch {
      return false // whatever the reason, the answer is the SQL that sets it right
    } finally {
      await sql.end()
    }
  }
  return true
}

async function refusePowerfulRoles({ appUrl, workerUrl }: DatabaseUrls): Promise<void> {
  for (const url of [appUrl, workerUrl]) {
    const sql = connect(url)
    try {
      const faults = await roleFaults(sql)
      if (faults.length === 0) continue
      const role = new URL(url).username
      throw new Halt(
        `数据库角色 ${role} 的权力过大，行级权限对它不起作用，拒绝启动。请运行 npm run junheng -- doctor 查看。`,
        `The database role ${role} is too powerful, so row-level security would not bind it; refusing to start: it ${faults.join(', ')}.`,
      )
    } catch (error) {
      throw connectionHalt(url, error)
    } finally {
      await sql.end()
    }
  }
}

/** Is there a district yet? The list of districts is what the sign-in page may see without a scope. */
export async function hasDistrict(appUrl: string): Promise<boolean> {
  const sql = connect(appUrl)
  try {
    const [row] = await sql<{ there: boolean }[]>`SELECT EXISTS (SELECT FROM sec.district_list()) AS there`
    return row?.there ?? false
  } finally {
    await sql.end()
  }
}
