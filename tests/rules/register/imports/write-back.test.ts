import * as XLSX from '@e965/xlsx'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { annotateWorkbook } from '@/lib/platform/workbook/annotate.ts'
import type { Finding } from '@/lib/platform/workbook/finding.ts'
import { openWorkbook } from '@/lib/platform/workbook/open.ts'
import { csvValue, readSheetMarks, writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import { parseRoster } from '@/lib/register/imports/roster.ts'
import { type TemplateKind, writeTemplate } from '@/lib/register/imports/template.ts'
import { day } from '@/lib/rules/values/dates.ts'
import { gridAs, makeZip, xlsxParts } from '../../../support/workbooks.ts'

const DANGEROUS = ["=cmd|'/c calc'!A1", '+1+1', '-2', '@SUM(A1)', '\t=1', '＝1+1', '=HYPERLINK("http://x")']
const finding = (row: number, column: string, severity: Finding['severity'] = 'error'): Finding => ({
  sheet: '花名册',
  row,
  column,
  field: 'name',
  code: 'E-X',
  severity,
  values: {},
  original: '',
  mended: null,
})
const annotation = (findings: Finding[], filename: string, maxRows?: number) => ({
  filename,
  findings,
  headers: new Map([['花名册', 1]]),
  say: ({ code }: Finding) => `错 ${code}`,
  heading: '错误信息',
  ...(maxRows ? { maxRows } : {}),
})
const formulasOf = (bytes: Buffer): number => {
  const book = XLSX.read(bytes, { cellFormula: true })
  return book.SheetNames.flatMap((name) => Object.values(book.Sheets[name]!)).filter(
    (cell) => typeof cell === 'object' && cell !== null && 'f' in cell,
  ).length
}
async function load(bytes: Buffer) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(bytes as never)
  return book
}
const colour = (sheet: ExcelJS.Worksheet, address: string) => {
  const { fill } = sheet.getCell(address)
  return fill?.type === 'pattern' ? (fill.fgColor?.argb ?? null) : null
}

describe('design §8 the same file comes back with its findings', () => {
  const grid = [
    ['姓名', '学校'],
    ['梁平', '一小'],
    ['乌兰', null],
    ['朝鲁', '二小'],
  ]

  test.each(['xlsx', 'xls', 'ods'] as const)(
    '.%s: column 错误信息 and coloured cells, also of empty ones',
    async (type) => {
      const out = await annotateWorkbook(
        gridAs(grid, type),
        annotation([finding(2, 'A'), finding(2, 'B', 'mended'), finding(3, 'B', 'warning')], `a.${type}`),
      )
      const sheet = (await load(out)).worksheets[0]!
      const shift = type === 'xlsx' ? ['A', 'B', 'C'] : ['B', 'C', 'D']
      const [a, b, c] = shift as [string, string, string]
      expect(sheet.getCell(`${c}1`).value).toBe('错误信息')
      expect(sheet.getCell(`${c}2`).value).toBe('A2：错 E-X\nB2：错 E-X')
      expect([colour(sheet, `${a}2`), colour(sheet, `${b}2`), colour(sheet, `${b}3`), colour(sheet, `${a}4`)]).toEqual([
        'FFF8C9C4',
        'FFD6E8FA',
        'FFFCE8B2',
        null,
      ])
      expect(sheet.getCell(`${a}4`).value).toBe('朝鲁')
    },
  )

  test('what the file had stays: widths, other sheets, merges; its formulas leave as values', async () => {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('花名册')
    sheet.addRows([
      ['姓名', '年龄'],
      ['梁平', { formula: 'DATEDIF(1,2)', result: 41 }],
    ])
    sheet.getColumn(1).width = 33
    sheet.getCell('A2').font = { bold: true }
    book.addWorksheet('说明').addRow(['请勿外传'])
    const original = Buffer.from(await book.xlsx.writeBuffer())
    const out = await annotateWorkbook(original, annotation([finding(2, 'A')], 'a.xlsx'))
    const back = await load(out)
    expect(back.worksheets.map(({ name }) => name)).toEqual(['花名册', '说明'])
    expect(back.worksheets[0]!.getColumn(1).width).toBe(33)
    expect(back.worksheets[0]!.getCell('A2').font).toMatchObject({ bold: true })
    expect(back.worksheets[0]!.getCell('B2').value).toBe(41)
    expect(colour(back.worksheets[0]!, 'A2')).toBe('FFF8C9C4')
    expect(formulasOf(out)).toBe(0)
  })

  test('above the limit only header and rows with findings come back, with their own numbers', async () => {
    const many = [['姓名'], ...Array.from({ length: 50 }, (_, i) => [`人${i}`])]
    const sheet = (
      await load(await annotateWorkbook(gridAs(many, 'xlsx'), annotation([finding(30, 'A')], 'a.xlsx', 40)))
    ).worksheets[0]!
    expect(sheet.rowCount).toBe(2)
    expect([sheet.getCell('A2').value, sheet.getCell('B2').value, sheet.getCell('C2').value]).toEqual([
      30,
      '人28',
      'A30：错 E-X',
    ])
    const told = { ...annotation([finding(30, 'A')], 'a.xlsx', 40), partly: (rows: number) => `仅 ${rows} 行` }
    const again = (await load(await annotateWorkbook(gridAs(many, 'xlsx'), told))).worksheets[0]!
    expect([again.getCell('A1').value, again.rowCount]).toEqual(['仅 1 行', 3])
  })

  test('a workbook whose names have a prefix is written anew', async () => {
    const parts = xlsxParts('').map((part) =>
      part.name.endsWith('sheet1.xml')
        ? {
            ...part,
            data: '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>姓名</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>',
          }
        : part,
    )
    const out = await annotateWorkbook(makeZip(parts), {
      ...annotation([{ ...finding(1, 'A'), sheet: '表' }], 'a.xlsx'),
      headers: new Map([['表', 1]]),
    })
    expect((await load(out)).worksheets[0]!.getCell('B1').value).toBe('姓名')
  })
})

