import type { LocalDate } from '../../rules/values/dates.ts'

/**
 * A sheet as the person's file says it. Most cells of a roster are plain text, so plain values stand for themselves
 * and only what needs more is an object: 62,300 rows of 44 columns have to fit into memory.
 */
export interface DateCell {
  kind: 'date'
  day: LocalDate
  serial: number
}
/** A number shown with a fixed count of decimals: '0.00' tells 2012.10 (October) from 2012.1. */
export interface DecimalCell {
  kind: 'decimal'
  value: number
  decimals: number
}
export interface ErrorCell {
  kind: 'error'
  text: string
}
export type PlainCell = string | number | boolean | DateCell | DecimalCell | ErrorCell
/** `value` is what the program that saved the file had worked out; null when it stored nothing. */
export interface FormulaCell {
  kind: 'formula'
  formula: string
  value: PlainCell | null
}
export type Cell = PlainCell | FormulaCell | null

export interface SheetRow {
  /** As the row is numbered in the person's own file, from 1. */
  number: number
  hidden: boolean
  /** By column, 0 = A; shorter than the sheet where the end of the row is blank. */
  cells: (Cell | undefined)[]
}

/** Row numbers from 1, columns from 0, both ends included. */
export interface Merge {
  top: number
  left: number
  bottom: number
  right: number
}

export interface SheetData {
  name: string
  hidden: boolean
  /** Rows that hold something, in order. */
  rows: SheetRow[]
  merges: Merge[]
}

/** Receives a workbook while it is read. `drain` is awaited between pieces, so that nothing piles up. */
export interface SheetSink {
  startSheet(name: string, hidden: boolean): void
  row(row: SheetRow): void
  endSheet(merges: Merge[]): void
  drain?(): Promise<void>
}

/** A sink that keeps all sheets. */
export function collectSheets(): SheetSink & { sheets: SheetData[] } {
  const sheets: SheetData[] = []
  return {
    sheets,
    startSheet: (name, hidden) => void sheets.push({ name, hidden, rows: [], merges: [] }),
    row: (row) => void sheets.at(-1)!.rows.push(row),
    endSheet: (merges) => void sheets.at(-1)!.merges.push(...merges),
  }
}

/** 0 → A, 26 → AA. */
export function columnLetter(index: number): string {
  let text = ''
  for (let n = index + 1; n > 0; n = Math.floor((n - 1) / 26)) text = String.fromCharCode(65 + ((n - 1) % 26)) + text
  return text
}

/** A → 0, AA → 26; also of a whole address such as AA12. */
export function columnIndex(address: string): number {
  let index = 0
  for (let i = 0; i < address.length; i++) {
    const code = address.charCodeAt(i)
    if (code < 65 || code > 90) break
    index = index * 26 + code - 64
  }
  return index - 1
}

/** 'B15:B17' → merge; null when it is no range. */
export function parseRange(range: string): Merge | null {
  const match = /^([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?$/.exec(range.replaceAll('$', ''))
  if (!match) return null
  const [, left, top, right = left, bottom = top] = match
  return { top: Number(top), left: columnIndex(left!), bottom: Number(bottom), right: columnIndex(right!) }
}

/** The value behind a cell: of a formula what it had worked out; null when there is none. */
export const plainOf = (cell: Cell | undefined): PlainCell | null =>
  cell === null || cell === undefined ? null : typeof cell === 'object' && cell.kind === 'formula' ? cell.value : cell

/** What a cell shows, near enough to be recognised by the person who typed it. */
export function cellText(cell: Cell | undefined): string {
  const plain = plainOf(cell)
  if (plain === null) return ''
  if (typeof plain === 'string') return plain
  if (typeof plain === 'number') return String(plain)
  if (typeof plain === 'boolean') return plain ? 'TRUE' : 'FALSE'
  if (plain.kind === 'date') return plain.day
  if (plain.kind === 'decimal') return plain.value.toFixed(plain.decimals)
  return plain.text
}

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')
