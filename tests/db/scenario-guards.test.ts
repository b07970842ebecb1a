import { createHash, randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
let sql: postgres.Sql
const district = randomUUID()
const round = randomUUID()
const sha = (text: string) => createHash('sha256').update(text).digest('hex')

beforeAll(async () => {
  database = await aDatabase()
  sql = postgres(database.adminUrl, { max: 1, onnotice: () => {} })
  await sql`INSERT INTO districts (id, code, name, document_prefix, created_at) VALUES (${district}, '159999', 'D', 'D', now())`
  await sql`INSERT INTO rotation_rounds (district_id, id, year, name, kind, state, snapshot_date, effective_on, changed_at)
    VALUES (${district}, ${round}, 2027, 'R', 'backfill', 'closed', '2027-08-31', '2027-09-01', now())`
})
afterAll(async () => {
  await sql.end()
  await database.close()
})

async function scenario(name: string, more: { sha256?: string; state?: string } = {}): Promise<string> {
  const id = randomUUID()
  await sql`INSERT INTO scenarios (district_id, id, round_id, name, state, instance, instance_sha256, created_by, created_by_name, created_at, changed_at)
    VALUES (${district}, ${id}, ${round}, ${name}, ${more.state ?? 'draft'}, ${'{}'}, ${more.sha256 ?? sha('{}')}, ${randomUUID()}, 'N', now(), now())`
  return id
}

/** Name of the constraint a statement breaks; null when it is let through. */
const broken = (work: Promise<unknown>): Promise<string | null> =>
  work.then(
    () => null,
    (error: { constraint_name?: string }) => error.constraint_name ?? 'another error',
  )

test('scenarios_instance_bytes: the digest is that of the stored bytes', async () => {
  expect(await broken(scenario('bytes', { sha256: sha('other') }))).toBe('scenarios_instance_bytes')
  expect(await broken(scenario('bytes'))).toBe(null)
})

test('scenarios_name_once: one name a round', async () => {
  await scenario('twice')
  expect(await broken(scenario('twice'))).toBe('scenarios_name_once')
  expect(await broken(scenario('once'))).toBe(null)
})

test('scenarios_frozen: the instance changes only in a draft', async () => {
  const id = await scenario('frozen')
  const change = (state: string, text: string) =>
    sql`UPDATE scenarios SET state = ${state}, instance = ${text}, instance_sha256 = ${sha(text)} WHERE id = ${id}`
  expect(await broken(change('draft', '{"a":1}'))).toBe(null)
  await sql`UPDATE scenarios SET state = 'queued' WHERE id = ${id}`
  expect(await broken(change('queued', '{"a":2}'))).toBe('scenarios_frozen')
})

test('scenarios_adopted_from_solved: nothing but a solved plan is adopted', async () => {
  expect(await broken(scenario('at once', { state: 'adopted' }))).toBe('scenarios_adopted_from_solved')
  const id = await scenario('unsolved')
  expect(await broken(sql`UPDATE scenarios SET state = 'adopted', adopted_at = now() WHERE id = ${id}`)).toBe(
    'scenarios_adopted_from_solved',
  )
})
