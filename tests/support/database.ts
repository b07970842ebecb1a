import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'
import { type DatabaseUrls, urlsOf } from '../../lib/cli/setup-database.ts'

/** A migrated, empty database of one's own: a clone of the template, gone after `close`. */
export interface TestDatabase extends DatabaseUrls {
  close(): Promise<void>
}

/** Clone the template. One a test file is usual: `const db = await aDatabase(); afterAll(db.close)`. */
export async function aDatabase(): Promise<TestDatabase> {
  const { adminUrl, passwords } = inject('postgres')
  const name = `t_${randomBytes(6).toString('hex')}`
  const server = new URL(adminUrl)
  server.pathname = '/postgres'
  const asAdmin = async (statement: string) => {
    const sql = postgres(server.href, { max: 1, onnotice: () => {} })
    try {
      await sql.unsafe(statement)
    } finally {
      await sql.end()
    }
  }
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE tpl STRATEGY FILE_COPY`)
  const own = new URL(adminUrl)
  own.pathname = `/${name}`
  return { ...urlsOf(own.href, passwords), close: () => asAdmin(`DROP DATABASE ${name} WITH (FORCE)`) }
}
