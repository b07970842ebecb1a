import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { desc, eq } from 'drizzle-orm'
import { auditChain, auditHeads, districts } from '@/db/schema/index.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import type { Actor, SystemActor } from '@/lib/rules/access/actor.ts'
import { canonicalJson } from './canonical.ts'
import { now } from './clock.ts'
import { sha256Hex } from './crypto.ts'
import { dataFolder } from './demo-accounts.ts'
import { sealAudit } from './jobs/seal.ts'
import { enqueue, type JobHandler } from './queue.ts'

/** A head of the chain: that so many links end in this hash, said at a moment and signed. */
export interface Head {
  district: string
  seq: number
  count: number
  hash: string
  at: string
  reason: string
  keyId: string
  signature: string
}

const KEY_FILE = 'audit-signing-key.pem'
const HEADS_FILE = 'audit-heads.txt'
export const headsFile = (): string => path.join(dataFolder(), HEADS_FILE)

/** The installation's Ed25519 key, made the first time, readable by its owner only; the database never holds it. */
export function signingKey(): KeyObject {
  const file = path.join(dataFolder(), KEY_FILE)
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  }
  return createPrivateKey(readFileSync(file))
}

/** The key that proves a signature, or null where this installation has signed nothing yet. */
export function verifyingKey(): KeyObject | null {
  const file = path.join(dataFolder(), KEY_FILE)
  return existsSync(file) ? createPublicKey(createPrivateKey(readFileSync(file))) : null
}

/** Short name of a key, public or private. */
export const fingerprint = (key: KeyObject): string =>
  sha256Hex((key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' })).slice(0, 16)

const signedText = (head: Omit<Head, 'signature'>): Buffer => Buffer.from(canonicalJson({ ...head, v: 1 }))

/** Signs a head. Its moment is kept to the millisecond, as the database gives it back. */
export function signHead(key: KeyObject, head: Omit<Head, 'signature' | 'keyId'>): Head {
  const whole = { ...head, keyId: fingerprint(key) }
  return { ...whole, signature: sign(null, signedText(whole), key).toString('base64') }
}

export function isSigned(key: KeyObject, { signature, ...head }: Head): boolean {
  return verify(null, signedText(head), key, Buffer.from(signature, 'base64'))
}

const PREFIX = 'junheng-head-v1'

/** One line of text for a file outside, a mail to the auditor, the last page of a list of orders. */
export const headLine = (head: Head): string =>
  [PREFIX, head.district, head.seq, head.count, head.hash, head.at, head.keyId, head.signature, head.reason].join(' ')

/** Reads a line back; null when it is none. */
export function parseHeadLine(line: string): Head | null {
  const [prefix, district, seq, count, hash, at, keyId, signature, ...reason] = line.trim().split(' ')
  if (prefix !== PREFIX || !district || !hash || !at || !keyId || !signature) return null
  return { district, seq: Number(seq), count: Number(count), hash, at, keyId, signature, reason: reason.join(' ') }
}

/** A stored head as it was signed. */
export const headOf = (row: typeof auditHeads.$inferSelect): Head => ({
  district: row.districtId,
  seq: row.seq,
  count: row.count,
  hash: row.hash.toString('hex'),
  at: new Date(row.at).toISOString(),
  reason: row.reason,
  keyId: row.keyId,
  signature: row.signature.toString('base64'),
})

/**
 * Seals what waits, signs the end of the chain and appends the line to the file outside the database.
 * @returns the head; the one there is when nothing was added since, null when the chain is empty
 */
export async function makeHead(actor: SystemActor, reason: string): Promise<Head | null> {
  while ((await sealAudit(actor)) > 0);
  const head = await withScope(actor, async (tx) => {
    const [last] = await tx.select().from(auditChain).orderBy(desc(auditChain.seq)).limit(1)
    if (!last) return null
    const [there] = await tx.select().from(auditHeads).where(eq(auditHeads.seq, last.seq))
    if (there) return { head: headOf(there), isNew: false }
    const [district] = await tx.select({ id: districts.id }).from(districts)
    const signed = signHead(signingKey(), {
      district: district?.id ?? actor.districtId,
      seq: last.seq,
      count: last.seq,
      hash: last.hash.toString('hex'),
      at: now(),
      reason,
    })
    await tx.insert(auditHeads).values({
      districtId: actor.districtId,
      seq: signed.seq,
      hash: last.hash,
      at: signed.at,
      reason,
      count: signed.count,
      keyId: signed.keyId,
      signature: Buffer.from(signed.signature, 'base64'),
    })
    return { head: signed, isNew: true }
  })
  if (head?.isNew) appendFileSync(headsFile(), `${headLine(head.head)}\n`, { mode: 0o600 })
  return head?.head ?? null
}

const HEAD_JOB = 'platform.audit.head'

/** Asks for a head in the transaction that issues an order or publishes a notice; the worker signs it at once. */
export const askForHead = (tx: Tx, actor: Actor, reason: string): Promise<string> =>
  enqueue(tx, actor, HEAD_JOB, { reason })

export const headJob: JobHandler = {
  name: HEAD_JOB,
  run: async ({ actor, payload }) => {
    const head = await makeHead(actor, String(payload.reason ?? 'asked'))
    return head ? { seq: head.seq } : null
  },
}
