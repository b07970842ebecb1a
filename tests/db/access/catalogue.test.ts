import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDatabase, type TestDatabase } from '../../support/database.ts'
import { catalogueFaults, grantsOf } from './catalogue.ts'
import expectedGrants from './grants.expected.json' with { type: 'json' }

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

/** What the catalogue test says about a change that is taken back. */
async function faultsAfter(...statements: string[]): Promise<string> {
  let found: string[] = []
  await sql
    .begin(async (tx) => {
      for (const statement of statements) await tx.unsafe(statement)
      found = await catalogueFaults(tx as unknown as Sql)
      throw new Error('take back')
    })
    .catch((error) => {
      if (error.message !== 'take back') throw error
    })
  return found.join('\n')
}

describe('SEC-RLS-1 every relation is guarded', () => {
  test('the catalogue has no fault', async () => {
    expect(await catalogueFaults(sql)).toEqual([])
  })

  test('the serving roles hold exactly the listed grants, the usual ones on every table not listed', async () => {
    const unusual = Object.entries(await grantsOf(sql)).filter(
      ([, { app, worker }]) => app !== 'SIU' || worker !== 'SIUD',
    )
    expect(Object.fromEntries(unusual.map(([table, { app, worker }]) => [table, `${app} ${worker}`]))).toEqual(
      expectedGrants,
    )
  })

  test.each([
    [
      'a bare table',
      'CREATE TABLE planted (district_id uuid, id uuid PRIMARY KEY)',
      /planted: row-level security.*\n.*planted: owned by.*\n.*planted: not exactly one restrictive/,
    ],
    [
      'a key without district',
      'CREATE TABLE planted (district_id uuid, id uuid PRIMARY KEY)',
      /planted: planted_pkey does not begin with district_id/,
    ],
    [
      'a unique index without district',
      'CREATE UNIQUE INDEX planted ON teachers (staff_no)',
      /planted does not begin with district_id/,
    ],
    ['a view over the tables', 'CREATE VIEW planted AS SELECT * FROM teachers', /planted: not security_invoker/],
    ['a materialised view', 'CREATE MATERIALIZED VIEW planted AS SELECT 1 AS n', /planted: a materialised view/],
    [
      'a policy with a bare call',
      "CREATE POLICY planted ON teachers TO jh_app USING (sec.role() = 'x')",
      /teachers.planted: a bare sec call/,
    ],
    [
      'a policy that reads a setting',
      "CREATE POLICY planted ON teachers TO jh_app USING (current_setting('app.role') = 'x')",
      /teachers.planted: reads a setting/,
    ],
    [
      'an open policy',
      'CREATE POLICY planted ON teachers TO jh_app USING (true) WITH CHECK (true)',
      /teachers.planted: open to jh_app/,
    ],
    [
      'a policy for everybody',
      "CREATE POLICY planted ON teachers USING ((SELECT sec.role()) = 'x')",
      /teachers.planted: granted to public/,
    ],
    ['a lost tenant policy', 'DROP POLICY tenant ON teachers', /teachers: not exactly one restrictive/],
    ['unforced security', 'ALTER TABLE teachers NO FORCE ROW LEVEL SECURITY', /teachers: row-level security is not/],
    [
      'a definer function',
      'CREATE FUNCTION sec.planted() RETURNS int LANGUAGE sql SECURITY DEFINER AS $$ SELECT 1 $$',
      /sec.planted: an unlisted SECURITY DEFINER/,
    ],
    [
      'a right on the migrations',
      'GRANT USAGE ON SCHEMA migrations TO jh_app; GRANT SELECT ON migrations.applied TO jh_app',
      /migrations.applied: the serving roles have a right/,
    ],
  ])('%s is found', async (_, statement, fault) => {
    expect(await faultsAfter(statement)).toMatch(fault)
  })
})
