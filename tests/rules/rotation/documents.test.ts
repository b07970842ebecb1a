import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { findHeader } from '@/lib/platform/workbook/header.ts'
import { openWorkbook } from '@/lib/platform/workbook/open.ts'
import { approvalForm } from '@/lib/rotation/documents/approval-form.ts'
import { countyReturn } from '@/lib/rotation/documents/county-return.ts'
import type { CasePaper } from '@/lib/rotation/documents/facts.ts'
import { fillForeign } from '@/lib/rotation/documents/fill-foreign.ts'
import { moveOrder } from '@/lib/rotation/documents/move-order.ts'
import { officialDocument, packed, type Sheet } from '@/lib/rotation/documents/official.ts'
import { zippedPapers } from '@/lib/rotation/documents/package.ts'
import { noticeSheet, noticeWorkbook } from '@/lib/rotation/documents/public-notice.ts'
import { summaryRow, summaryWorkbook } from '@/lib/rotation/documents/summary.ts'
import { foreignIndex } from '@/lib/rotation/imports/foreign-columns.ts'
import { day } from '@/lib/rules/values/dates.ts'
import { samplePaper } from '../../support/case-paper.ts'
import { entriesOfZip } from '../../support/zip-entries.ts'

const issuer = { district: '东胜区', bureau: '东胜区教育体育局', nature: 'demo' as const, today: day('2027-07-28') }

/** All text of a document, tags taken out. */
async function textOf(sheets: Sheet[]): Promise<string> {
  const parts = await entriesOfZip(await packed(officialDocument(issuer, '试', sheets)))
  return ['word/document.xml', 'word/header1.xml']
    .map((name) => parts.get(name)?.toString('utf8') ?? '')
    .join('')
    .replace(/<[^>]+>/g, '')
}

async function formulasOf(file: Buffer): Promise<number> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load(file as unknown as ArrayBuffer)
  let formulas = 0
  for (const sheet of workbook.worksheets)
    sheet.eachRow((row) => row.eachCell((cell) => (formulas += cell.formula ? 1 : 0)))
  return formulas
}

describe('papers of a move', () => {
  test('a posting notice says where, how long, and that the relation stays; demo papers say so', async () => {
    const text = await textOf([moveOrder(samplePaper(), issuer)])
    for (const words of [
      '教师交流通知书',
      '东教人调〔2027〕12号',
      '第一小学、分校万利小学：',
      '为期二年',
      '人事关系、编制保留在第一小学',
      '2027年9月8日前',
      '演示数据',
    ])
      expect(text).toContain(words)
  })

  test('a transfer order moves the relation and names the grade rule', async () => {
    const text = await textOf([moveOrder(samplePaper({ movesRelation: true, form: 2, endsOn: null }), issuer)])
    expect(text).toContain('教师调动通知（调令）')
    expect(text).toContain('不低于原有职务及岗位等级聘用')
    expect(text).not.toContain('期满返回')
  })

  test('domain 7.3 (d) the approval form has every field', async () => {
    const text = await textOf([approvalForm(samplePaper(), issuer)])
    const fields =
      '姓名 性别 出生年月 照片 民族 政治面貌 参加工作时间 岗位等级 教师资格 荣誉称号 现工作单位 是否骨干教师 交流形式 志愿学校 交流期限 工作简历 主要业绩 个人申请 备注'
    for (const field of fields.split(' ')) expect(text).toContain(field)
    for (const words of ['〔2027〕第9期', '苗正宏', '（签名）', '（公章）']) expect(text).toContain(words)
  })

  test('everything in one zip: a file a person in three folders, two of one name kept apart', async () => {
    const made = await zippedPapers(['orders', 'forms'], [samplePaper(), samplePaper()], issuer, [])
    const names = [...(await entriesOfZip(made.content)).keys()]
    expect(names).toHaveLength(4)
    expect(new Set(names).size).toBe(4)
    expect(names[0]).toBe('调令与交流通知书/东教人调〔2027〕12号_李明亮_调令与交流通知书.docx')
  })
})

