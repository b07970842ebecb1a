import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePools, withScope } from '@/db/scope.ts'
import { createDistrict } from '@/lib/platform/create-district.ts'
import { type Keyring, keyring } from '@/lib/platform/crypto.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { day } from '@/lib/rules/values/dates.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'
import { aDatabase, type TestDatabase } from '../../support/database.ts'
import { serveFrom } from '../../support/scoped.ts'

let db: TestDatabase
let ring: Keyring
let foreign: Keyring
const place = { table: 'teacher_secrets', column: 'id_number', rowId: 'row-1' }
const NUMBER = '150699198405010017'

async function ringOf(code: string): Promise<Keyring> {
  const actor: SystemActor = { kind: 'system', districtId: newId<DistrictId>(), job: 'test', today: day('2026-01-01') }
  return withScope(actor, async (tx) => {
    await createDistrict(tx, { id: actor.districtId, code, name: code, documentPrefix: code, demo: false })
    return keyring(tx, actor.districtId)
  })
}
beforeAll(async () => {
  db = await aDatabase()
  serveFrom(db)
  ring = await ringOf('150601')
  foreign = await ringOf('150602')
})
afterAll(async () => {
  await closePools()
  await db.close()
})

describe('SEC-D1 sealed cells', () => {
  test('open where they were sealed, and never look the same twice', () => {
    const cell = ring.seal(place, NUMBER)
    expect(ring.open(place, cell)).toBe(NUMBER)
    expect(cell.equals(ring.seal(place, NUMBER))).toBe(false)
    expect(cell.includes(Buffer.from(NUMBER.slice(0, 6)))).toBe(false)
    expect(cell.length).toBe(1 + 2 + 12 + NUMBER.length + 16)
  })

  test.each([
    ['another row', { ...place, rowId: 'row-2' }],
    ['another column', { ...place, column: 'phone' }],
    ['another table', { ...place, table: 'candidate_scores' }],
  ])('moved to %s they do not open', (_, elsewhere) => {
    expect(() => ring.open(elsewhere, ring.seal(place, NUMBER))).toThrow()
  })

  test('any flipped bit is noticed', () => {
    const cell = ring.seal(place, NUMBER)
    for (let byte = 0; byte < cell.length; byte++) {
      const changed = Buffer.from(cell)
      changed[byte] = (changed[byte] ?? 0) ^ 1
      expect(() => ring.open(place, changed)).toThrow()
    }
  })

  test('another district’s key opens nothing', () => {
    expect(() => foreign.open(place, ring.seal(place, NUMBER))).toThrow()
  })

  test('a file’s key is not a cell’s', () => {
    const file = ring.sealBytes('file', 'f', Buffer.from('x'))
    expect(ring.openBytes('file', 'f', file).toString()).toBe('x')
    expect(() => ring.openBytes('file', 'g', file)).toThrow()
    expect(() => ring.openBytes('trail', 'f', file)).toThrow()
  })
})

describe('SEC-D2 lookup digests', () => {
  test('are equal for equal numbers of one district only, and differ by kind', () => {
    expect(ring.lookup('idNumber', NUMBER)).toEqual(ring.lookup('idNumber', NUMBER))
    expect(ring.lookup('idNumber', NUMBER)).not.toEqual(foreign.lookup('idNumber', NUMBER))
    expect(ring.lookup('idNumber', NUMBER)).not.toEqual(ring.lookup('idTail', NUMBER))
  })
})
