import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** The bytes of an upload as a file for as long as the child reads it. */
export async function withTemporaryFile<T>(content: Uint8Array, work: (file: string) => Promise<T>): Promise<T> {
  const folder = path.join(process.env.JUNHENG_DATA ?? tmpdir(), 'reading')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, randomUUID())
  await writeFile(file, content, { mode: 0o600, flag: 'wx' })
  try {
    return await work(file)
  } finally {
    await rm(file, { force: true })
  }
}
