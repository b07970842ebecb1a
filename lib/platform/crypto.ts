import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { dataKeys } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'
import { now } from './clock.ts'

/** Purposes of data keys; each district has one live key for each. */
export const KEY_PURPOSES = ['cell', 'lookup', 'file', 'trail'] as const
export type KeyPurpose = (typeof KEY_PURPOSES)[number]

export const sha256 = (value: string | Buffer): Buffer => createHash('sha256').update(value).digest()
export const sha256Hex = (value: string | Buffer): string => sha256(value).toString('hex')
export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url')
export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

function masterKey(): Buffer {
  const text = process.env.JUNHENG_MASTER_KEY ?? ''
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new Error('JUNHENG_MASTER_KEY is missing: the key file of this installation was not read')
  return Buffer.from(text, 'hex')
}

const NONCE = 12
const TAG = 16

function encrypt(key: Buffer, keyId: number, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(context))
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  const head = Buffer.alloc(3)
  head.writeUInt8(1, 0)
  head.writeUInt16BE(keyId, 1)
  return Buffer.concat([head, nonce, body, cipher.getAuthTag()])
}

function decrypt(key: Buffer, cell: Buffer, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, cell.subarray(3, 3 + NONCE))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(cell.subarray(cell.length - TAG))
  return Buffer.concat([decipher.update(cell.subarray(3 + NONCE, cell.length - TAG)), decipher.final()])
}

/**
 * The district's keys, unwrapped for one transaction.
 * Cell = version(1) | key id(2) | nonce(12) | ciphertext | tag(16), bound to `district|table|column|row`: a cell moved
 * to another row fails to open.
 */
export interface Keyring {
  seal(place: CellPlace, plain: string): Buffer
  open(place: CellPlace, cell: Buffer): string
  sealBytes(purpose: 'file' | 'trail', context: string, plain: Buffer): Buffer
  openBytes(purpose: 'file' | 'trail', context: string, cell: Buffer): Buffer
  /** HMAC digest of a normalised value, for equality search. */
  lookup(kind: 'idNumber' | 'idTail', value: string): Buffer
}

export interface CellPlace {
  table: string
  column: string
  rowId: string
}

const unwrapped = new Map<string, Buffer>()

/** Makes the district's data keys; part of creating a district. */
export async function createDataKeys(tx: Tx, districtId: DistrictId): Promise<void> {
  const rows = KEY_PURPOSES.map((purpose, index) => ({
    districtId,
    keyId: index + 1,
    purpose,
    wrapped: encrypt(masterKey(), 0, randomBytes(32), `${districtId}|data_keys|${purpose}`),
    createdAt: now(),
  }))
  await tx.insert(dataKeys).values(rows)
}

/** Reads and unwraps the district's keys. Throws when the master key is not the one that wrapped them. */
export async function keyring(tx: Tx, districtId: DistrictId): Promise<Keyring> {
  const rows = await tx.select().from(dataKeys).where(eq(dataKeys.districtId, districtId))
  const byId = new Map<number, Buffer>()
  const live = new Map<string, { id: number; key: Buffer }>()
  for (const row of rows) {
    const cacheKey = `${districtId}|${row.keyId}|${sha256Hex(row.wrapped)}`
    let key = unwrapped.get(cacheKey)
    if (!key) {
      key = decrypt(masterKey(), row.wrapped, `${districtId}|data_keys|${row.purpose}`)
      unwrapped.set(cacheKey, key)
    }
    byId.set(row.keyId, key)
    if (!row.retiredAt) live.set(row.purpose, { id: row.keyId, key })
  }
  const keyFor = (purpose: KeyPurpose) => {
    const found = live.get(purpose)
    if (!found) throw new Error(`no data key for ${purpose}`)
    return found
  }
  const keyOfCell = (cell: Buffer) => {
    const key = byId.get(cell.readUInt16BE(1))
    if (cell.readUInt8(0) !== 1 || !key) throw new Error('a sealed cell names an unknown key')
    return key
  }
  const where = (place: CellPlace) => `${districtId}|${place.table}|${place.column}|${place.rowId}`
  return {
    seal: (place, plain) => encrypt(keyFor('cell').key, keyFor('cell').id, Buffer.from(plain, 'utf8'), where(place)),
    open: (place, cell) => decrypt(keyOfCell(cell), cell, where(place)).toString('utf8'),
    sealBytes: (purpose, context, plain) =>
      encrypt(keyFor(purpose).key, keyFor(purpose).id, plain, `${districtId}|${purpose}|${context}`),
    openBytes: (purpose, context, cell) => decrypt(keyOfCell(cell), cell, `${districtId}|${purpose}|${context}`),
    lookup: (kind, value) => createHmac('sha256', keyFor('lookup').key).update(`${kind}|${value}`).digest(),
  }
}
