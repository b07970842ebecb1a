import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withScope } from '@/db/scope.ts'
import { canonicalEvent, writeAudit } from '@/lib/platform/audit.ts'
import {
  type Head,
  headLine,
  headsFile,
  isSigned,
  makeHead,
  parseHeadLine,
  verifyingKey,
} from '@/lib/platform/audit-heads.ts'
import { verifyChain } from '@/lib/platform/audit-verify.ts'
import { canonicalJson } from '@/lib/platform/canonical.ts'
import { sha256Hex } from '@/lib/platform/crypto.ts'
import { linkHash, sealAudit } from '@/lib/platform/jobs/seal.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { aRoundDistrict, type RoundDistrict } from '../../support/round-district.ts'

const EVENTS = 40
let district: RoundDistrict
let sql: Sql
let kept: Head
const folder = mkdtempSync(join(tmpdir(), 'junheng-audit-'))

beforeAll(async () => {
  process.env.JUNHENG_DATA = folder
  district = await aRoundDistrict()
  const hr = district.actors.hr1 as UserActor
  for (let index = 0; index < EVENTS; index++)
    await withScope(hr, (tx) =>
      writeAudit(tx, hr, {
        action: 'test.event',
        resource: 'case',
        objectId: String(index),
        outcome: 'done',
        reason: index % 3 === 0 ? '含“引号”、\n换行和𠮷野家' : null,
        details: index % 2 === 0 ? { index, note: '说明' } : undefined,
      }),
    )
  const head = await makeHead(district.system, 'test')
  if (!head) throw new Error('no head was made')
  kept = head
  sql = postgres(district.db.adminUrl, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  await sql.end()
  await district.close()
  rmSync(folder, { recursive: true, force: true })
})

const verify = (given: Head[] = []) =>
  withScope(district.system, (tx) => verifyChain(tx, { own: verifyingKey(), given }), { readOnly: true })

describe('SEC-A2 the canonical form of an event', () => {
  const event = {
    districtId: '00000000-0000-7000-8000-000000000001',
    id: '00000000-0000-7000-8000-000000000002',
    at: '2026-09-01 08:00:00.123+08',
    actorUserId: null,
    actorPersonId: null,
    actorName: '阮清和',
    grantId: null,
    role: 'bureau_hr',
    onBehalfOf: null,
    sessionId: null,
    requestId: null,
    action: 'rotation.case.decide',
    resource: 'case',
    objectId: '7',
    teacherId: null,
    outcome: 'done',
    reason: 'a "b"\n',
    detailsHash: null,
  } as Parameters<typeof canonicalEvent>[0]
  const golden =
    '{"action":"rotation.case.decide","actorName":"阮清和","actorPersonId":null,"actorUserId":null,"at":"2026-09-01T00:00:00.123Z","detailsHash":null,"districtId":"00000000-0000-7000-8000-000000000001","grantId":null,"id":"00000000-0000-7000-8000-000000000002","objectId":"7","onBehalfOf":null,"outcome":"done","reason":"a \\"b\\"\\n","requestId":null,"resource":"case","role":"bureau_hr","sessionId":null,"teacherId":null,"v":1}'

  test('is this text, byte for byte', () => {
    expect(canonicalEvent(event)).toBe(golden)
    expect(sha256Hex(golden)).toBe(sha256Hex(canonicalEvent({ ...event })))
  })

  test.each([
    [{ b: 1, a: [true, null, 'é'] }, '{"a":[true,null,"é"],"b":1}'],
    ['e\u0301', '"é"'],
    [{ x: undefined, y: -0 }, '{"y":0}'],
  ])('of %j', (value, text) => expect(canonicalJson(value)).toBe(text))

  test.each([1.5, Number.NaN, 2 ** 60, () => 1])('has none for %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError)
  })

  test('a link is SHA-256 of prev, the number in eight bytes and h', () => {
    expect(linkHash(Buffer.alloc(32), 1, Buffer.alloc(32, 1)).toString('hex')).toBe(
      sha256Hex(Buffer.concat([Buffer.alloc(32), Buffer.from('0000000000000001', 'hex'), Buffer.alloc(32, 1)])),
    )
  })

  test('a second implementation in SQL finds the same digests and links', async () => {
    const q = (column: string) => `coalesce(to_json(normalize(${column}::text, NFC))::text, 'null')`
    const [row] = await sql.unsafe(`
      SELECT count(*)::int AS n,
        count(*) FILTER (WHERE e.h = sha256(convert_to('{"action":' || ${q('e.action')} || ',"actorName":' || ${q('e.actor_name')}
          || ',"actorPersonId":' || ${q('e.actor_person_id')} || ',"actorUserId":' || ${q('e.actor_user_id')}
          || ',"at":"' || to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"'
          || ',"detailsHash":' || ${q('e.details_hash')} || ',"districtId":' || ${q('e.district_id')} || ',"grantId":' || ${q('e.grant_id')}
          || ',"id":' || ${q('e.id')} || ',"objectId":' || ${q('e.object_id')} || ',"onBehalfOf":' || ${q('e.on_behalf_of')}
          || ',"outcome":' || ${q('e.outcome')} || ',"reason":' || ${q('e.reason')} || ',"requestId":' || ${q('e.request_id')}
          || ',"resource":' || ${q('e.resource')} || ',"role":' || ${q('e.role')} || ',"sessionId":' || ${q('e.session_id')}
          || ',"teacherId":' || ${q('e.teacher_id')} || ',"v":1}', 'UTF8')))::int AS same,
        count(*) FILTER (WHERE c.hash = sha256(c.prev || int8send(c.seq) || e.h))::int AS linked
      FROM audit_chain c JOIN audit_events e USING (district_id) WHERE e.id = c.event_id`)
    expect(row?.n).toBeGreaterThan(EVENTS)
    expect(row).toMatchObject({ same: row?.n, linked: row?.n })
  })
})

