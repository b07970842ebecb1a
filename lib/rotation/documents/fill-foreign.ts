import ExcelJS from 'exceljs'
import type { ForeignKey, ForeignRow } from './foreign-fields.ts'
import { afterInsertion, onLine } from './moved-formula.ts'

export interface ForeignSheet {
  sheet: string
  /** Last row of the header. */
  headerRow: number
  /** Column letter → field; '' leaves the column alone. */
  mapping: Record<string, string>
}

/**
 * Writes rows under the header of somebody else's workbook. Merged cells and formulas stay: a cell with a formula is never
 * written over, and rows beneath the table (sums, signatures) move down when there are more people than blank lines; a sum under
 * the table takes the new lines in, and a formula of the first line is continued on them.
 */
export async function fillForeign(template: Buffer, table: ForeignSheet, rows: readonly ForeignRow[]): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(template as unknown as ArrayBuffer)
  const sheet = workbook.getWorksheet(table.sheet) ?? workbook.worksheets[0]
  if (!sheet) throw new Error('the form has no sheet')
  const first = table.headerRow + 1
  const letters = Object.entries(table.mapping).filter(([, field]) => field !== '')
  makeRoom(
    sheet,
    first,
    blankRows(
      sheet,
      first,
      letters.map(([letter]) => letter),
    ),
    rows.length,
  )
  for (const [index, values] of rows.entries())
    for (const [letter, field] of letters) {
      const cell = sheet.getCell(`${letter}${first + index}`)
      const value = values[field as ForeignKey]
      if (cell.formula || value === null || value === undefined) continue
      cell.value = value
    }
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** Lines left blank for people: rows from the first on whose mapped cells are empty, up to what the sheet has. */
function blankRows(sheet: ExcelJS.Worksheet, first: number, letters: readonly string[]): number {
  let count = 0
  const isFree = (row: number): boolean =>
    letters.every((letter) => {
      const cell = sheet.getCell(`${letter}${row}`)
      return (cell.value === null || cell.value === undefined || Boolean(cell.formula)) && !cell.isMerged
    })
  while (first + count <= sheet.rowCount && isFree(first + count)) count += 1
  return count
}

/** Inserts the missing lines; merges beneath go with their rows, which the library would leave behind. */
function makeRoom(sheet: ExcelJS.Worksheet, first: number, blank: number, needed: number): void {
  const missing = needed - Math.max(blank, 0)
  const below = first + blank
  if (missing <= 0 || below > sheet.rowCount) return
  const merges = [...((sheet.model as { merges?: string[] }).merges ?? [])]
  const moved = merges.filter((range) => Number(/\d+/.exec(range)?.[0]) >= below)
  for (const range of moved) sheet.unMergeCells(range)
  const formulas = formulasOf(sheet)
  sheet.spliceRows(below, 0, ...Array.from({ length: missing }, () => []))
  // The library moves cells and leaves their formulas as they were
  for (const { row, column, formula } of formulas)
    sheet.getCell(row >= below ? row + missing : row, column).value = {
      formula: afterInsertion(formula, below, missing),
    }
  const line = formulas.filter(({ row }) => row === first && blank > 0)
  const style = sheet.getRow(first)
  for (let row = below; row < below + missing; row++)
    style.eachCell({ includeEmpty: true }, (cell, column) => {
      sheet.getRow(row).getCell(column).style = cell.style
    })
  for (let row = below; row < below + missing; row++)
    for (const { column, formula } of line) sheet.getCell(row, column).value = { formula: onLine(formula, first, row) }
  for (const range of moved) sheet.mergeCells(range.replace(/\d+/g, (row) => String(Number(row) + missing)))
}

function formulasOf(sheet: ExcelJS.Worksheet): { row: number; column: number; formula: string }[] {
  const found: { row: number; column: number; formula: string }[] = []
  sheet.eachRow((row, number) =>
    row.eachCell((cell, column) => {
      if (cell.formula) found.push({ row: number, column, formula: cell.formula })
    }),
  )
  return found
}
