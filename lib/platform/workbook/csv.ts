import type { WorkbookLimits } from './limits.ts'
import { RowGuard } from './package-check.ts'
import { WorkbookRefused } from './refused.ts'
import type { Cell, SheetSink } from './sheet.ts'

/** UTF-8 strictly first: it refuses what is not UTF-8, while GB18030 would read almost anything as something. */
export function decodeText(bytes: Buffer): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    const wide = new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be', { fatal: true })
    return checkText(decodeWith(wide, bytes) ?? refuseEncoding())
  }
  const text =
    decodeWith(new TextDecoder('utf-8', { fatal: true }), bytes) ??
    decodeWith(new TextDecoder('gb18030', { fatal: true }), bytes)
  return checkText(text ?? refuseEncoding())
}

function refuseEncoding(): never {
  throw new WorkbookRefused('encoding')
}

function decodeWith(decoder: TextDecoder, bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** A text file has no NUL: one with it is something else under the name of .csv. */
function checkText(text: string): string {
  if (text.includes('\0')) throw new WorkbookRefused('renamed', { type: '.csv' })
  return text
}

function separatorOf(text: string): string {
  const head = text.slice(0, 4096).replace(/"[^"]*"/g, '')
  const counts = [',', '\t', ';', '，'].map((mark) => [mark, head.split(mark).length] as const)
  return counts.sort((a, b) => b[1] - a[1])[0]![0]
}

/** RFC 4180 with any usual separator. Every cell stays text: an ID number keeps all its digits. */
export async function readCsv(bytes: Buffer, name: string, limits: WorkbookLimits, sink: SheetSink): Promise<void> {
  const text = decodeText(bytes)
  const separator = separatorOf(text)
  const guard = new RowGuard(limits)
  sink.startSheet(name, false)
  let at = 0
  let number = 0
  while (at < text.length) {
    number++
    const cells: (Cell | undefined)[] = []
    for (let column = 0; ; column++) {
      const [value, next] = readField(text, at, separator)
      guard.text(value)
      if (value !== '') {
        guard.column(column)
        while (cells.length < column) cells.push(null)
        cells[column] = value
      }
      at = next
      if (text[at] !== separator) break
      at++
    }
    if (text[at] === '\r') at++
    if (text[at] === '\n') at++
    if (cells.length > 0) {
      guard.row()
      sink.row({ number, hidden: false, cells })
    }
    if (number % 2000 === 0) await sink.drain?.()
  }
  sink.endSheet([])
}

function readField(text: string, from: number, separator: string): [string, number] {
  if (text[from] !== '"') {
    let end = from
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
    return [text.slice(from, end), end]
  }
  let value = ''
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) throw new WorkbookRefused('truncated')
    value += text.slice(at, quote)
    if (text[quote + 1] !== '"') {
      at = quote + 1
      break
    }
    value += '"'
    at = quote + 2
  }
  while (at < text.length && text[at] !== separator && text[at] !== '\n' && text[at] !== '\r') value += text[at++]
  return [value, at]
}
