import type { Finding, Severity } from './finding.ts'
import { columnIndex, columnLetter } from './sheet.ts'
import { cellXml, FINDING_FILLS } from './xlsx-write.ts'
import { entryText, type ZipEntry } from './zip.ts'
import { writeZip } from './zip-write.ts'

const RANK: Record<Severity, number> = { error: 2, warning: 1, mended: 0 }

export interface SheetNote {
  /** Row number → what to write into the added column, and its severity. */
  rows: Map<number, { text: string; severity: Severity }>
  /** Row number → address → severity. */
  cells: Map<number, Map<string, Severity>>
  headerRow: number
  /** Where the added column goes. */
  column: number
}

/** Sums up findings by row and cell: the gravest one colours. */
export function notesOf(
  findings: readonly Finding[],
  say: (finding: Finding) => string,
): Pick<SheetNote, 'rows' | 'cells'> {
  const rows: SheetNote['rows'] = new Map()
  const cells: SheetNote['cells'] = new Map()
  const graver = (a: Severity, b: Severity | undefined) => (b === undefined || RANK[a] > RANK[b] ? a : b)
  for (const finding of findings) {
    const known = rows.get(finding.row)
    const text = `${finding.column ?? ''}${finding.row}：${say(finding)}`
    rows.set(finding.row, {
      text: known ? `${known.text}\n${text}` : text,
      severity: graver(finding.severity, known?.severity),
    })
    if (finding.column === null) continue
    const address = `${finding.column}${finding.row}`
    const ofRow = cells.get(finding.row) ?? new Map<string, Severity>()
    cells.set(finding.row, ofRow.set(address, graver(finding.severity, ofRow.get(address))))
  }
  return { rows, cells }
}

/** Adds coloured copies of the cell styles a workbook has, each made once. */
class Styles {
  #xml: string
  readonly #formats: string[]
  readonly #firstFill: number
  readonly #made = new Map<string, number>()

  constructor(xml: string) {
    const fills = /<fills\b[^>]*>([\s\S]*?)<\/fills>/.exec(xml)
    const formats = /<cellXfs\b[^>]*>([\s\S]*?)<\/cellXfs>/.exec(xml)
    if (!fills || !formats) throw new RangeError('styles without fills or formats')
    const known = fills[1]!.match(/<fill\b[^>]*?(?:\/>|>[\s\S]*?<\/fill>)/g) ?? []
    this.#firstFill = known.length
    this.#formats = formats[1]!.match(/<xf\b[^>]*?(?:\/>|>[\s\S]*?<\/xf>)/g) ?? []
    const all = [...known, FINDING_FILLS.error, FINDING_FILLS.warning, FINDING_FILLS.mended]
    this.#xml = xml.replace(fills[0], () => `<fills count="${all.length}">${all.join('')}</fills>`)
  }

  coloured(base: number, severity: Severity): number {
    const key = `${base}:${severity}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const fill = this.#firstFill + { error: 0, warning: 1, mended: 2 }[severity]
    const from = this.#formats[base] ?? '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    const bare = from.replace(/^<xf\b/, '<xf ').replace(/\s(fillId|applyFill)="[^"]*"/g, '')
    this.#formats.push(bare.replace(/^<xf\s/, `<xf fillId="${fill}" applyFill="1" `))
    this.#made.set(key, this.#formats.length - 1)
    return this.#formats.length - 1
  }

  /** Text that stays text, wrapped, in the colour of a severity or none. */
  note(severity: Severity | null): number {
    const key = `note:${severity}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const fill = severity === null ? 0 : this.#firstFill + { error: 0, warning: 1, mended: 2 }[severity]
    this.#formats.push(
      `<xf numFmtId="49" fontId="0" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFill="1" applyAlignment="1" quotePrefix="1"><alignment vertical="top" wrapText="1"/></xf>`,
    )
    this.#made.set(key, this.#formats.length - 1)
    return this.#formats.length - 1
  }

  get xml(): string {
    return this.#xml.replace(
      /<cellXfs\b[^>]*>[\s\S]*?<\/cellXfs>/,
      () => `<cellXfs count="${this.#formats.length}">${this.#formats.join('')}</cellXfs>`,
    )
  }
}

const ROW = /<row\b([^>]*?)(?:\/>|>([\s\S]*?)<\/row>)/g
const CELL = /<c\b([^>]*?)(\/>|>[\s\S]*?<\/c>)/g
const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1]

