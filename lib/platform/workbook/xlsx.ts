import { parseDay } from '../../rules/values/dates.ts'
import type { WorkbookLimits } from './limits.ts'
import { RowGuard } from './package-check.ts'
import { WorkbookRefused } from './refused.ts'
import { type Cell, type Merge, type PlainCell, parseRange, type SheetSink } from './sheet.ts'
import { dayOfSerial, type NumberLook, readLooks } from './xlsx-styles.ts'
import { readXml, type XmlHandler } from './xml.ts'
import type { ZipEntry } from './zip.ts'

/** `_x000D_` is how a workbook writes a character XML cannot hold. */
const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

async function readSharedStrings(entry: ZipEntry | undefined, guard: RowGuard): Promise<string[]> {
  const strings: string[] = []
  if (!entry) return strings
  let text = ''
  let inText = false
  let inPhonetic = false
  await readXml(entry, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') inPhonetic = true
      else if (name === 't') inText = !inPhonetic
    },
    close(name) {
      if (name === 't') inText = false
      else if (name === 'rPh') inPhonetic = false
      else if (name === 'si') {
        guard.text(text)
        strings.push(unescapeText(text))
      }
    },
    text(piece) {
      if (inText) text += piece
    },
  })
  return strings
}

interface SheetPart {
  name: string
  hidden: boolean
  entry: ZipEntry
}

/** Sheets in the order of their tabs, by the relations of the workbook part. */
export async function listSheets(entries: Map<string, ZipEntry>): Promise<{ sheets: SheetPart[]; from1904: boolean }> {
  const workbook = entries.get('xl/workbook.xml')
  const relations = entries.get('xl/_rels/workbook.xml.rels')
  if (!workbook || !relations) throw new WorkbookRefused('unreadable')
  const targets = new Map<string, string>()
  await readXml(relations, {
    open(name, { Id, Target, Type }) {
      if (name === 'Relationship' && Id && Target && /\/worksheet$/.test(Type ?? ''))
        targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`)
    },
  })
  const sheets: SheetPart[] = []
  let from1904 = false
  await readXml(workbook, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1]
      const entry = entries.get(targets.get(id ?? '') ?? '')
      const hidden = attributes.state === 'hidden' || attributes.state === 'veryHidden'
      if (entry) sheets.push({ name: attributes.name ?? '', hidden, entry })
    },
  })
  return { sheets, from1904 }
}

/** Reads a checked .xlsx package row by row into the sink, so that its size does not decide how much memory it takes. */
export async function readXlsx(entries: Map<string, ZipEntry>, limits: WorkbookLimits, sink: SheetSink): Promise<void> {
  const guard = new RowGuard(limits)
  const { sheets, from1904 } = await listSheets(entries)
  if (sheets.length === 0) throw new WorkbookRefused('noSheet')
  const looks = await readLooks(entries.get('xl/styles.xml'))
  const strings = await readSharedStrings(entries.get('xl/sharedStrings.xml'), guard)
  for (const { name, hidden, entry } of sheets) {
    sink.startSheet(name, hidden)
    const merges: Merge[] = []
    await readXml(entry, sheetHandler({ sink, merges, guard, strings, looks, from1904 }), sink.drain?.bind(sink))
    sink.endSheet(merges)
  }
}

interface SheetContext {
  sink: SheetSink
  merges: Merge[]
  guard: RowGuard
  strings: string[]
  looks: NumberLook[]
  from1904: boolean
}

function sheetHandler({ sink, merges, guard, strings, looks, from1904 }: SheetContext): XmlHandler {
  let rowNumber = 0
  let hidden = false
  let cells: (Cell | undefined)[] = []
  let column = -1
  let type = 'n'
  let style = 0
  let value = ''
  let formula: string | null = null
  let into: 'value' | 'formula' | null = null

  const number = (text: string): PlainCell | null => {
    const n = Number(text)
    if (text === '' || !Number.isFinite(n)) return null
    const look = looks[style] ?? null
    if (look === null || typeof look === 'number')
      return look === null ? n : { kind: 'decimal', value: n, decimals: look }
    const day = dayOfSerial(n, from1904)
    return day === null ? n : { kind: 'date', day, serial: n }
  }
  const plain = (): PlainCell | null => {
    switch (type) {
      case 's':
        return value === '' ? null : (strings[Number(value)] ?? null)
      case 'str':
      case 'inlineStr':
        return value === '' ? null : unescapeText(value)
      case 'b':
        return value === '' ? null : value === '1' || value === 'true'
      case 'e':
        return { kind: 'error', text: value }
      case 'd': {
        const day = parseDay(value.slice(0, 10))
        return day === null ? value : { kind: 'date', day, serial: 0 }
      }
      default:
        return number(value)
    }
  }
  const endCell = () => {
    guard.text(value)
    if (formula !== null) guard.formula(formula)
    const read = plain()
    const cell: Cell = formula === null ? read : { kind: 'formula', formula, value: read }
    if (cell === null || cell === '') return
    guard.column(column)
    while (cells.length < column) cells.push(null)
    cells[column] = cell
  }

  return {
    open(name, attributes) {
      switch (name) {
        case 'row':
          rowNumber = attributes.r === undefined ? rowNumber + 1 : Number(attributes.r)
          hidden = attributes.hidden === '1' || attributes.hidden === 'true'
          cells = []
          column = -1
          break
        case 'c':
          column = attributes.r === undefined ? column + 1 : guard.address(attributes.r)
          type = attributes.t ?? 'n'
          style = attributes.s === undefined ? 0 : Number(attributes.s)
          value = ''
          formula = null
          break
        case 'v':
        case 't':
          into = 'value'
          break
        case 'f':
          into = 'formula'
          formula = ''
          break
        case 'rPh':
          into = null
          break
        case 'mergeCell': {
          const merge = parseRange(attributes.ref ?? '')
          if (merge && merges.length < 200_000) merges.push(merge)
          break
        }
        case 'ddeLink':
          throw new WorkbookRefused('dde')
      }
    },
    text(piece) {
      if (into === 'value') value += piece
      else if (into === 'formula') formula += piece
    },
    close(name) {
      if (name === 'v' || name === 't' || name === 'f') into = null
      else if (name === 'c') endCell()
      else if (name === 'row' && cells.length > 0) {
        guard.row()
        sink.row({ number: rowNumber, hidden, cells })
      }
    },
  }
}
