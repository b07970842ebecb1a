import { annotatePackage, notesOf, type SheetNote } from './annotate-xlsx.ts'
import type { Finding } from './finding.ts'
import { WORKBOOK_LIMITS } from './limits.ts'
import { extensionOf, openWorkbook } from './open.ts'
import { type Cell, cellText, columnIndex, plainOf, type SheetData } from './sheet.ts'
import { listSheets } from './xlsx.ts'
import { type OutCell, type OutSheet, writeXlsx } from './xlsx-write.ts'
import { readZipDirectory } from './zip.ts'

export interface Annotation {
  filename: string
  findings: readonly Finding[]
  /** Last header row of each sheet that was read. */
  headers: ReadonlyMap<string, number>
  /** Sentence of a finding. */
  say: (finding: Finding) => string
  /** Title of the added column, 错误信息. */
  heading: string
  /** Above so many rows only those with findings come back. */
  maxRows?: number
  /** Says above such a sheet how many rows it holds. */
  partly?: (rows: number) => string
}

const MAX_ROWS = 20_000

const widthOf = (sheet: SheetData): number => sheet.rows.reduce((width, row) => Math.max(width, row.cells.length), 0)

/**
 * The person's workbook again with a column 错误信息 and coloured cells (design.md §8). An .xlsx keeps everything it
 * had but formulas, of which the values stay; other formats and very long files come back as a plain .xlsx.
 */
export async function annotateWorkbook(original: Uint8Array, annotation: Annotation): Promise<Buffer> {
  const { filename, findings, headers, say, heading, maxRows = MAX_ROWS, partly } = annotation
  const opened = await openWorkbook(original, filename)
  if (!opened.ok) throw new RangeError('only a workbook that could be read can be annotated')
  const sheets = opened.value
  const bySheet = new Map(
    sheets.map((sheet) => [
      sheet.name,
      notesOf(
        findings.filter((finding) => finding.sheet === sheet.name),
        say,
      ),
    ]),
  )
  const noteFor = (sheet: SheetData): SheetNote | null => {
    const headerRow = headers.get(sheet.name)
    return headerRow === undefined ? null : { ...bySheet.get(sheet.name)!, headerRow, column: widthOf(sheet) }
  }
  const rows = sheets.reduce((sum, sheet) => sum + sheet.rows.length, 0)
  if (extensionOf(filename) === '.xlsx' && rows <= maxRows) {
    const entries = readZipDirectory(Buffer.from(original), WORKBOOK_LIMITS)
    const parts = new Map<string, SheetNote>()
    for (const { name, entry } of (await listSheets(entries)).sheets) {
      const sheet = sheets.find((candidate) => candidate.name === name)
      const note = sheet ? noteFor(sheet) : null
      if (note) parts.set(entry.name, note)
    }
    const annotated = await annotatePackage(entries, parts, heading)
    if (annotated) return annotated
  }
  const how = { heading, onlyFindings: rows > maxRows, partly }
  return writeXlsx(sheets.map((sheet) => rebuilt(sheet, noteFor(sheet), how)))
}

/** A sheet written anew: values as text, numbers as numbers, the row's own number in the file in front. */
function rebuilt(
  sheet: SheetData,
  note: SheetNote | null,
  { heading, onlyFindings, partly }: Pick<Annotation, 'heading' | 'partly'> & { onlyFindings: boolean },
): OutSheet {
  const width = widthOf(sheet)
  const rows: (OutCell | null)[][] = []
  for (const row of sheet.rows) {
    const isHead = note !== null && row.number <= note.headerRow
    if (onlyFindings && note !== null && !isHead && !note.rows.has(row.number)) continue
    const cells: (OutCell | null)[] = [{ value: row.number, look: 'mark' }]
    for (let i = 0; i < width; i++) cells.push(outCell(row.cells[i], isHead))
    for (const [address, severity] of note?.cells.get(row.number) ?? []) {
      const at = columnIndex(address) + 1
      cells[at] = { value: cells[at]?.value ?? null, look: severity }
    }
    if (note && row.number === note.headerRow) cells[width + 1] = { value: heading, look: 'header' }
    const found = note?.rows.get(row.number)
    if (found) cells[width + 1] = { value: found.text.slice(0, 32_000), look: found.severity }
    rows.push(cells)
  }
  if (onlyFindings && note !== null && partly) rows.unshift([{ value: partly(note.rows.size), look: 'note' }])
  return {
    name: sheet.name,
    columns: [{ width: 6 }, ...Array.from({ length: width }, () => ({ width: 12 })), { width: 60 }],
    rows,
  }
}

function outCell(cell: Cell | undefined, isHead: boolean): OutCell | null {
  const plain = plainOf(cell)
  if (plain === null) return null
  return { value: typeof plain === 'number' ? plain : cellText(plain), ...(isHead ? { look: 'header' as const } : {}) }
}
