import postgres from 'postgres'

/** Passwords of the login roles; made once per installation, kept beside the data in files of mode 0600. */
export interface RolePasswords {
  migrate: string
  app: string
  worker: string
}

const PASSWORD = /^[A-Za-z0-9_-]{16,128}$/

/** SQL that a bureau's database administrator runs when the product may not create roles itself. */
export function roleStatements(database: string, passwords: RolePasswords): string[] {
  for (const secret of Object.values(passwords))
    if (!PASSWORD.test(secret)) throw new Error('a role password has a character that cannot be quoted')
  const login = (name: string, secret: string, more = '') => [
    `DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${name}') THEN CREATE ROLE ${name} LOGIN; END IF; END $$`,
    `ALTER ROLE ${name} LOGIN NOINHERIT NOCREATEROLE NOCREATEDB PASSWORD '${secret}' ${more}`,
  ]
  const group = (name: string) =>
    `DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${name}') THEN CREATE ROLE ${name} NOLOGIN; END IF; END $$`
  const quoted = `"${database.replaceAll('"', '""')}"`
  return [
    group('jh_owner'),
    group('jh_access'),
    ...login('jh_migrate', passwords.migrate),
    ...login('jh_app', passwords.app, 'CONNECTION LIMIT 40'),
    ...login('jh_worker', passwords.worker, 'CONNECTION LIMIT 20'),
    'GRANT jh_owner TO jh_migrate',
    'GRANT jh_access TO jh_owner',
    `GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${quoted} TO jh_owner`,
    `GRANT CONNECT ON DATABASE ${quoted} TO jh_migrate, jh_app, jh_worker`,
    'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
    'GRANT CREATE, USAGE ON SCHEMA public TO jh_owner',
    'CREATE EXTENSION IF NOT EXISTS btree_gist',
  ]
}

/**
 * Creates or refreshes the roles of security.md §3.2 with the right of `adminUrl`.
 * Throws the driver's error when that account may not create roles; the caller then prints `roleStatements`.
 */
export async function prepareRoles(adminUrl: string, passwords: RolePasswords): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    const [row] = await sql`SELECT current_database() AS name`
    for (const statement of roleStatements(row!.name, passwords)) await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** The same server and database under another login. */
export function urlFor(adminUrl: string, user: string, password: string): string {
  const url = new URL(adminUrl)
  url.username = user
  url.password = password
  return url.toString()
}
