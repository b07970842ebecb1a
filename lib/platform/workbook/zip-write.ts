import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'
import type { ZipEntry } from './zip.ts'

const deflate = promisify(deflateRaw)
// 1980-01-01: files of equal content are equal bytes
const DOS_DATE = 0x0021
const UTF8_NAMES = 0x0800

/** Packs parts into a ZIP. A part taken over from another file goes in as it was packed there. */
export async function writeZip(parts: Iterable<readonly [string, Buffer | ZipEntry]>): Promise<Buffer> {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, part] of parts) {
    const rawName = Buffer.from(name, 'utf8')
    const entry = Buffer.isBuffer(part)
      ? { method: 8, packed: await deflate(part), size: part.length, crc: crc32(part) }
      : part
    const head = Buffer.alloc(26)
    head.writeUInt16LE(20, 0)
    head.writeUInt16LE(UTF8_NAMES, 2)
    head.writeUInt16LE(entry.method, 4)
    head.writeUInt16LE(DOS_DATE, 8)
    head.writeUInt32LE(entry.crc, 10)
    head.writeUInt32LE(entry.packed.length, 14)
    head.writeUInt32LE(entry.size, 18)
    head.writeUInt16LE(rawName.length, 22)
    const central = Buffer.alloc(14)
    central.writeUInt32LE(offset, 10)
    pieces.push(Buffer.from('PK\x03\x04', 'latin1'), head, rawName, entry.packed)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), head, central, rawName)
    offset += 4 + head.length + rawName.length + entry.packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  const count = directory.length / 4
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...pieces, listed, end])
}
