import { parseDay } from '../../rules/values/dates.ts'
import type { WorkbookLimits } from './limits.ts'
import { RowGuard } from './package-check.ts'
import { WorkbookRefused } from './refused.ts'
import type { Cell, Merge, PlainCell, SheetSink } from './sheet.ts'
import { readXml } from './xml.ts'
import type { ZipEntry } from './zip.ts'

/**
 * Reads an OpenDocument sheet row by row. The kept library builds all of it in memory, loses hidden rows, and follows
 * "repeated 1,048,576 times" literally.
 */
export async function readOds(entries: Map<string, ZipEntry>, limits: WorkbookLimits, sink: SheetSink): Promise<void> {
  const content = entries.get('content.xml')
  if (!content) throw new WorkbookRefused('unreadable')
  const guard = new RowGuard(limits)
  let sheets = 0
  let rowNumber = 0
  let rowRepeat = 1
  let hidden = false
  let cells: (Cell | undefined)[] = []
  let column = 0
  let attributes: Record<string, string> = {}
  let paragraphs = 0
  let text = ''
  let inText = 0
  let inNote = 0
  let inTable = 0
  let merges: Merge[] = []

  const plain = (): PlainCell | null => {
    const kind = attributes['office:value-type'] ?? attributes['calcext:value-type']
    if (attributes['calcext:value-type'] === 'error' || (/^(#|Err:\d)/.test(text) && attributes['table:formula']))
      return { kind: 'error', text }
    if (kind === 'float' || kind === 'currency' || kind === 'percentage')
      return shownNumber(Number(attributes['office:value']), text)
    if (kind === 'boolean') return attributes['office:boolean-value'] === 'true'
    if (kind === 'date') {
      const day = parseDay((attributes['office:date-value'] ?? '').slice(0, 10))
      if (day) return { kind: 'date', day, serial: 0 }
    }
    return text === '' ? (attributes['office:string-value'] ?? null) : text
  }
  const endCell = (covered: boolean) => {
    const repeat = Number(attributes['table:number-columns-repeated'] ?? 1)
    const formula = attributes['table:formula']
    if (formula !== undefined) guard.formula(formula)
    guard.text(text)
    const read = covered ? null : plain()
    const cell: Cell =
      formula === undefined || read === null
        ? formula === undefined
          ? read
          : { kind: 'formula', formula, value: null }
        : { kind: 'formula', formula, value: read }
    const [right, down] = [
      Number(attributes['table:number-columns-spanned'] ?? 1),
      Number(attributes['table:number-rows-spanned'] ?? 1),
    ]
    if (right > 1 || down > 1)
      merges.push({ top: rowNumber + 1, left: column, bottom: rowNumber + down, right: column + right - 1 })
    if (cell !== null) {
      guard.column(column + repeat - 1)
      while (cells.length < column) cells.push(null)
      for (let i = 0; i < repeat; i++) cells[column + i] = cell
    }
    column += repeat
  }
  const endRow = () => {
    if (cells.length > 0) {
      guard.row(rowRepeat)
      for (let i = 1; i <= rowRepeat; i++) sink.row({ number: rowNumber + i, hidden, cells })
    }
    rowNumber += rowRepeat
  }

  await readXml(
    content,
    {
      open(name, given) {
        if (name === 'table') {
          inTable++
          if (inTable > 1) throw new WorkbookRefused('embedded', { name: 'table' })
          sheets++
          rowNumber = 0
          merges = []
          sink.startSheet(given['table:name'] ?? '', false)
        } else if (name === 'table-source' || name === 'dde-link' || name === 'dde-source' || name === 'dde-links') {
          throw new WorkbookRefused(name === 'table-source' ? 'externalLink' : 'dde')
        } else if (name === 'table-row') {
          rowRepeat = Number(given['table:number-rows-repeated'] ?? 1)
          hidden = given['table:visibility'] === 'collapse' || given['table:visibility'] === 'filter'
          cells = []
          column = 0
        } else if (name === 'table-cell' || name === 'covered-table-cell') {
          attributes = given
          paragraphs = 0
          text = ''
        } else if (name === 'annotation') inNote++
        else if (name === 'p' && inNote === 0) {
          if (paragraphs++ > 0) text += '\n'
          inText++
        } else if (name === 's' && inText > 0) text += ' '.repeat(Math.min(Number(given['text:c'] ?? 1), 1000))
        else if (name === 'tab' && inText > 0) text += '\t'
        else if (name === 'line-break' && inText > 0) text += '\n'
      },
      text(piece) {
        if (inText > 0 && inNote === 0) text += piece
      },
      close(name) {
        if (name === 'table') {
          inTable--
          sink.endSheet(merges)
        } else if (name === 'table-row') endRow()
        else if (name === 'table-cell') endCell(false)
        else if (name === 'covered-table-cell') endCell(true)
        else if (name === 'annotation') inNote--
        else if (name === 'p' && inNote === 0) inText--
      },
    },
    sink.drain?.bind(sink),
  )
  if (sheets === 0) throw new WorkbookRefused('noSheet')
}

/** A number shown as 2012.10 says October; its value alone, 2012.1, does not. */
function shownNumber(value: number, shown: string): PlainCell | null {
  if (!Number.isFinite(value)) return null
  const decimals = /^-?\d+\.(\d+)$/.exec(shown)?.[1]?.length
  return decimals !== undefined && Number(shown) === value && String(value) !== shown
    ? { kind: 'decimal', value, decimals }
    : value
}
