import type { Paragraph } from 'docx'
import { PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import { SEXES } from '@/lib/rules/register/vocabulary.ts'
import { percentText, type Ratio } from '@/lib/rules/values/ratio.ts'
import type { CasePaper, Issuer } from './facts.ts'
import { cell, centred, FACES, note, row, type Sheet, SIZES, table } from './official.ts'
import { dottedMonth, formText, monthsText, schoolClass, schoolYear } from './words.ts'

/** Columns of 交流轮岗汇总表 (domain.md §7.3 e), with their widths in millimetres on a landscape sheet. */
export const SUMMARY_COLUMNS = [
  { key: 'seq', title: '序号', mm: 8 },
  { key: 'name', title: '姓名', mm: 13 },
  { key: 'sex', title: '性别', mm: 7 },
  { key: 'birth', title: '出生年月', mm: 12 },
  { key: 'age', title: '年龄', mm: 7 },
  { key: 'education', title: '学历', mm: 9 },
  { key: 'title', title: '职称', mm: 12 },
  { key: 'grade', title: '岗位等级', mm: 8 },
  { key: 'subject', title: '任教学科', mm: 13 },
  { key: 'backbone', title: '是否骨干教师（类别级别）', mm: 16 },
  { key: 'tenure', title: '本校任教年限', mm: 11 },
  { key: 'from', title: '派出学校', mm: 20 },
  { key: 'fromClass', title: '派出学校类别', mm: 10 },
  { key: 'to', title: '接收学校', mm: 20 },
  { key: 'toClass', title: '接收学校类别', mm: 10 },
  { key: 'form', title: '交流形式', mm: 14 },
  { key: 'relation', title: '是否转移人事关系', mm: 10 },
  { key: 'start', title: '起始年月', mm: 12 },
  { key: 'end', title: '结束年月', mm: 12 },
  { key: 'first', title: '首次/续期', mm: 9 },
  { key: 'result', title: '考核结果', mm: 9 },
  { key: 'note', title: '备注', mm: 19 },
] as const
export type SummaryKey = (typeof SUMMARY_COLUMNS)[number]['key']

/** Figures under the table, each with numerator and denominator. */
export interface SummaryFigures {
  eligible: number
  needed: number
  moved: number
  share: Ratio
  movedBackbone: number
  backboneShare: Ratio
  reading: 'A' | 'B' | 'C'
}

/** One line of the summary, as text. */
export function summaryRow(paper: CasePaper, index: number): Record<SummaryKey, string | number | null> {
  const { person } = paper
  return {
    seq: index + 1,
    name: person.name,
    sex: SEXES[person.sex],
    birth: dottedMonth(person.birth),
    age: person.age,
    education: person.education,
    title: person.title,
    grade: person.grade,
    subject: person.subject,
    backbone: person.backbone ?? (paper.isBackbone ? '是' : '否'),
    tenure: person.tenureMonths === null ? null : monthsText(person.tenureMonths),
    from: paper.from.name,
    fromClass: schoolClass(paper.from),
    to: paper.to?.name ?? null,
    toClass: paper.to ? schoolClass(paper.to) : null,
    form: formText(paper),
    relation: paper.movesRelation ? '是' : '否',
    start: dottedMonth(paper.startsOn),
    end: paper.endsOn ? dottedMonth(paper.endsOn) : null,
    first: paper.isContinuing ? '续期' : '首次',
    result: paper.serviceResults[0]?.result ?? null,
    note: paper.order?.number ?? null,
  }
}

const shareText = (share: Ratio): string =>
  share.den === 0 ? '无符合条件人员' : `${percentText(share)}%（${share.num}/${share.den}）`

/** The foot line of (e): what the figures are of, with the reading named. */
export const figuresText = (figures: SummaryFigures): string =>
  `符合交流条件 ${figures.eligible} 人，应交流 ${figures.needed} 人，实际交流 ${figures.moved} 人，占 ${shareText(figures.share)}；其中骨干教师 ${figures.movedBackbone} 人，占 ${shareText(figures.backboneShare)}（${figures.reading} 口径）`

const SIGNATURES = '填表人：              审核人：              单位负责人：              '

export function summarySheet(
  papers: readonly CasePaper[],
  figures: SummaryFigures | null,
  issuer: Issuer,
  year: number,
): Sheet {
  const foot: Paragraph[] = figures ? [note(figuresText(figures), SIZES.table)] : []
  return {
    landscape: true,
    form: true,
    children: [
      centred(`${schoolYear(year)}教师交流轮岗汇总表`, { font: FACES.title, size: 36 }),
      note(`填报单位：${issuer.bureau}`, SIZES.table),
      table(
        SUMMARY_COLUMNS.map(({ mm }) => mm),
        [
          row(
            SUMMARY_COLUMNS.map((column) => cell(column.title, { head: true, size: 16 })),
            { header: true },
          ),
          ...papers.map((paper, index) => {
            const values = summaryRow(paper, index)
            return row(SUMMARY_COLUMNS.map(({ key }) => cell(String(values[key] ?? ''), { size: 16, align: 'center' })))
          }),
        ],
      ),
      ...foot,
      note(`${SIGNATURES}日期：      年    月    日`, SIZES.table),
    ],
  }
}

export function summaryWorkbook(
  papers: readonly CasePaper[],
  figures: SummaryFigures | null,
  issuer: Issuer,
  more: { year: number; writtenAt: string; footer: string },
): Promise<Buffer> {
  return writeSheet({
    title: `${schoolYear(more.year)}教师交流轮岗汇总表（填报单位：${issuer.bureau}）`,
    sheetName: '交流轮岗汇总表',
    columns: SUMMARY_COLUMNS.map(({ key, title }) => ({ key, title })),
    rows: papers.map(summaryRow),
    footer: [figures && figuresText(figures), SIGNATURES.trim(), more.footer].filter(Boolean).join('　'),
    watermark: PAPER_MARKS[issuer.nature],
    writtenAt: more.writtenAt,
    kind: 'rotation-summary',
  })
}
