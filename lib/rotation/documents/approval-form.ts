import { SEXES, STAGES } from '@/lib/rules/register/vocabulary.ts'
import type { CasePaper, Issuer, PaperDecision } from './facts.ts'
import { cell, centred, FACES, note, row, type Sheet, SIZES, table } from './official.ts'
import { formText, longMonth, monthsText, schoolYear, termText } from './words.ts'

const WIDTHS = [24, 25, 22, 26, 24, 28, 25] as const

/** What the trail says of a step, small above the blank line for signature and seal. */
function recorded(decision: PaperDecision | undefined): string {
  if (!decision) return ''
  const says = decision.action === 'refuse' || decision.action === 'reject' ? '不同意' : '同意'
  const more = [decision.minutesNo, decision.reason].filter(Boolean).join('；')
  return `${says}。${decision.byName}，${decision.on}（系统内办理）${more ? `。${more}` : ''}`
}

const signature = (who: string): string => `\n\n${who}（签名）：                （公章）          年    月    日`

const opinion = (label: string, decision: PaperDecision | undefined, who: string, height = 24) =>
  row([cell(label, { head: true }), cell(recorded(decision) + signature(who), { span: 6, valign: 'bottom' })], {
    height,
  })

/** 《教师交流轮岗申请（审批）表》 with every field of domain.md §7.3 (d); signatures are left blank. */
export function approvalForm(paper: CasePaper, issuer: Issuer): Sheet {
  const { person, decisions } = paper
  const label = (text: string, more: Parameters<typeof cell>[1] = {}) => cell(text, { head: true, ...more })
  const value = (text: string | null | undefined, more: Parameters<typeof cell>[1] = {}) =>
    cell(text || '—', { align: 'center', ...more })
  const long = (text: string | null | undefined, more: Parameters<typeof cell>[1] = {}) => cell(text || '—', more)
  const step = (part: string, side?: string) =>
    decisions.findLast((decision) => decision.part === part && (!side || decision.side === side))
  const assessed = person.assessments.map(({ year, result }) => `${year}年 ${result}`).join('；')
  const resume = person.resume
    .map(
      ({ from, until, school, what }) => `${longMonth(from)}—${until ? longMonth(until) : '至今'}  ${school}  ${what}`,
    )
    .join('\n')
  return {
    form: true,
    header: `${schoolYear(paper.year)}  申报编号 ${paper.number}`,
    children: [
      centred('教师交流轮岗申请（审批）表', { font: FACES.title, size: 36 }),
      note(`填报单位：${paper.from.name}`, SIZES.table),
      table(WIDTHS, [
        row([
          label('姓名'),
          value(person.name),
          label('性别'),
          value(SEXES[person.sex]),
          label('出生年月'),
          value(longMonth(person.birth)),
          cell('照片', { rows: 4, align: 'center' }),
        ]),
        row([
          label('民族'),
          value(person.ethnic),
          label('政治面貌'),
          value(person.political),
          label('参加工作时间'),
          value(longMonth(person.joinedWork)),
        ]),
        row([
          label('学历及毕业\n院校专业'),
          long([person.education, person.educationAt].filter(Boolean).join('，'), { span: 3 }),
          label('岗位等级'),
          value(person.grade === null ? null : `专业技术${person.grade}级`),
        ]),
        row([
          label('职称及\n聘任时间'),
          long([person.title, person.titleSince && longMonth(person.titleSince)].filter(Boolean).join('，'), {
            span: 3,
          }),
          label('任教学段学科'),
          value([person.stage && STAGES[person.stage], person.subject].filter(Boolean).join(' ')),
        ]),
        row([
          label('教师资格'),
          long(person.certificates.join('、'), { span: 3 }),
          label('是否骨干教师'),
          value(person.backbone ?? (paper.isBackbone ? '是' : '否'), { span: 2 }),
        ]),
        row([label('荣誉称号'), long(person.honours.join('、'), { span: 6 })]),
        row([
          label('现工作单位'),
          long(paper.from.name, { span: 3 }),
          label('进入本单位\n时间'),
          value(person.joinedSchool && longMonth(person.joinedSchool), { span: 2 }),
        ]),
        row([
          label('本校连续\n任教年限'),
          value(person.tenureMonths === null ? null : monthsText(person.tenureMonths), { span: 3 }),
          label('近三年年度\n考核结果'),
          value(assessed, { span: 2 }),
        ]),
        row([
          label('交流形式'),
          value(formText(paper), { span: 3 }),
          label('是否转\n人事关系'),
          value(paper.movesRelation ? '是' : '否', { span: 2 }),
        ]),
        row([
          label('志愿学校'),
          long(['一', '二', '三'].map((n, i) => `${n}、${paper.wishes[i] ?? '—'}`).join('   '), { span: 3 }),
          label('是否服从\n调剂'),
          value(paper.acceptsAllocation ? '是' : '否', { span: 2 }),
        ]),
        row([
          label('拟接收学校'),
          long(paper.to?.name, { span: 3 }),
          label('交流期限'),
          value(termText(paper), { span: 2 }),
        ]),
        row([label('工作简历'), long(resume, { span: 6 })], { height: 18 }),
        row([label('主要业绩'), long([...person.honours].slice(0, 6).join('、'), { span: 6 })], { height: 14 }),
        row(
          [
            label('个人申请'),
            cell(
              `${paper.reason || '本人自愿申请参加教师交流轮岗，服从组织安排。'}\n\n本人（签名）：                              年    月    日`,
              { span: 6, valign: 'bottom' },
            ),
          ],
          { height: 24 },
        ),
        opinion('派出学校\n意见', step('approve', 'origin'), '负责人'),
        opinion('接收学校\n意见', step('approve', 'destination'), '负责人'),
        opinion('人事股\n审核意见', step('check'), '审核人'),
        opinion('教育局\n审批意见', step('decide'), '负责人'),
        row([label('备注'), cell('', { span: 6 })], { height: 10 }),
      ]),
      note(`${issuer.bureau}制。本表一式三份，派出学校、接收学校、人事股各存一份。`, 18),
    ],
  }
}
