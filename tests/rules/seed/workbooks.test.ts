import { existsSync, readFileSync } from 'node:fs'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { generateDistrict } from '@/db/seed/district.ts'
import { writeFaultyRoster } from '@/db/seed/faulty-roster.ts'
import { writeRegistersWorkbook, writeRosterWorkbook, writeSchoolsWorkbook } from '@/db/seed/workbooks.ts'

const district = generateDistrict({ seed: 2026 })
const read = async (bytes: Uint8Array) => {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(bytes.buffer as ArrayBuffer)
  return workbook
}
const rowsOf = (sheet: ExcelJS.Worksheet, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => (sheet.getRow(from + i).values as ExcelJS.CellValue[]).slice(1))
const narrow = (text: string) =>
  text
    .replace(/[\uff10-\uff19\uff38\uff58]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\s/g, '')
    .toUpperCase()

describe('roster workbook', { timeout: 30_000 }, async () => {
  const sheet = (await read(await writeRosterWorkbook(district, { seed: 1 }))).worksheets[0]!
  const all = rowsOf(sheet, 5, sheet.rowCount)
  const people = all.filter((row) => typeof row[0] === 'number')

  test('title rows, merged header of two rows, 44 columns, blank rows, totals, line to sign', () => {
    expect(sheet.getRow(1).getCell(1).text).toContain('东胜区教育体育局教职工花名册')
    expect(sheet.getRow(2).getCell(1).text).toContain('演示数据')
    expect(sheet.getCell('F3').master.address).toBe('D3')
    expect(sheet.getCell('B4').master.address).toBe('B3')
    expect((sheet.getRow(4).values as unknown[]).slice(1)).toHaveLength(44)
    expect(sheet.getCell('AN4').text).toBe('年度考核\n（近三年：2023、2024、2025）')
    expect(people).toHaveLength(6_230)
    expect(all.filter((row) => row.every((cell) => cell === null || cell === undefined))).toHaveLength(10)
    const totals = all[all.length - 2]!
    expect([totals[0], totals[3], totals[4], totals[20]]).toEqual(['合计', 6_230, '女4486', '在编5640'])
    expect(sheet.getRow(sheet.rowCount).getCell(1).text).toContain('填表人')
  })

  test('under the mess every row is the person of the records', () => {
    people.forEach((row, i) => {
      const person = district.staff[i]!
      expect(row[2]).toBe(person.staffNo)
      expect(narrow(String(row[5]))).toBe(person.idNumber)
      expect(String(row[3]).replace(/\s/g, '')).toBe(person.name)
      expect(String(row[42]).replaceAll('-', '')).toBe(person.phone)
    })
  })

  test('the mess is there: nine spellings of months, odd citizen numbers, old titles and subjects, an alias', () => {
    const column = (i: number) => people.map((row) => row[i])
    const months = new Set(
      column(12).map((v) =>
        v instanceof Date
          ? 'date'
          : typeof v === 'number'
            ? v > 9999
              ? 'number'
              : 'decimal'
            : String(v).replace(/\d/g, '9'),
      ),
    )
    for (const style of [
      'date',
      'number',
      'decimal',
      '9999.99',
      '9999.9',
      '999999',
      '9999-99',
      '9999年99月',
      '9999年9月',
    ])
      expect(months).toContain(style)
    const ids = column(5).map(String)
    expect(ids.some((v) => v.endsWith('x'))).toBe(true)
    expect(ids.some((v) => /[\uff10-\uff19]/.test(v))).toBe(true)
    expect(ids.some((v) => /\s/.test(v))).toBe(true)
    for (const [at, values] of [
      [8, ['汉', '汉族', '蒙古', '蒙古族']],
      [10, ['党员', '中共党员', '团员', '共青团员']],
      [20, ['在编', '事业编', '聘用合同', '劳务派遣', '政府购买服务', '备案控制数']],
      [23, [8, '八级', '专业技术八级']],
      [25, ['高级教师', '一级', '小学高级', '中学一级', '未评职称']],
      [30, ['体育', '体育与健康', '品德', '政治', '信息技术', '生物']],
      [32, ['是', '√', '否']],
    ] as const) {
      const seen = new Set(column(at))
      for (const value of values) expect(seen).toContain(value)
    }
    expect(column(37).some((v) => String(v).includes('\n'))).toBe(true)
    expect(new Set(column(1))).toContain('五小塔拉壕分校')
    expect(new Set(column(1))).not.toContain('第五小学分校塔拉壕小学')
    expect(column(40).some((v) => v === null || v === undefined)).toBe(true)
  })

  test('a decimal number never stands for January or October', () => {
    for (const row of people)
      for (const at of [6, 11, 12, 13, 24, 26, 27, 38]) {
        const value = row[at]
        if (typeof value === 'number' && value < 9_999) expect(Math.round((value % 1) * 100)).not.toBe(10)
      }
  })
})

