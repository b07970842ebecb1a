import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

class TooLarge extends Error {}

/**
 * Takes an upload to disk as it comes, so that a slow or huge one holds no memory, and gives its bytes to `work`. On
 * the way it is encrypted with a key that exists only here: a kill leaves nothing readable behind.
 * @returns null when the body is larger than allowed; nothing of it is kept
 */
export async function receiveUpload<T>(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  work: (content: Buffer) => Promise<T>,
): Promise<T | null> {
  const data = process.env.JUNHENG_DATA
  if (!data) throw new Error('JUNHENG_DATA is not set: start the product with npm start')
  const folder = path.join(data, 'receiving')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, randomUUID())
  const [key, counter] = [randomBytes(32), randomBytes(16)]
  let size = 0
  const measure = new Transform({
    transform(piece: Buffer, _encoding, next) {
      size += piece.length
      next(size > maxBytes ? new TooLarge() : null, piece)
    },
  })
  try {
    const source = body ? Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([])
    const cipher = createCipheriv('aes-256-ctr', key, counter)
    await pipeline(source, measure, cipher, createWriteStream(file, { mode: 0o600, flags: 'wx' }))
    const decipher = createDecipheriv('aes-256-ctr', key, counter)
    return await work(Buffer.concat([decipher.update(await readFile(file)), decipher.final()]))
  } catch (error) {
    if (error instanceof TooLarge) return null
    throw error
  } finally {
    await rm(file, { force: true })
  }
}
