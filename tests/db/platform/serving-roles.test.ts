import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { roleFaults } from '../../../lib/cli/role-check.ts'
import { setUpDatabase } from '../../../lib/cli/setup-database.ts'
import { aDatabase, type TestDatabase } from '../../support/database.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await aDatabase()
})
afterAll(() => db.close())

const faultsOf = async (url: string) => {
  const sql = postgres(url, { max: 1 })
  try {
    return await roleFaults(sql)
  } finally {
    await sql.end()
  }
}

const asAdmin = async (statement: string) => {
  const sql = postgres(db.adminUrl, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

describe('SEC-DB-1 the serving roles are as poor as they must be', () => {
  test('jh_app and jh_worker have no fault', async () => {
    expect(await faultsOf(db.appUrl)).toEqual([])
    expect(await faultsOf(db.workerUrl)).toEqual([])
  })

  test('the administrator’s own connection would be refused', async () => {
    expect(await faultsOf(db.adminUrl)).toContain('is a superuser')
  })

  test.each([
    ['BYPASSRLS', 'LOGIN BYPASSRLS', 'has BYPASSRLS'],
    ['membership of the owner', 'LOGIN NOINHERIT IN ROLE jh_owner', 'is a member of jh_owner, jh_migrate or jh_access'],
    ['the right to make roles', 'LOGIN CREATEROLE', 'may create roles or databases'],
  ])('%s is found', async (_, attributes, fault) => {
    await asAdmin(`CREATE ROLE jh_trial ${attributes} PASSWORD 'trial'`)
    const url = new URL(db.appUrl)
    url.username = 'jh_trial'
    url.password = 'trial'
    try {
      expect(await faultsOf(url.href)).toContain(fault)
    } finally {
      await asAdmin('DROP ROLE jh_trial')
    }
  })

  test('an owner of a table is found', async () => {
    await asAdmin('CREATE TABLE trial_owned (); ALTER TABLE trial_owned OWNER TO jh_app')
    try {
      expect((await faultsOf(db.appUrl)).join()).toMatch(/owns 1 tables/)
    } finally {
      await asAdmin('DROP TABLE trial_owned')
    }
  })

  test('setting up the same database again changes nothing', async () => {
    const { passwords } = inject('postgres')
    expect(await setUpDatabase(db.adminUrl, passwords)).toMatchObject({ applied: [], appUrl: db.appUrl })
  })

  test('two at once do not meet on a role', async () => {
    const { passwords } = inject('postgres')
    const all = await Promise.all([1, 2, 3, 4].map(() => setUpDatabase(db.adminUrl, passwords)))
    expect(all.map(({ applied }) => applied)).toEqual([[], [], [], []])
  })
})
