import type { Finding } from '../../platform/workbook/finding.ts'
import { findHeader, type HeaderFound, type MappingOverride } from '../../platform/workbook/header.ts'
import { type Cell, cellText, isBlank, type SheetData, type SheetRow } from '../../platform/workbook/sheet.ts'
import { normaliseTitle, type TitleIndex } from '../../platform/workbook/titles.ts'
import type { Skipped, SkipReason } from './parsed.ts'

/** Columns that say nothing by themselves: a row with only these is an empty form line. */
export interface TableSpec<F extends string> {
  index: TitleIndex<F>
  /** Fields a prepared form has filled in before anyone wrote: 序号, 学校. */
  prepared: readonly F[]
  /** Whether a lone text is a heading of the rows below, such as a school's name. */
  isCaption?: (text: string) => boolean
}

export interface Table<F extends string> {
  sheet: SheetData
  header: HeaderFound<F>
  column: Map<F, number>
  rows: { row: SheetRow; caption: string | null }[]
  /** Value of a vertically merged cell by `row:column`, with the row it stands in. */
  merged: Map<string, { cell: Cell | undefined; from: number }>
}

const TOTALS = /^(合计|总计|小计|共计|累计|总人数|合计人数)|(合计|小计|总计)$/
const SIGNATURE =
  /^(填表人?|填报人?|制表人?|审核人?|审批人?|经办人?|复核人?|单位负责人|负责人|填报单位|校长(签字|签名)?|联系人|联系电话|(填表|填报|制表)?(日期|时间)|备?注|说明|\(?(盖章|公章)\)?)\s*\d*[:：.、]/
const BLANKS_LISTED = 1000

const squeezed = (cell: Cell | undefined): string =>
  cellText(cell)
    .normalize('NFKC')
    .replace(/[\s\u200b-\u200f\ufeff]/g, '')

/** Cells of prepared columns and titles, worked out once for a table of thousands of rows. */
interface RowSieve {
  prepared: ReadonlySet<number | undefined>
  mapped: ReadonlySet<number>
  titles: ReadonlyMap<number, ReadonlySet<string>>
  isCaption?: (text: string) => boolean
}

function sieveOf<F extends string>(table: Pick<Table<F>, 'column' | 'header'>, spec: TableSpec<F>): RowSieve {
  const titles = table.header.columns.map(
    ({ index, title }) => [index, new Set(title.split(' / ').map(normaliseTitle))] as const,
  )
  return {
    prepared: new Set(spec.prepared.map((field) => table.column.get(field))),
    mapped: new Set(table.column.values()),
    titles: new Map(titles),
    ...(spec.isCaption ? { isCaption: spec.isCaption } : {}),
  }
}

function reasonToSkip(row: SheetRow, { prepared, mapped, titles, isCaption }: RowSieve): SkipReason | null {
  const filled: number[] = []
  for (let i = 0; i < row.cells.length; i++) if (!isBlank(row.cells[i])) filled.push(i)
  const [first, second] = filled
  if (first === undefined) return 'blank'
  const text = squeezed(row.cells[first])
  // Only the first cells can announce a total; a remark at the end may well contain the word
  const heads = second === undefined ? [text] : [text, squeezed(row.cells[second])]
  if (heads.some((head) => head.length <= 12 && TOTALS.test(head))) return 'totals'
  if (filled.length <= 8 && SIGNATURE.test(text)) return 'signature'
  if (filled.length === 1 && isCaption?.(text)) return 'caption'
  if (filled.every((index) => prepared.has(index)))
    return filled.length === 1 && text.length > 20 ? 'signature' : 'blank'
  if (filled.length === 1 && (!mapped.has(first) || text.length > 20)) return 'signature'
  const isTitle = (index: number): boolean =>
    titles.get(index)?.has(normaliseTitle(cellText(row.cells[index]))) === true
  if (second === undefined || !(isTitle(first) || isTitle(second))) return null
  const same = filled.filter(isTitle).length
  return same >= 2 && same * 10 >= filled.length * 6 ? 'repeatedHeader' : null
}

function mergedCells(sheet: SheetData, below: number): Table<string>['merged'] {
  const merged: Table<string>['merged'] = new Map()
  const byNumber = new Map(sheet.rows.map((row) => [row.number, row]))
  for (const { top, left, bottom } of sheet.merges) {
    if (bottom <= below || bottom === top) continue
    const cell = byNumber.get(top)?.cells[left]
    // Only rows that exist are filled: a merge may reach to the end of the sheet
    for (const row of sheet.rows)
      if (row.number > Math.max(top, below) && row.number <= bottom)
        merged.set(`${row.number}:${left}`, { cell, from: top })
  }
  return merged
}

/** Finds the table of each sheet and tells its data rows from titles, totals, signatures and gaps. */
export function readTables<F extends string>(
  sheets: readonly SheetData[],
  spec: TableSpec<F>,
  override: MappingOverride | undefined,
  findings: Finding[],
): { tables: Table<F>[]; skipped: Skipped[] } {
  const tables: Table<F>[] = []
  const skipped: Skipped[] = []
  for (const sheet of sheets) {
    // A hidden sheet is mostly last year's copy: reading it would double its people, so it is left out and said
    if (sheet.hidden) {
      skipped.push({ sheet: sheet.name, row: sheet.rows[0]?.number ?? 1, reason: 'hiddenSheet' })
      continue
    }
    const header = sheet.rows.length === 0 ? null : findHeader(sheet, spec.index, override)
    if (!header) {
      skipped.push({ sheet: sheet.name, row: sheet.rows[0]?.number ?? 1, reason: 'noHeader' })
      continue
    }
    const column = new Map<F, number>()
    for (const match of header.columns) if (match.field !== null) column.set(match.field, match.index)
    const table: Table<F> = { sheet, header, column, rows: [], merged: mergedCells(sheet, header.bottom) }
    const sieve = sieveOf(table, spec)
    let caption: string | null = null
    let last = header.bottom
    for (const row of sheet.rows) {
      if (row.number <= header.bottom) continue
      for (let gap = last + 1; gap < row.number && gap - last <= BLANKS_LISTED; gap++)
        skipped.push({ sheet: sheet.name, row: gap, reason: 'blank' })
      last = row.number
      const reason = reasonToSkip(row, sieve)
      if (reason === 'caption') caption = cellText(row.cells.find((cell) => !isBlank(cell))).trim()
      if (reason === null) table.rows.push({ row, caption })
      else skipped.push({ sheet: sheet.name, row: row.number, reason })
    }
    tables.push(table)
  }
  if (tables.length === 0) findings.push(noHeader(sheets))
  return { tables, skipped }
}

const noHeader = (sheets: readonly SheetData[]): Finding => ({
  sheet: sheets[0]?.name ?? '',
  row: 1,
  column: null,
  field: null,
  code: 'E-NO-HEADER',
  severity: 'error',
  values: {},
  original: '',
  mended: null,
})