describe('SEC-A4 heads are signed outside the database', () => {
  test('the key file is its owner’s alone and the line is in the file', () => {
    expect(statSync(join(folder, 'audit-signing-key.pem')).mode & 0o777).toBe(0o600)
    expect(readFileSync(headsFile(), 'utf8')).toContain(headLine(kept))
  })

  test('a line read back is signed, a changed one is not', () => {
    const back = parseHeadLine(headLine(kept))
    const key = verifyingKey()
    if (!back || !key) throw new Error('no head')
    expect(back).toEqual(kept)
    expect(isSigned(key, back)).toBe(true)
    expect(isSigned(key, { ...back, seq: back.seq + 1 })).toBe(false)
    expect(isSigned(key, { ...back, hash: back.hash.replace(/^./, (c) => (c === '0' ? '1' : '0')) })).toBe(false)
  })

  test('a head is made once for one end of the chain', async () => {
    expect(await makeHead(district.system, 'again')).toEqual(kept)
  })
})

/** The chain after a DBA's hand, taken back afterwards. @returns codes of the faults */
async function verdictAfter(statements: string, given: Head[] = []): Promise<string[]> {
  const tables = ['audit_events', 'audit_details', 'audit_chain', 'audit_pending', 'audit_heads']
  for (const table of tables) await sql.unsafe(`CREATE TABLE keep_${table} AS SELECT * FROM ${table}`)
  try {
    await sql.begin(async (tx) => {
      await tx.unsafe('SET LOCAL session_replication_role = replica')
      await tx.unsafe(statements)
    })
    const verdict = await verify(given)
    return [...new Set(verdict.faults.map((fault) => fault.code))]
  } finally {
    await sql.begin(async (tx) => {
      await tx.unsafe('SET LOCAL session_replication_role = replica')
      for (const table of tables)
        await tx.unsafe(
          `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM keep_${table}; DROP TABLE keep_${table}`,
        )
    })
  }
}

/** A DBA rewrites all hashes, so that the chain looks whole. */
const REWRITE = `DO $$ DECLARE r record; p bytea := decode(repeat('00', 32), 'hex'); x bytea; BEGIN
  FOR r IN SELECT c.seq, e.h FROM audit_chain c JOIN audit_events e ON e.district_id = c.district_id AND e.id = c.event_id ORDER BY c.seq LOOP
    x := sha256(p || int8send(r.seq) || r.h);
    UPDATE audit_chain SET prev = p, hash = x WHERE seq = r.seq;
    p := x;
  END LOOP; END $$`
const EVENT_7 = '(SELECT event_id FROM audit_chain WHERE seq = 7)'

