/** Writing sheets: the roster's frame around its rows, and plain lists. */
import ExcelJS from 'exceljs'
import { GROUPS, letterOf, positionOf, ROSTER_COLUMNS } from './roster-layout.ts'
import type { Cell } from './spelling.ts'

export const FIRST_ROSTER_ROW = 5
/** Fixed, so that only the seed decides what is in a workbook. */
const CREATED = new Date(Date.UTC(2026, 8, 10))

export interface RosterSheet {
  title: string
  subtitle: string
  /** From row 5 on; null is a blank row. */
  rows: (Cell[] | null)[]
  totals: Cell[]
  signature: string | null
  hidden?: number[]
  /** Ranges such as B15:B17. */
  merged?: string[]
}

export function newWorkbook(): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook()
  workbook.creator = '演示数据'
  workbook.created = CREATED
  workbook.modified = CREATED
  return workbook
}

export async function bytesOf(workbook: ExcelJS.Workbook): Promise<Uint8Array> {
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

/** Title rows 1–2, merged header rows 3–4, data from row 5, then totals and the line to sign. */
export function addRosterSheet(workbook: ExcelJS.Workbook, sheet: RosterSheet): void {
  const page = workbook.addWorksheet('花名册', { views: [{ state: 'frozen', xSplit: 4, ySplit: 4 }] })
  page.columns = ROSTER_COLUMNS.map(({ width }) => ({ width }))
  const last = letterOf(ROSTER_COLUMNS.length - 1)
  page.addRow([sheet.title])
  page.addRow([sheet.subtitle])
  const grouped = new Map(GROUPS.flatMap((g) => span(g).map((position) => [position, g.heading] as const)))
  page.addRow(ROSTER_COLUMNS.map(({ heading }, i) => grouped.get(i) ?? heading))
  page.addRow(ROSTER_COLUMNS.map(({ heading }) => heading))
  for (const row of sheet.rows) addCells(page, row ?? [])
  addCells(page, sheet.totals)
  if (sheet.signature) page.addRow([sheet.signature])
  page.mergeCells(`A1:${last}1`)
  page.mergeCells(`A2:${last}2`)
  for (const g of GROUPS) page.mergeCells(`${letterOf(positionOf(g.from))}3:${letterOf(positionOf(g.to))}3`)
  ROSTER_COLUMNS.forEach((_, i) => {
    if (!grouped.has(i)) page.mergeCells(`${letterOf(i)}3:${letterOf(i)}4`)
  })
  for (const range of sheet.merged ?? []) page.mergeCells(range)
  for (const row of sheet.hidden ?? []) page.getRow(row).hidden = true
  for (const row of [1, 3, 4]) page.getRow(row).font = { bold: true }
  for (const row of [1, 2, 3, 4])
    page.getRow(row).alignment = { horizontal: 'center', vertical: 'middle', wrapText: true }
}

function span(group: { from: string; to: string }): number[] {
  const from = positionOf(group.from)
  return Array.from({ length: positionOf(group.to) - from + 1 }, (_, i) => from + i)
}

function addCells(page: ExcelJS.Worksheet, cells: Cell[]): void {
  const row = page.addRow(cells)
  cells.forEach((cell, i) => {
    if (cell instanceof Date) row.getCell(i + 1).numFmt = 'yyyy"年"m"月"'
  })
}

/** Title, optional second title row, headings, rows. */
export function addListSheet(
  workbook: ExcelJS.Workbook,
  name: string,
  titles: string[],
  headings: string[],
  rows: Cell[][],
  widths: number[],
): void {
  const frozen = { state: 'frozen' as const, xSplit: 2, ySplit: titles.length + 1 }
  const page = workbook.addWorksheet(name, { views: [frozen] })
  page.columns = headings.map((_, i) => ({ width: widths[i] ?? 15 }))
  for (const title of titles) page.addRow([title])
  page.addRow(headings)
  for (const row of rows) addCells(page, row)
  titles.forEach((_, i) => {
    page.mergeCells(`A${i + 1}:${letterOf(headings.length - 1)}${i + 1}`)
  })
  page.getRow(titles.length + 1).alignment = { wrapText: true, vertical: 'middle' }
}
