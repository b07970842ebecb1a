import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aDatabase, type TestDatabase } from '../../support/database.ts'
import { ACTORS } from './fixture.ts'
import matrix from './matrix.expected.json' with { type: 'json' }
import { type Entry, type Expected, entryOf, expand, prepareMatrix, tryActor } from './matrix.ts'

let db: TestDatabase
let sql: Sql
let prepared: Awaited<ReturnType<typeof prepareMatrix>>
beforeAll(async () => {
  db = await aDatabase()
  sql = postgres(db.adminUrl, { max: 1, onnotice: () => {} })
  prepared = await prepareMatrix(sql)
})
afterAll(async () => {
  await sql.end()
  await db.close()
})

const expected = expand(matrix as Expected)
const entries = Object.keys(matrix).map(entryOf)
let tried = 0

async function compare(list: Entry[], actor: (typeof ACTORS)[number]) {
  const result = await tryActor(sql, prepared, list, actor)
  tried += result.tried
  const got = new Set(result.allowed)
  const names = new Set(list.map((entry) => entry.name))
  const mine = [...expected].filter((cell) => cell.split(' ')[1] === actor && names.has(cell.split(' ')[0] ?? ''))
  return {
    tooMuch: [...got].filter((cell) => !expected.has(cell)).sort(),
    tooLittle: mine.filter((cell) => !got.has(cell)).sort(),
  }
}

describe('SEC-RLS-2 what each role reaches, straight in SQL', () => {
  test('the matrix speaks of every table', () => {
    const spoken = new Set(entries.map((entry) => entry.table))
    expect([...prepared.shapes.keys()].filter((table) => !spoken.has(table))).toEqual([])
  })

  test.each(ACTORS)('%s', async (actor) => {
    const plain = await compare(
      entries.filter((entry) => entry.variant === ''),
      actor,
    )
    const varied = []
    for (const entry of entries.filter((candidate) => candidate.variant !== ''))
      varied.push(await compare([entry], actor))
    expect({
      tooMuch: [...plain.tooMuch, ...varied.flatMap((part) => part.tooMuch)],
      tooLittle: [...plain.tooLittle, ...varied.flatMap((part) => part.tooLittle)],
    }).toEqual({ tooMuch: [], tooLittle: [] })
  })

  test('about twelve thousand cells were tried, and none of another district was reached', () => {
    expect(tried).toBeGreaterThan(12_000)
    expect([...expected].filter((cell) => cell.endsWith(' x'))).toEqual([])
  })
})
