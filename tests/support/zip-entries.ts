import { promisify } from 'node:util'
import yauzl from 'yauzl'

/** Names and contents of a zip, in order. */
export async function entriesOfZip(content: Buffer): Promise<Map<string, Buffer>> {
  const zip = (await promisify(yauzl.fromBuffer as never)(
    content as never,
    { lazyEntries: true } as never,
  )) as yauzl.ZipFile
  const entries = new Map<string, Buffer>()
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error)
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          entries.set(entry.fileName, Buffer.concat(chunks))
          zip.readEntry()
        })
      })
    })
    zip.on('end', resolve)
    zip.on('error', reject)
    zip.readEntry()
  })
  return entries
}
