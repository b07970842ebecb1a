/** The child in which uploaded workbooks are read: node … child-entry.ts <path> <filename> <limits as JSON>. */
import { readFile } from 'node:fs/promises'
import { WORKBOOK_LIMITS } from './limits.ts'
import { readSheets } from './open.ts'
import { WorkbookRefused } from './refused.ts'
import type { SheetSink } from './sheet.ts'

const [path, filename, limits] = process.argv.slice(2)
const FLUSH_AT = 256 * 1024
let pending = ''

const flush = async (): Promise<void> => {
  const text = pending
  pending = ''
  if (text !== '' && !process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve))
}
const say = (line: unknown): void => {
  pending += `${JSON.stringify(line)}\n`
}
const sink: SheetSink = {
  startSheet: (name, hidden) => say({ sheet: name, hidden }),
  row: (row) => say([row.number, row.hidden ? 1 : 0, row.cells]),
  endSheet: (merges) => say({ merges }),
  drain: async () => {
    if (pending.length >= FLUSH_AT) await flush()
  },
}

try {
  await readSheets(await readFile(path!), filename!, { ...WORKBOOK_LIMITS, ...JSON.parse(limits ?? '{}') }, sink)
  say({ done: true })
} catch (error) {
  const refused = error instanceof WorkbookRefused ? error : new WorkbookRefused('unreadable')
  say({ refused: refused.toRefusal() })
}
await flush()