describe('schools and registers workbooks', () => {
  test('42 columns, 51 units, totals', async () => {
    const sheet = (await read(await writeSchoolsWorkbook(district))).worksheets[0]!
    const rows = rowsOf(sheet, 3, sheet.rowCount)
    expect(rows[0]).toHaveLength(42)
    expect(rows).toHaveLength(1 + 51 + 1)
    expect([rows[52]![0], rows[52]![13], rows[52]![14], rows[52]![24], rows[52]![25], rows[52]![27]]).toEqual([
      '合计',
      53_010,
      24_322,
      5_720,
      81_625,
      1_200,
    ])
    expect(rows[51]![1]).toBe('教研中心')
  })

  test('three sheets keyed by citizen number', async () => {
    const { worksheets } = await read(await writeRegistersWorkbook(district))
    expect(worksheets.map((s) => [s.name, s.rowCount - 2])).toEqual([
      ['交流轮岗记录', 671],
      ['请休假与生育', 238],
      ['处分与调查', 10],
    ])
  })
})

describe('faulty roster', { timeout: 30_000 }, async () => {
  const faulty = await writeFaultyRoster(district, { seed: 77 })
  const sheet = (await read(faulty.bytes)).worksheets[0]!
  const of = (kind: string) => faulty.findings.filter((f) => f.kind === kind)
  const cell = (kind: string, nth = 0) => sheet.getCell(`${of(kind)[nth]!.letter}${of(kind)[nth]!.row}`)

  test('48 kinds, one finding a row, refused rows are those with an error', () => {
    expect(new Set(faulty.findings.map((f) => f.kind)).size).toBe(48)
    expect(new Set(faulty.findings.map((f) => f.row)).size).toBe(faulty.findings.length)
    expect(faulty.refusedRows).toEqual(faulty.findings.filter((f) => f.severity === 'error').map((f) => f.row))
    expect(sheet.getRow(faulty.totalsRow).getCell(1).text).toBe('合计')
    for (const f of faulty.findings) expect(f.row >= faulty.firstDataRow && f.row <= faulty.lastDataRow).toBe(true)
  })

  test('the faults are in the cells the findings name', () => {
    expect(typeof cell('E-ID-NUMBER-CELL').value).toBe('number')
    expect(cell('E-ID-LENGTH').text).toHaveLength(17)
    expect(cell('E-ID-15').text).toHaveLength(15)
    expect(cell('E-ID-DATE').text.slice(10, 14)).toBe('0230')
    expect(cell('E-ID-MISSING').value).toBeNull()
    expect(cell('M-ID-X').text).toMatch(/x$/)
    expect(cell('M-FULLWIDTH').text).toMatch(/^[\uff10-\uff19]+$/)
    expect(cell('E-FORMULA').formula).toMatch(/^F\d+$/)
    expect(cell('W-FORMULA').formula).toContain('2026-')
    expect(cell('E-EXCEL-ERROR').value).toEqual({ error: '#REF!' })
    expect(cell('E-TEXT-LONG').text).toHaveLength(1_200)
    expect(cell('W-CONTROL-CHAR').text).toContain('\u200b')
    expect(cell('W-DATE-AMBIGUOUS').value).toBe(2020.1)
    expect(of('W-HIDDEN-ROW').every((f) => sheet.getRow(f.row).hidden)).toBe(true)
    expect(cell('W-MERGED', 0).master.address).toBe(cell('W-MERGED', 1).master.address)
    const [one, other] = of('E-DUP-PERSON').map((f) => rowsOf(sheet, f.row, f.row)[0]!.slice(1))
    expect(one).toEqual(other)
    const [here, there] = of('E-DUP-SCHOOLS').map((f) => sheet.getRow(f.row))
    expect(here!.getCell(6).text).toBe(there!.getCell(6).text)
    expect(here!.getCell(2).text).not.toBe(there!.getCell(2).text)
  })

  test('one seed plants the same faults in the same cells', async () => {
    const again = await writeFaultyRoster(district, { seed: 77 })
    expect(again.findings).toEqual(faulty.findings)
    const second = (await read(again.bytes)).worksheets[0]!
    expect(rowsOf(second, 1, second.rowCount)).toEqual(rowsOf(sheet, 1, sheet.rowCount))
    expect((await writeFaultyRoster(district, { seed: 78 })).findings).not.toEqual(faulty.findings)
  })

  test.each([1, 2, 3, 4, 5])('every district can be spoilt: %i', async (index) => {
    const { findings } = await writeFaultyRoster(generateDistrict({ seed: index, index }), { seed: index })
    expect(new Set(findings.map((f) => f.kind)).size).toBe(48)
  })

  const published = new URL('../../../../shared/data/花名册-有错误.expected.json', import.meta.url)
  test.runIf(existsSync(published))('kinds, severities and columns are those of the bureau\u2019s example', () => {
    const example = JSON.parse(readFileSync(published, 'utf8')) as {
      kinds: Record<string, { severity: string }>
      findings: { kind: string; letter: string; column: string }[]
    }
    expect(Object.fromEntries(faulty.findings.map((f) => [f.kind, f.severity]))).toEqual(
      Object.fromEntries(Object.entries(example.kinds).map(([kind, { severity }]) => [kind, severity])),
    )
    const columns = new Set(example.findings.map((f) => `${f.kind} ${f.letter} ${f.column}`))
    for (const f of faulty.findings) expect(columns).toContain(`${f.kind} ${f.letter} ${f.column}`)
  })
})
