import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import { openWorkbook } from '@/lib/platform/workbook/open.ts'
import { readWorkbookInChild } from '@/lib/platform/workbook/read-in-child.ts'
import { columnIndex, columnLetter } from '@/lib/platform/workbook/sheet.ts'
import { lookOfFormat } from '@/lib/platform/workbook/xlsx-styles.ts'
import { gridAs, makeZip, odsParts, xlsxParts } from '../../support/workbooks.ts'

const grid = [
  ['姓名', '身份证号'],
  ['梁平', '150699198503121239'],
  [null, 1985.3],
]
const texts = [
  ['姓名', '身份证号'],
  ['梁平', '150699198503121239'],
  [null, 1985.3],
]
const csv = '姓名,身份证号\r\n梁平,150699198503121239\r\n"含""引号"", 与\n换行",x\r\n'

async function cellsOf(bytes: Buffer, filename: string) {
  const opened = await openWorkbook(bytes, filename)
  if (!opened.ok) throw new Error(opened.refusals[0]!.code)
  return opened.value[0]!.rows.map(({ cells }) => cells)
}

describe('design §8 one content in every format', () => {
  test.each(['xlsx', 'xls', 'ods'] as const)('.%s', async (type) => {
    expect(await cellsOf(gridAs(grid, type), `a.${type}`)).toEqual(texts)
  })

  test.each([
    ['UTF-8', Buffer.from(csv)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${csv}`)],
    ['GB18030', iconv.encode(csv, 'gb18030')],
  ])('.csv in %s keeps all digits of an ID number', async (_, bytes) => {
    expect(await cellsOf(bytes, 'a.csv')).toEqual([
      ['姓名', '身份证号'],
      ['梁平', '150699198503121239'],
      ['含"引号", 与\n换行', 'x'],
    ])
  })

  test.each([
    ['tab', '\t'],
    ['semicolon', ';'],
  ])('.csv separated by %s', async (_, mark) => {
    expect(await cellsOf(Buffer.from(`姓名${mark}性别\n梁平${mark}男`), 'a.csv')).toEqual([
      ['姓名', '性别'],
      ['梁平', '男'],
    ])
  })
})

describe('R-IMP-1 what a cell holds', () => {
  const styles = {
    name: 'xl/styles.xml',
    data:
      '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
      '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="2"/></cellXfs></styleSheet>',
  }
  const rows =
    '<row r="3" hidden="1"><c r="A3" s="1"><v>31119</v></c><c r="B3" s="2"><v>31119</v></c><c r="C3" s="3"><v>2012.1</v></c>' +
    '<c r="D3"><f>A1&amp;B1</f></c><c r="E3" t="str"><f>A1</f><v>甲</v></c><c r="F3" t="e"><v>#REF!</v></c><c r="H3" t="b"><v>1</v></c></row>'

  test('dates, decimals, formulas with and without a value, errors, hidden rows, merges', async () => {
    const bytes = makeZip([...xlsxParts(rows, '<mergeCells><mergeCell ref="B3:B9"/></mergeCells>'), styles])
    const opened = await openWorkbook(bytes, 'a.xlsx')
    expect(opened).toMatchObject({
      ok: true,
      value: [
        {
          name: '表',
          merges: [{ top: 3, left: 1, bottom: 9, right: 1 }],
          rows: [
            {
              number: 3,
              hidden: true,
              cells: [
                { kind: 'date', day: '1985-03-13' },
                { kind: 'date', day: '1985-03-13' },
                { kind: 'decimal', value: 2012.1, decimals: 2 },
                { kind: 'formula', formula: 'A1&B1', value: null },
                { kind: 'formula', value: '甲' },
                { kind: 'error', text: '#REF!' },
                null,
                true,
              ],
            },
          ],
        },
      ],
    })
  })

  test('names with a prefix and rich text are read as any others', async () => {
    const prefixed =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    const parts = xlsxParts('').map((part) =>
      part.name === 'xl/worksheets/sheet1.xml' ? { ...part, data: prefixed } : part,
    )
    const strings = {
      name: 'xl/sharedStrings.xml',
      data: '<sst><si><r><t>梁</t></r><r><t>平</t></r><rPh sb="0" eb="1"><t>liang</t></rPh></si></sst>',
    }
    expect(await cellsOf(makeZip([...parts, strings]), 'a.xlsx')).toEqual([['梁平']])
  })

  test('OpenDocument: hidden rows, merges, notes beside the text', async () => {
    const rows =
      '<table:table-row table:number-rows-repeated="4"><table:table-cell table:number-columns-repeated="9"/></table:table-row>' +
      '<table:table-row table:visibility="collapse"><table:table-cell table:number-rows-spanned="2" office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>梁<text:s text:c="2"/>平</text:p></table:table-cell></table:table-row>'
    const opened = await openWorkbook(makeZip(odsParts(rows)), 'a.ods')
    expect(opened.ok && opened.value[0]).toMatchObject({
      rows: [{ number: 5, hidden: true, cells: ['梁  平'] }],
      merges: [{ top: 5, bottom: 6, left: 0, right: 0 }],
    })
  })

  test.each([
    ['yyyy/m/d', 'date'],
    ['yyyy"年"m"月";@', 'date'],
    ['[$-804]yyyy-mm', 'date'],
    ['0.00', 2],
    ['0.00_ ', 2],
    ['General', null],
    ['@', null],
    ['#,##0', null],
    ['"第"0"名"', null],
  ])('number format %s', (code, look) => expect(lookOfFormat(code)).toBe(look))

  test('column letters and numbers are each other', () => {
    for (const index of [0, 25, 26, 51, 701, 702, 16_383]) expect(columnIndex(columnLetter(index))).toBe(index)
  })
})

describe('SEC-T7 reading in a child process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'junheng-import-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const save = (name: string, bytes: Buffer): string => {
    writeFileSync(join(folder, name), bytes)
    return join(folder, name)
  }

  test('gives the same as reading here', { timeout: 30_000 }, async () => {
    const bytes = gridAs(grid, 'xlsx')
    expect(await readWorkbookInChild(save('a.xlsx', bytes), 'a.xlsx')).toEqual(await openWorkbook(bytes, 'a.xlsx'))
  })

  test('passes a refusal on', { timeout: 30_000 }, async () => {
    const outcome = await readWorkbookInChild(save('b.xlsx', Buffer.from('x')), 'b.xlsx')
    expect(outcome).toMatchObject({ ok: false, refusals: [{ code: 'import.refusal.renamed' }] })
  })

  test('ends a child that takes too long', { timeout: 30_000 }, async () => {
    const outcome = await readWorkbookInChild(save('c.xlsx', gridAs(grid, 'xlsx')), 'c.xlsx', { seconds: 0.01 })
    expect(outcome).toMatchObject({ ok: false, refusals: [{ code: 'import.refusal.tooSlow' }] })
  })

  test('ends a child that takes more memory than it may', { timeout: 30_000 }, async () => {
    // Less than the process takes to start
    const outcome = await readWorkbookInChild(save('d.xlsx', gridAs(grid, 'xlsx')), 'd.xlsx', { memoryMb: 20 })
    expect(outcome).toMatchObject({ ok: false, refusals: [{ code: 'import.refusal.tooMuchMemory' }] })
  })
})