/** Writes the findings of one sheet into its XML and takes its formulas out, leaving their values. */
function annotateSheet(xml: string, note: SheetNote, styles: Styles, heading: string): string {
  const letter = columnLetter(note.column)
  const extra = (row: number): string => {
    if (row === note.headerRow) return cellXml(`${letter}${row}`, heading, styles.note(null))
    const found = note.rows.get(row)
    return found ? cellXml(`${letter}${row}`, found.text.slice(0, 32_000), styles.note(found.severity)) : ''
  }
  let last = 0
  const annotated = withoutFormulas(xml).replace(ROW, (whole, attributes: string, content = '') => {
    const row = Number(attribute(attributes, 'r') ?? last + 1)
    last = row
    if (row !== note.headerRow && !note.rows.has(row)) return whole
    let column = -1
    const seen = new Set<string>()
    const coloured = note.cells.get(row) ?? new Map<string, Severity>()
    const cells = (content as string).replace(CELL, (cell: string, own: string, rest: string) => {
      const address = attribute(own, 'r') ?? `${columnLetter(column + 1)}${row}`
      column = columnIndex(address)
      seen.add(address)
      if (column === note.column) return ''
      const severity = coloured.get(address)
      if (severity === undefined) return cell
      const style = styles.coloured(Number(attribute(own, 's') ?? 0), severity)
      return `<c${own.replace(/\s(s|r)="[^"]*"/g, '')} r="${address}" s="${style}"${rest}`
    })
    const missing = [...coloured].filter(([address]) => !seen.has(address))
    const all =
      missing.length === 0
        ? cells
        : inOrder(
            cells,
            missing.map(([address, severity]) => cellXml(address, null, styles.coloured(0, severity))),
          )
    return `<row${attributes.replace(/\sspans="[^"]*"/, '')}>${all}${extra(row)}</row>`
  })
  return annotated
    .replace(/<dimension\b[^>]*\/>/, '')
    .replace(
      /<\/cols>/,
      () => `<col min="${note.column + 1}" max="${note.column + 1}" width="60" customWidth="1"/></cols>`,
    )
}

/** Cells of a row stand in the order of their columns, or the file counts as damaged. */
function inOrder(cells: string, added: string[]): string {
  const all = [...(cells.match(CELL) ?? []), ...added]
  return all
    .map((cell) => ({ cell, at: columnIndex(/\sr="([A-Z]+)/.exec(cell)?.[1] ?? 'A') }))
    .sort((a, b) => a.at - b.at)
    .map(({ cell }) => cell)
    .join('')
}

const withoutFormulas = (xml: string): string => xml.replace(/<f\b[^>]*?(?:\/>|>[\s\S]*?<\/f>)/g, '')

/** Whether the parts are written the usual way, so that their text can be worked on; some programs prefix every name. */
export const isPlainMarkup = (sheet: string): boolean => /<sheetData\b/.test(sheet)

/** The person's own workbook with its findings, everything else left as it was. */
export async function annotatePackage(
  entries: Map<string, ZipEntry>,
  sheetParts: ReadonlyMap<string, SheetNote>,
  heading: string,
): Promise<Buffer | null> {
  const stylesEntry = entries.get('xl/styles.xml')
  if (!stylesEntry) return null
  const styles = new Styles(await entryText(stylesEntry))
  const changed = new Map<string, Buffer>()
  for (const [name, entry] of entries) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/.test(name)) continue
    const xml = await entryText(entry)
    if (!isPlainMarkup(xml)) return null
    const note = sheetParts.get(name)
    changed.set(name, Buffer.from(note ? annotateSheet(xml, note, styles, heading) : withoutFormulas(xml), 'utf8'))
  }
  changed.set('xl/styles.xml', Buffer.from(styles.xml, 'utf8'))
  // Without formulas there is nothing to calculate, and a list of what to calculate would be an error
  for (const name of ['[Content_Types].xml', 'xl/_rels/workbook.xml.rels']) {
    const entry = entries.get(name)
    if (entry)
      changed.set(
        name,
        Buffer.from((await entryText(entry)).replace(/<(Override|Relationship)\b[^>]*calcChain[^>]*\/>/g, ''), 'utf8'),
      )
  }
  const parts = [...entries]
    .filter(([name]) => name !== 'xl/calcChain.xml')
    .map(([name, entry]) => [name, changed.get(name) ?? entry] as const)
  return writeZip(parts)
}
