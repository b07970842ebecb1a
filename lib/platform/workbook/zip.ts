import { crc32, createInflateRaw } from 'node:zlib'
import type { WorkbookLimits } from './limits.ts'
import { WorkbookRefused } from './refused.ts'

export interface ZipEntry {
  name: string
  method: number
  packed: Buffer
  size: number
  crc: number
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const UNIX_LINK = 0o120000

/** Where the end record begins: it and its comment must be the last bytes of the file. */
function endOfDirectory(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at--)
    if (bytes.readUInt32LE(at) === END && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return at
  throw new WorkbookRefused('truncated')
}

function checkName(name: string): void {
  const bad =
    name === '' ||
    name.startsWith('/') ||
    name.includes('\\') ||
    name.includes('\0') ||
    /^[a-z]:/i.test(name) ||
    name.split('/').includes('..')
  if (bad) throw new WorkbookRefused('unsafeName', { name: name.slice(0, 80) })
}

/** Some readers trust the local header, some the directory: only a file in which both agree is one file. */
function checkLocal(
  bytes: Buffer,
  at: number,
  raw: Buffer,
  central: { method: number; flags: number; sizes: number[] },
) {
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL) throw new WorkbookRefused('headerMismatch')
  const nameLength = bytes.readUInt16LE(at + 26)
  const flags = bytes.readUInt16LE(at + 6)
  const sameName = bytes.subarray(at + 30, at + 30 + nameLength).equals(raw)
  const sizes = [bytes.readUInt32LE(at + 14), bytes.readUInt32LE(at + 18), bytes.readUInt32LE(at + 22)]
  // With bit 3 the sizes follow the data and the local header has zeros
  const sameSizes =
    flags & 8 ? sizes.every((n, i) => n === 0 || n === central.sizes[i]) : sizes.every((n, i) => n === central.sizes[i])
  if (
    !sameName ||
    !sameSizes ||
    bytes.readUInt16LE(at + 8) !== central.method ||
    ((flags ^ central.flags) & 0x0809) !== 0
  )
    throw new WorkbookRefused('headerMismatch', { name: raw.toString('utf8').slice(0, 80) })
  return at + 30 + nameLength + bytes.readUInt16LE(at + 28)
}

/**
 * Walks a ZIP's directory and refuses whatever two programs could read differently (SEC-T7): bytes before or after,
 * unsafe, doubled or disagreeing names, links, encryption, overlapping data, sizes that promise too much.
 */
export function readZipDirectory(bytes: Buffer, limits: WorkbookLimits): Map<string, ZipEntry> {
  const end = endOfDirectory(bytes)
  const count = bytes.readUInt16LE(end + 10)
  const start = bytes.readUInt32LE(end + 16)
  if (bytes.readUInt16LE(end + 4) !== 0 || bytes.readUInt16LE(end + 8) !== count || start === 0xffffffff)
    throw new WorkbookRefused('badZip')
  if (count > limits.entries) throw new WorkbookRefused('tooManyEntries', { max: limits.entries })
  if (count === 0) throw new WorkbookRefused('empty')
  if (start + bytes.readUInt32LE(end + 12) !== end) throw new WorkbookRefused('prefixBytes')

  const entries = new Map<string, ZipEntry>()
  const seen = new Set<string>()
  const spans: [number, number][] = []
  let promised = 0
  let at = start
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== CENTRAL) throw new WorkbookRefused('badZip')
    const flags = bytes.readUInt16LE(at + 8)
    const method = bytes.readUInt16LE(at + 10)
    const sizes = [bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)]
    const [crc, packedSize, size] = sizes as [number, number, number]
    const nameLength = bytes.readUInt16LE(at + 28)
    const raw = bytes.subarray(at + 46, at + 46 + nameLength)
    const name = raw.toString('utf8')
    if (flags & 0x2041) throw new WorkbookRefused('encrypted')
    checkName(name)
    if (seen.has(name.toLowerCase())) throw new WorkbookRefused('duplicateEntry', { name })
    seen.add(name.toLowerCase())
    if (((bytes.readUInt32LE(at + 38) >>> 16) & 0o170000) === UNIX_LINK) throw new WorkbookRefused('symlink', { name })
    if (method !== 0 && method !== 8) throw new WorkbookRefused('badZip')
    const offset = bytes.readUInt32LE(at + 42)
    const data = checkLocal(bytes, offset, raw, { method, flags, sizes })
    if (data + packedSize > start) throw new WorkbookRefused('badZip')
    spans.push([offset, data + packedSize])
    promised += size
    if (promised > limits.unpackedBytes) throw new WorkbookRefused('zipBomb', bombValues(limits))
    if (!name.endsWith('/'))
      entries.set(name, { name, method, packed: bytes.subarray(data, data + packedSize), size, crc })
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  if (at !== end) throw new WorkbookRefused('badZip')
  spans.sort((a, b) => a[0] - b[0])
  if (spans[0]![0] !== 0) throw new WorkbookRefused('prefixBytes')
  for (let i = 1; i < spans.length; i++)
    if (spans[i]![0] < spans[i - 1]![1]) throw new WorkbookRefused('zipBomb', bombValues(limits))
  return entries
}

const bombValues = (limits: WorkbookLimits) => ({
  mb: Math.round(limits.unpackedBytes / 1024 / 1024),
  ratio: limits.ratio,
})

/** Counts what comes out of a ZIP as it comes: declared sizes may lie. One for a whole file. */
export class InflationMeter {
  #out = 0
  readonly #packed: number
  readonly #limits: WorkbookLimits

  constructor(packedBytes: number, limits: WorkbookLimits) {
    this.#packed = packedBytes
    this.#limits = limits
  }

  add(bytes: number): void {
    this.#out += bytes
    const { unpackedBytes, ratio, ratioFloorBytes } = this.#limits
    const tooDense = this.#out > ratioFloorBytes && this.#out > this.#packed * ratio
    if (this.#out > unpackedBytes || tooDense) throw new WorkbookRefused('zipBomb', bombValues(this.#limits))
  }
}

/** The bytes of one entry, piece by piece, checked against the directory's size and checksum. */
export async function* inflateEntry(entry: ZipEntry, meter?: InflationMeter): AsyncGenerator<Buffer> {
  let size = 0
  let crc = 0
  for await (const piece of entry.method === 0 ? [entry.packed] : inflated(entry.packed)) {
    size += piece.length
    meter?.add(piece.length)
    if (size > entry.size) throw new WorkbookRefused('badZip')
    if (meter) crc = crc32(piece, crc)
    yield piece
  }
  if (size !== entry.size || (meter && crc !== entry.crc)) throw new WorkbookRefused('badZip')
}

async function* inflated(packed: Buffer): AsyncGenerator<Buffer> {
  const stream = createInflateRaw({ chunkSize: 256 * 1024 })
  stream.end(packed)
  try {
    for await (const piece of stream) yield piece as Buffer
  } catch (error) {
    if (error instanceof WorkbookRefused) throw error
    throw new WorkbookRefused('badZip')
  } finally {
    stream.destroy()
  }
}

/** A small entry as text. */
export async function entryText(entry: ZipEntry): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of inflateEntry(entry)) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
