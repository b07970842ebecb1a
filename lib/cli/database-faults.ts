import { MigrationChanged, SchemaTooNew } from '../../db/migrate.ts'
import { type RolePasswords, roleStatements } from '../../db/roles.ts'
import { Halt } from './start/halt.mjs'

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Host, port and name of a database address: what may be shown of it. */
export function shownAddress(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || 5432}${pathname}`
}

/** Refuse a text that is no database address, before it is tried. */
export function checkAddress(url: string): void {
  if (URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol)) return
  throw new Halt(
    'DATABASE_URL 的写法不对。应为 postgres://用户:密码@主机:5432/数据库（密码里的特殊字符要写成 %XX）。',
    'DATABASE_URL is not well formed. Write postgres://user:password@host:5432/database (special characters of the password as %XX).',
  )
}

/** The sentence for a connection that failed; anything unknown is thrown as it came. */
export function connectionHalt(url: string, error: unknown): unknown {
  const at = shownAddress(url)
  const code = codeOf(error)
  if (/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|CONNECT_TIMEOUT|ECONNRESET)$/.test(code))
    return new Halt(
      `连不上 DATABASE_URL 所指的数据库（${at}，${code}）。请检查主机、端口和防火墙；若要用内置数据库，请去掉 DATABASE_URL。`,
      `The database of DATABASE_URL cannot be reached (${at}, ${code}). Check host, port and firewall; to use the embedded one, unset DATABASE_URL.`,
    )
  if (code === '28P01' || code === '28000' || code === 'SASL_SIGNATURE_MISMATCH')
    return new Halt(
      `数据库（${at}）不接受 DATABASE_URL 里的用户名或密码。`,
      `The database (${at}) does not accept the user or password in DATABASE_URL.`,
    )
  if (code === '3D000')
    return new Halt(
      `服务器上没有这个数据库（${at}），也没有权限建立它。请让管理员运行 CREATE DATABASE。`,
      `There is no such database (${at}) and this user may not make it. Ask for CREATE DATABASE.`,
    )
  return error
}

/** The oldest server whose exclusion constraints, policies and grants the schema was tried on. */
export function checkServerVersion(version: number): void {
  if (version >= 150000) return
  const shown = (version / 10000).toFixed(0)
  throw new Halt(
    `数据库服务器是 PostgreSQL ${shown}，需要 15 或更新的版本。请升级，或去掉 DATABASE_URL 改用内置数据库。`,
    `The server is PostgreSQL ${shown}; 15 or newer is needed. Upgrade it, or unset DATABASE_URL to use the embedded one.`,
  )
}

/** This user may not make the roles: the SQL for the one who may. */
export function rolesHalt(passwords: RolePasswords, database: string): Halt {
  return new Halt(
    'DATABASE_URL 的用户不能建立数据库角色。请让数据库管理员在该库中执行下面的 SQL（含密码，勿外传），然后重新启动。',
    'The user of DATABASE_URL may not create roles. Have the database administrator run this SQL in that database (it holds passwords: keep it close), then start again.',
    roleStatements(database, passwords)
      .map((statement) => `${statement};`)
      .join('\n'),
  )
}

/** The sentence for a schema this program must not touch; anything else is passed through. */
export function migrationHalt(error: unknown): unknown {
  if (error instanceof SchemaTooNew)
    return new Halt(
      `数据库已被更新版本的程序升级过（${error.message}）。请用新版本启动，或换一个数据库。`,
      `A newer program has changed this database (${error.message}). Start that version, or use another database.`,
    )
  if (error instanceof MigrationChanged)
    return new Halt(
      `迁移文件 ${error.message} 与数据库里登记的不一致。请恢复原文件（git checkout db/migrations）。`,
      `Migration ${error.message} differs from the one this database was made with. Restore the file (git checkout db/migrations).`,
    )
  return error
}

export const isForbidden = (error: unknown): boolean => codeOf(error) === '42501'
export const isMissingDatabase = (error: unknown): boolean => codeOf(error) === '3D000'

/** `tuple concurrently updated`, or a role made by the other between our look and our statement. */
export const isRace = (error: unknown): boolean =>
  codeOf(error) === '42710' ||
  (codeOf(error) === '23505' && error instanceof Error && error.message.includes('pg_auth')) ||
  (error instanceof Error && error.message.includes('concurrently updated'))