describe('SEC-A5 tampering is found', () => {
  test('an untouched chain is sound, against its kept head too', async () => {
    expect(await verify([kept])).toMatchObject({ ok: true, faults: [], givenHeads: 1, heads: 1 })
  })

  test.each([
    ['a changed reason', `UPDATE audit_events SET reason = 'x' WHERE id = ${EVENT_7}`, 'eventChanged'],
    ['a changed actor', `UPDATE audit_events SET actor_name = 'x' WHERE id = ${EVENT_7}`, 'eventChanged'],
    ['a changed time', `UPDATE audit_events SET at = at - interval '1 day' WHERE id = ${EVENT_7}`, 'eventChanged'],
    ['a refusal turned into done', "UPDATE audit_events SET outcome = 'failed' WHERE object_id = '9'", 'eventChanged'],
    [
      'changed details',
      "UPDATE audit_details SET details = '{\"index\":99}' WHERE event_id IN (SELECT id FROM audit_events WHERE object_id = '8')",
      'detailsChanged',
    ],
    [
      'details put beside an event that had none',
      "INSERT INTO audit_details SELECT district_id, id, '{}' FROM audit_events WHERE object_id = '1'",
      'detailsChanged',
    ],
    ['a deleted event', `DELETE FROM audit_events WHERE id = ${EVENT_7}`, 'eventMissing'],
    [
      'a deleted event with its link',
      `DELETE FROM audit_events WHERE id = ${EVENT_7}; DELETE FROM audit_chain WHERE seq = 7`,
      'gap',
    ],
    ['a deleted link', 'DELETE FROM audit_chain WHERE seq = 7', 'unsealed'],
    [
      'an event slipped in unsealed',
      `INSERT INTO audit_events SELECT (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid()))).* FROM audit_events e WHERE e.id = ${EVENT_7}`,
      'unsealed',
    ],
    [
      'two links swapped',
      'UPDATE audit_chain SET seq = -seq WHERE seq IN (7, 8); UPDATE audit_chain SET seq = CASE seq WHEN -7 THEN 8 ELSE 7 END WHERE seq < 0',
      'link',
    ],
    ['a link to another event', 'UPDATE audit_chain SET event_id = gen_random_uuid() WHERE seq = 7', 'eventMissing'],
    ['a changed hash', "UPDATE audit_chain SET hash = sha256('x') WHERE seq = 7", 'hash'],
    [
      'a cut tail',
      `DELETE FROM audit_events WHERE id IN (SELECT event_id FROM audit_chain WHERE seq > 20); DELETE FROM audit_chain WHERE seq > 20`,
      'cutTail',
    ],
    [
      'a waiting event removed',
      'INSERT INTO audit_pending SELECT district_id, gen_random_uuid() FROM audit_chain WHERE seq = 1',
      'pendingWithoutEvent',
    ],
    ['a forged head', "UPDATE audit_heads SET hash = sha256('x')", 'headSignature'],
    ['a head moved', 'UPDATE audit_heads SET seq = 5, count = 5', 'headSignature'],
    [
      'an event changed and rehashed',
      `UPDATE audit_events SET reason = 'x', h = sha256('x') WHERE id = ${EVENT_7}`,
      'hash',
    ],
    [
      'the chain rewritten around a changed digest',
      `UPDATE audit_events SET h = sha256('x') WHERE id = ${EVENT_7}; ${REWRITE}`,
      'headMismatch',
    ],
  ])('%s', async (_, statements, code) => {
    expect(await verdictAfter(statements)).toContain(code)
  })

  test('a chain rewritten whole, its stored heads gone, is found by the head kept outside', async () => {
    const whole = `DELETE FROM audit_events WHERE id = ${EVENT_7}; DELETE FROM audit_chain WHERE seq = 7;
      UPDATE audit_chain SET seq = seq - 1 WHERE seq > 7 AND seq <= 8; UPDATE audit_chain SET seq = -seq WHERE seq > 8;
      UPDATE audit_chain SET seq = -seq - 1 WHERE seq < 0; ${REWRITE}; DELETE FROM audit_heads`
    expect(await verdictAfter(whole)).toEqual([])
    expect(await verdictAfter(whole, [kept])).toEqual(['cutTail'])
  })

  test('details deleted after retention leave it sound', async () => {
    expect(await verdictAfter('DELETE FROM audit_details')).toEqual([])
  })
})

describe('SEC-A6 nobody of the product can change what is written', () => {
  test.each([
    'UPDATE audit_events SET reason = NULL',
    'DELETE FROM audit_events',
    'TRUNCATE audit_events CASCADE',
    'UPDATE audit_chain SET seq = 1',
    'DELETE FROM audit_heads',
    'DELETE FROM audit_details',
  ])('%s', async (statement) => {
    for (const url of [district.db.appUrl, district.db.workerUrl]) {
      const role = postgres(url, { max: 1 })
      await expect(role.unsafe(statement)).rejects.toMatchObject({ code: '42501' })
      await role.end()
    }
    if (!statement.includes('audit_details')) await expect(sql.unsafe(statement)).rejects.toThrow(/append only/)
  })

  test('eight writers while sealing: every event once, no link broken', async () => {
    const hr = district.actors.hr2 as UserActor
    const writers = Array.from({ length: 8 }, (_, writer) =>
      (async () => {
        for (let index = 0; index < 10; index++)
          await withScope(hr, (tx) =>
            writeAudit(tx, hr, { action: 'test.parallel', objectId: `${writer}.${index}`, outcome: 'done' }),
          )
      })(),
    )
    const sealers = Array.from({ length: 4 }, () => sealAudit(district.system))
    await Promise.all([...writers, ...sealers])
    while ((await sealAudit(district.system)) > 0);
    expect(await verify([kept])).toMatchObject({ ok: true, waiting: 0 })
  })
})
