import { StringDecoder } from 'node:string_decoder'
import { done, type Outcome, type Refusal, refuseAll } from '../../rules/values/outcome.ts'
import { workInChild } from './child.ts'
import type { WorkbookLimits } from './limits.ts'
import { WorkbookRefused } from './refused.ts'
import { type Cell, collectSheets, type Merge, type SheetData } from './sheet.ts'

type Line =
  | [number, 0 | 1, (Cell | undefined)[]]
  | { sheet: string; hidden: boolean }
  | { merges: Merge[] }
  | { done: true }
  | { refused: Refusal }

/**
 * Reads an uploaded workbook in a process of its own. Rows stream back, so the child never holds the whole file.
 */
export async function readWorkbookInChild(
  path: string,
  filename: string,
  limits: Partial<WorkbookLimits> = {},
  seen?: (memory: { childMb: number }) => void,
): Promise<Outcome<SheetData[]>> {
  const intake = new Intake()
  const decoder = new StringDecoder('utf8')
  const read = await workInChild({
    entry: 'lib/platform/workbook/child-entry.ts',
    args: [path, filename, JSON.stringify(limits)],
    limits,
    take: (piece) => intake.take(decoder.write(piece)),
  })
  if (read.ok) seen?.(read.value)
  if (intake.refusal) return refuseAll([intake.refusal])
  if (!read.ok) return read
  return intake.finished ? intake.outcome() : refuseAll([new WorkbookRefused('unreadable').toRefusal()])
}

/** Puts the child's lines together; equal texts are kept once, as a roster repeats most of its words. */
class Intake {
  readonly #sink = collectSheets()
  readonly #words = new Map<string, string>()
  #rest = ''
  finished = false
  refusal: Refusal | null = null

  take(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop()!
    for (const line of lines) this.#line(JSON.parse(line) as Line)
  }

  outcome(): Outcome<SheetData[]> {
    const { sheets } = this.#sink
    return sheets.some((sheet) => sheet.rows.length > 0)
      ? done(sheets)
      : refuseAll([new WorkbookRefused('empty').toRefusal()])
  }

  #line(line: Line): void {
    if (Array.isArray(line)) {
      const [number, hidden, cells] = line
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i]
        if (typeof cell === 'string') cells[i] = this.#word(cell)
      }
      this.#sink.row({ number, hidden: hidden === 1, cells })
    } else if ('sheet' in line) this.#sink.startSheet(line.sheet, line.hidden)
    else if ('merges' in line) this.#sink.endSheet(line.merges)
    else if ('refused' in line) this.refusal = line.refused
    else this.finished = true
  }

  #word(text: string): string {
    const known = this.#words.get(text)
    if (known !== undefined) return known
    this.#words.set(text, text)
    return text
  }
}