describe('security §5.4 nothing leaves as a formula', () => {
  const id = '01890a5d-ac96-774b-bcce-b302099a8057'

  test('text that looks like a formula is text with quotePrefix; numbers stay numbers', async () => {
    const out = await writeSheet({
      title: '=名册',
      kind: 'roster',
      writtenAt: '2026-11-23T08:00:00+08:00',
      columns: [
        { key: 'name', title: '@姓名' },
        { key: 'n', title: '数' },
      ],
      rows: DANGEROUS.map((name, i) => ({ name, n: i })),
      footer: '=打印人',
      watermark: '演示数据，人员均为虚构',
    })
    expect(formulasOf(out)).toBe(0)
    const sheet = (await load(out)).worksheets[0]!
    expect(DANGEROUS.map((_, i) => sheet.getCell(`A${i + 4}`).value)).toEqual(DANGEROUS)
    expect(sheet.getCell('B5').value).toBe(1)
    expect(sheet.getCell('A2').value).toBe('演示数据，人员均为虚构')
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 3 })
    const styles = (await openZipText(out, 'xl/styles.xml'))
      .match(/<cellXfs[\s\S]*<\/cellXfs>/)![0]
      .match(/<xf[^>]*>/g)!
    expect(styles.slice(1).every((style) => style.includes('quotePrefix="1"'))).toBe(true)
  })

  test('.csv values get a mark before them', () => {
    for (const text of DANGEROUS) expect(csvValue(text).replace(/^"/, '')).toMatch(/^'/)
    expect([csvValue('a,"b"'), csvValue(-3), csvValue(null)]).toEqual(['"a,""b"""', '-3', ''])
  })

  test('time and row versions come back with the file, also when rows were sorted', async () => {
    const out = await writeSheet({
      title: '名册',
      kind: 'roster',
      writtenAt: '2026-11-23T08:00:00+08:00',
      columns: [{ key: 'name', title: '姓名' }],
      rows: [{ name: '梁平' }],
      marks: [{ id, version: 7 }],
    })
    const opened = await openWorkbook(out, 'a.xlsx')
    if (!opened.ok) throw new Error('refused')
    expect(readSheetMarks(opened.value)).toEqual({
      kind: 'roster',
      byTitle: {},
      writtenAt: '2026-11-23T08:00:00+08:00',
      rows: new Map([['名册', new Map([[3, { id, version: 7 }]])]]),
    })
    expect(readSheetMarks([opened.value[0]!])).toBeNull()
  })
})

describe('design §8 templates', () => {
  test.each<TemplateKind>(['roster', 'schools', 'rotations', 'leaves', 'disciplines'])(
    '%s opens, with drop-downs on closed lists',
    async (kind) => {
      const bytes = await writeTemplate(kind)
      const book = await load(bytes)
      const validations = Object.keys(
        (book.worksheets[0] as unknown as { dataValidations: { model: object } }).dataValidations.model,
      )
      expect(validations.length).toBeGreaterThan(0)
      expect((await openWorkbook(bytes, 'a.xlsx')).ok).toBe(true)
    },
  )

  test('every column of the roster template is recognised by the import', async () => {
    const opened = await openWorkbook(await writeTemplate('roster'), 'a.xlsx')
    if (!opened.ok) throw new Error('refused')
    const parsed = parseRoster(opened.value, { schools: [], statisticsDate: day('2026-09-01') })
    const roster = parsed.columns.find(({ sheet }) => sheet === '教职工花名册')!
    expect(roster.columns.filter(({ field }) => field === null)).toEqual([])
    expect(parsed.refusedRows).toEqual([])
  })
})

async function openZipText(bytes: Buffer, name: string): Promise<string> {
  const { readZipDirectory, entryText } = await import('@/lib/platform/workbook/zip.ts')
  const { WORKBOOK_LIMITS } = await import('@/lib/platform/workbook/limits.ts')
  return entryText(readZipDirectory(bytes, WORKBOOK_LIMITS).get(name)!)
}