const notice = {
  title: '东胜区2027–2028学年教师交流轮岗人员名单公示',
  kind: 'first' as const,
  documentNo: null,
  days: 5,
  publishedOn: day('2027-07-19'),
  endsOn: day('2027-07-26'),
  phone: '0477-8500000',
  mail: 'rsg@example.cn',
  rows: [
    {
      number: '1',
      name: '=HYPERLINK("x")',
      origin: '第一小学',
      subject: '数学',
      destination: '万利小学',
      form: '定期交流',
      term: '2027-09-01 至 2029-08-31',
    },
  ],
}

describe('R-PUB-3 the notice', () => {
  test('shows the permitted columns, period and contact', async () => {
    const text = await textOf([noticeSheet(notice, issuer)])
    for (const words of ['序号', '派出学校', '交流期限', '2027年7月26日24时止', '0477-8500000'])
      expect(text).toContain(words)
    for (const words of ['身份证', '出生', '教职工号']) expect(text).not.toContain(words)
  })

  test('no workbook carries a formula, whatever a name begins with', async () => {
    const paper = samplePaper()
    const hostile: CasePaper = { ...paper, person: { ...paper.person, name: '+1+1', educationAt: '@SUM(A1)' } }
    const more = { year: 2027, writtenAt: '2027-07-28T00:00:00.000Z', footer: '=1' }
    const files = [
      await noticeWorkbook(notice, issuer, more.writtenAt),
      await summaryWorkbook([hostile], null, issuer, more),
      await countyReturn(
        {
          year: 2027,
          eligible: 3407,
          moved: 351,
          movedBackbone: 72,
          share: { num: 351, den: 3407 },
          backboneShare: { num: 72, den: 351 },
        },
        issuer,
        more.writtenAt,
        '',
      ),
    ]
    for (const file of files) expect(await formulasOf(file)).toBe(0)
  })
})

describe('套表', () => {
  async function form(): Promise<Buffer> {
    const workbook = new ExcelJS.Workbook()
    const sheet = workbook.addWorksheet('附件2')
    sheet.mergeCells('A1:F1')
    sheet.getCell('A1').value = '教师交流轮岗情况统计表'
    sheet.getRow(2).values = ['序号', '教师姓名', '原单位名称', '交流轮岗单位名称', '交流轮岗类型', '合计']
    sheet.getCell('F3').value = { formula: 'ROW()-2' }
    sheet.getCell('A5').value = '合计'
    sheet.mergeCells('A5:B5')
    sheet.getCell('C5').value = { formula: 'COUNTA(B3:B4)' }
    return Buffer.from(await workbook.xlsx.writeBuffer())
  }

  test('headings are matched by the import’s synonyms, formulas stay, the foot moves down with its merge', async () => {
    const template = await form()
    const opened = await openWorkbook(template, 'form.xlsx')
    if (!opened.ok) throw new Error(JSON.stringify(opened.refusals))
    const header = findHeader(opened.value[0]!, foreignIndex())!
    const mapping = Object.fromEntries(header.columns.map(({ letter, field }) => [letter, field ?? '']))
    expect(mapping).toMatchObject({ A: 'seq', B: 'name', C: 'from', D: 'to', E: 'form' })
    const rows = [1, 2, 3, 4].map((_, index) => summaryRow(samplePaper(), index))
    const filled = new ExcelJS.Workbook()
    await filled.xlsx.load(
      (await fillForeign(
        template,
        { sheet: '附件2', headerRow: header.bottom, mapping },
        rows,
      )) as unknown as ArrayBuffer,
    )
    const sheet = filled.getWorksheet('附件2')!
    expect([3, 4, 5, 6].map((row) => sheet.getCell(`B${row}`).value)).toEqual(Array(4).fill('李明亮'))
    expect(sheet.getCell('D3').value).toBe('分校万利小学')
    expect(sheet.getCell('F3').formula).toBe('ROW()-2')
    expect(sheet.getCell('F6').formula).toBe('ROW()-2')
    expect(sheet.getCell('C7').formula).toBe('COUNTA(B3:B6)')
    expect(sheet.getCell('A7').value).toBe('合计')
    expect(sheet.getCell('B7').isMerged).toBe(true)
    expect(sheet.getCell('A1').value).toBe('教师交流轮岗情况统计表')
  })
})
