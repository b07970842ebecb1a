import { cellText, columnLetter, type SheetData } from './sheet.ts'
import { normaliseTitle } from './titles.ts'
import { type OutCell, type OutSheet, writeXlsx } from './xlsx-write.ts'

export interface SheetColumn<K extends string> {
  key: K
  title: string
  width?: number
  /** Field an import reads the column as; null: not read back. Left out, its title must tell. */
  field?: string | null
}

/** Which stored row a written row shows, and at which version: a returned workbook is compared with it. */
export interface RowMark {
  id: string
  version: number
}

export interface SheetToWrite<K extends string> {
  title: string
  sheetName?: string
  columns: readonly SheetColumn<K>[]
  rows: readonly Partial<Record<K, string | number | null>>[]
  /** Beside `rows`, in the same order. */
  marks?: readonly RowMark[]
  /** Who exported, in which role, when, number: under the table and at the foot of each page. */
  footer?: string
  /** Under the title, such as 演示数据，人员均为虚构. */
  watermark?: string
  /** When the data was read, as ISO text; a change since then is a conflict. */
  writtenAt: string
  /** What the rows are, such as 'roster'. */
  kind: string
}

const META_SHEET = '_junheng'
const FORMAT = 'junheng-sheet/1'
const MARK_TITLE = '系统行标识（请勿修改）'
const MARK = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@(\d+)$/

const widthOf = (title: string): number => Math.min(40, Math.max(8, [...title].length * 2 + 2))

/** Writes one table: title, frozen header, text as text, and where it is to come back the time and row versions. */
export async function writeSheet<K extends string>(sheet: SheetToWrite<K>): Promise<Buffer> {
  const { title, columns, rows, marks, footer, watermark, writtenAt, kind } = sheet
  const last = columnLetter(columns.length - 1)
  const head: (OutCell | null)[][] = [[{ value: title, look: 'title' }]]
  if (watermark) head.push([{ value: watermark, look: 'note' }])
  const titles: OutCell[] = columns.map((column) => ({ value: column.title, look: 'header' }))
  if (marks) titles.push({ value: MARK_TITLE, look: 'mark' })
  const body = rows.map((row, i) => {
    const cells: (OutCell | null)[] = columns.map(({ key }) => {
      const value = row[key] ?? null
      return value === null ? null : { value }
    })
    const mark = marks?.[i]
    if (mark) cells.push({ value: `${mark.id}@${mark.version}`, look: 'mark' })
    return cells
  })
  const header = head.length + 1
  const main: OutSheet = {
    name: sheet.sheetName ?? title,
    columns: [
      ...columns.map((column) => ({ width: column.width ?? widthOf(column.title) })),
      ...(marks ? [{ width: 4, hidden: true }] : []),
    ],
    rows: [...head, titles, ...body, ...(footer ? [[], [{ value: footer, look: 'note' as const }]] : [])],
    frozenRows: header,
    merges: columns.length > 1 ? head.map((_, i) => `A${i + 1}:${last}${i + 1}`) : [],
    filter: `A${header}:${last}${header + rows.length}`,
    ...(footer ? { footer } : {}),
  }
  const meta: OutSheet = {
    name: META_SHEET,
    veryHidden: true,
    columns: [{ width: 16 }, { width: 40 }],
    rows: [
      ...[FORMAT, kind, writtenAt].map((value) => [{ value }]),
      ...columns.flatMap((column) =>
        column.field === undefined ? [] : [[{ value: column.title }, { value: column.field ?? '' }]],
      ),
    ],
  }
  return writeXlsx([main, meta])
}

export interface SheetMarks {
  kind: string
  writtenAt: string
  /** Sheet → row number → mark. Rows a person has added have none. */
  rows: Map<string, Map<number, RowMark>>
  /** Normalised title of a column → the field it is read as, null for not at all. */
  byTitle: Record<string, string | null>
}

/** What `writeSheet` left in a workbook that has come back; null when it is not one of ours. */
export function readSheetMarks(sheets: readonly SheetData[]): SheetMarks | null {
  const own = sheets.find(({ name }) => name === META_SHEET)
  const meta = own?.rows.map((row) => cellText(row.cells[0]))
  if (meta?.[0] !== FORMAT) return null
  const rows = new Map<string, Map<number, RowMark>>()
  for (const { name, rows: ofSheet } of sheets) {
    const header = ofSheet.find((row) => row.cells.some((cell) => cell === MARK_TITLE))
    const column = header?.cells.indexOf(MARK_TITLE)
    if (header === undefined || column === undefined) continue
    const marks = new Map<number, RowMark>()
    for (const row of ofSheet) {
      const match = MARK.exec(cellText(row.cells[column]))
      if (match) marks.set(row.number, { id: match[1]!, version: Number(match[2]) })
    }
    rows.set(name, marks)
  }
  const named = own!.rows.slice(3).map((row) => {
    return [normaliseTitle(cellText(row.cells[0])), cellText(row.cells[1]) || null] as const
  })
  return { kind: meta[1] ?? '', writtenAt: meta[2] ?? '', rows, byTitle: Object.fromEntries(named) }
}

/** Whether a column is one that we wrote and do not read back: the marks of the rows, what is masked or worked out. */
export const isOwnTitle = (marks: SheetMarks | null, title: string): boolean =>
  marks !== null && (title === MARK_TITLE || marks.byTitle[normaliseTitle(title.split(' / ').join(''))] === null)

/** One value of a .csv file: what a spreadsheet would take for a formula gets a ' before it (security.md §5.4). */
export function csvValue(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : String(value)
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
