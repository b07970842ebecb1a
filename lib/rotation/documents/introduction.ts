import { AlignmentType, BorderStyle, Paragraph } from 'docx'
import { formatLongDay } from '@/lib/i18n/format.ts'
import type { CasePaper, Issuer } from './facts.ts'
import { addressee, body, documentNumber, run, type Sheet, SIZES, signed, title } from './official.ts'

/** 交流介绍信 with the 报到回执 under a line to cut along. */
export function introductionLetter(paper: CasePaper, issuer: Issuer): Sheet {
  const order = paper.order!
  return {
    children: [
      title(paper.movesRelation ? '教师调动介绍信' : '教师交流介绍信'),
      documentNumber(order.number),
      addressee(paper.to!.name),
      body(
        `兹介绍${paper.from.name}${paper.person.name}同志（教职工号 ${paper.person.staffNo}，任教学科：${paper.person.subject ?? '—'}）到你校${paper.movesRelation ? '工作' : '交流任教'}，请于${formatLongDay(order.reportBy)}前予以接洽，安排工作。`,
      ),
      ...signed(issuer.bureau, formatLongDay(order.issuedOn ?? issuer.today)),
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: { before: 500, after: 300 },
        border: { bottom: { style: BorderStyle.DASHED, size: 6, space: 4, color: '000000' } },
        children: [run('由此裁开', { size: SIZES.small })],
      }),
      title('报 到 回 执'),
      addressee(`${issuer.bureau}人事股`),
      body(
        `${paper.person.name}同志持${order.number}介绍信，已于______年____月____日到我校报到，任教学科__________，周课时______节。`,
      ),
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        indent: { right: 640 },
        spacing: { before: 500 },
        children: [run(`${paper.to!.name}（公章）`)],
      }),
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        indent: { right: 640 },
        spacing: { before: 120 },
        children: [run('年    月    日')],
      }),
    ],
  }
}
