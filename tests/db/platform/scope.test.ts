import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { users } from '@/db/schema/index.ts'
import { exactly, one, scopeStatements, WrongRowCount, withScope } from '@/db/scope.ts'
import { refusalOfConstraint } from '@/lib/platform/refusal-of-constraint.ts'
import type { Actor, UserActor } from '@/lib/rules/access/actor.ts'
import { sourcesUnder } from '../../architecture/sources.ts'
import { aRoundDistrict, type RoundDistrict } from '../../support/round-district.ts'

let district: RoundDistrict
beforeAll(async () => {
  district = await aRoundDistrict()
})
afterAll(() => district.close())
const hr = () => district.actors.hr1 as UserActor

describe('SEC-DB-2 the scope lasts for one transaction', () => {
  test('no source sets a setting without LOCAL or resets all', () => {
    const plain = sourcesUnder(['app', 'db', 'lib'], ['.ts', '.tsx', '.mjs']).filter(
      ({ text }) =>
        /\bSET\s+(SESSION\s+)?app\./i.test(text) || /RESET ALL/.test(text) || /set_config\([^)]*false\s*\)/.test(text),
    )
    expect(plain.map(({ path }) => path)).toEqual([])
  })

  test('40 transactions later nothing of it is left', async () => {
    await Promise.all(Array.from({ length: 40 }, () => withScope(hr(), (tx) => tx.select().from(users).limit(1))))
    const visitor: Actor = { kind: 'anonymous', districtId: district.districtId, today: hr().today }
    const seen = await Promise.all(
      Array.from({ length: 40 }, () =>
        withScope(
          visitor,
          async (tx) => [...(await tx.execute(sql`SELECT sec.user_id() AS id, sec.role() AS role`))][0],
        ),
      ),
    )
    expect(new Set(seen.map((row) => JSON.stringify(row)))).toEqual(new Set(['{"id":null,"role":"anonymous"}']))
  })
})

describe('SEC-DB-3 nothing but plain values enters the statements', () => {
  const base = () => hr()
  const texts = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "'; DROP TABLE users; --",
      "x'||'",
      '\u0000',
      "00000000-0000-7000-8000-000000000001'; SET ROLE postgres; --",
    ),
  )
  const places: ((actor: UserActor, text: string) => Actor)[] = [
    (actor, text) => ({ ...actor, districtId: text as never }),
    (actor, text) => ({ ...actor, userId: text as never }),
    (actor, text) => ({ ...actor, personId: text as never }),
    (actor, text) => ({ ...actor, grantId: text as never }),
    (actor, text) => ({ ...actor, schoolIds: [text as never] }),
    (actor, text) => ({ ...actor, role: text as never }),
    (actor, text) => ({ ...actor, flags: [text] }),
    (actor, text) => ({ ...actor, today: text as never }),
    (actor, text) => ({ ...actor, role: 'teacher', teacherId: text as never }),
    (actor, text) => ({ kind: 'anonymous', districtId: actor.districtId, today: actor.today, login: text }),
    (actor, text) => ({ kind: 'anonymous', districtId: actor.districtId, today: actor.today, sessionHash: text }),
    (actor, text) => ({ kind: 'anonymous', districtId: actor.districtId, today: actor.today, linkHash: text }),
  ]
  test.each(places.map((place, at) => [at, place] as const))('place %i', (_, place) =>
    fc.assert(
      fc.property(texts, (text) => {
        let statements: string
        try {
          statements = scopeStatements(place(base(), text))
        } catch {
          return true
        }
        // Whatever passes is made of words, signs of ids and nothing that ends a quoted text.
        return statements.split('; ').every((part) => /^SET LOCAL [a-z_.]+ = '[A-Za-z0-9{}.,_@-]*'$/.test(part))
      }),
      { numRuns: 300 },
    ),
  )

  test('more than sixty schools are refused', () => {
    const schoolIds = Array.from({ length: 61 }, () => hr().userId as never)
    expect(() => scopeStatements({ ...hr(), schoolIds })).toThrow(/too many/)
  })
})

describe('SEC-DB-4 a write that a policy forbids reaches no row, and that is an error', () => {
  test('one() and exactly() throw on another count', () => {
    expect(() => one([])).toThrow(WrongRowCount)
    expect(() => one([1, 2])).toThrow(WrongRowCount)
    expect(() => exactly([1], 2)).toThrow(WrongRowCount)
    expect(one([7])).toBe(7)
  })

  test('personnel renaming an account changes nothing', async () => {
    const changed = await withScope(hr(), (tx) =>
      tx.update(users).set({ displayName: 'x' }).where(sql`login = 'pa'`).returning(),
    )
    expect(changed).toEqual([])
  })
})

describe('SEC-DB-5 the limits of a transaction', () => {
  test('a slow statement ends and reads as a sentence', async () => {
    const slow = withScope(hr(), (tx) => tx.execute(sql`SELECT pg_sleep(5)`), { statementSeconds: 1 })
    const error = await slow.then(() => null).catch((caught) => caught)
    expect(refusalOfConstraint(error)).toMatchObject({ code: 'platform.refusal.busy' })
  })

  test('a read-only page cannot write', async () => {
    await expect(
      withScope(hr(), (tx) => tx.execute(sql`UPDATE policies SET title = 'x'`), { readOnly: true }),
    ).rejects.toThrow()
  })
})
