import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { teacherQuery } from '@/lib/register/queries/teacher-query.ts'
import { uploadForeignTable } from '@/lib/rotation/commands/foreign-tables.ts'
import { filledTable } from '@/lib/rotation/queries/foreign-tables.ts'
import { aRoundDistrict, type RoundDistrict } from '@/tests/support/round-district.ts'

let d: RoundDistrict
const folder = mkdtempSync(path.join(tmpdir(), 'junheng-tables-'))
beforeAll(async () => {
  process.env.JUNHENG_DATA = folder
  d = await aRoundDistrict()
})
afterAll(async () => {
  await d.close()
  delete process.env.JUNHENG_DATA
  rmSync(folder, { recursive: true, force: true })
})

/** An upper bureau's form: title over all columns, headings of its own, two blank lines, a sum and a signature beneath. */
async function emptyForm(): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('附件1')
  sheet.getCell('A1').value = '义务教育教师情况统计表'
  sheet.mergeCells('A1:F1')
  sheet.getRow(2).values = ['序号', '教师姓名', '所在单位', '工号', '编制性质', '学科']
  sheet.getCell('A5').value = '合计'
  sheet.getCell('B5').value = { formula: 'COUNTA(B3:B4)' }
  sheet.mergeCells('A6:F6')
  sheet.getCell('A6').value = '填表人：'
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

describe('套表', () => {
  test('the query of the teacher list fills it; merges stay, the sum counts all, the people are on record', async () => {
    const uploaded = await d.run(uploadForeignTable, 'hr1', { name: '省表.xlsx', content: await emptyForm() })
    if (!uploaded.ok) throw new Error(JSON.stringify(uploaded.refusals))
    const filter = teacherQuery.parse({ school: d.schools.A, subject: 'CHN' })
    const filled = await d.as('hr1', (tx) => filledTable(tx, d.actors.hr1!, uploaded.value.value.tableId, { filter }))
    if (!filled?.ok) throw new Error(JSON.stringify(filled))
    expect(new Set(filled.value.teacherIds)).toEqual(new Set(d.staff.A))
    const workbook = new ExcelJS.Workbook()
    await workbook.xlsx.load(filled.value.content as unknown as ArrayBuffer)
    const sheet = workbook.getWorksheet('附件1')!
    const line = (row: number) => ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) => sheet.getCell(`${letter}${row}`).value)
    expect(line(3)).toEqual([
      1,
      expect.stringMatching(/^演示/),
      '第一小学',
      expect.any(String),
      expect.any(String),
      '语文',
    ])
    expect(line(14).slice(0, 3)).toEqual([12, expect.stringMatching(/^演示/), '第一小学'])
    expect([sheet.getCell('A15').value, sheet.getCell('B15').formula]).toEqual(['合计', 'COUNTA(B3:B14)'])
    expect([sheet.getCell('A16').value, sheet.getCell('F16').isMerged]).toEqual(['填表人：', true])
    expect(sheet.getCell('F1').isMerged).toBe(true)
  })

  test('nobody found fills nothing', async () => {
    const [table] = await d.as('hr1', (tx) => tx.query.foreignTables.findMany())
    const filter = teacherQuery.parse({ who: '查无此人' })
    expect(await d.as('hr1', (tx) => filledTable(tx, d.actors.hr1!, table!.id, { filter }))).toBeNull()
  })

  test('SEC-T7 a hostile form is refused with its reason, read in a process of its own', async () => {
    const upload = (content: Buffer) => d.run(uploadForeignTable, 'hr1', { name: '表.xlsx', content })
    expect(await upload(Buffer.from('PK\u0003\u0004 nothing of a workbook'))).toMatchObject({ ok: false })
    expect(await upload(Buffer.from('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'))).toMatchObject({
      ok: false,
      refusals: [{ code: expect.stringMatching(/^import\.|^workbook\.|^platform\./) }],
    })
  })
})
