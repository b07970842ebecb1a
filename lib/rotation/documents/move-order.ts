import { formatLongDay } from '@/lib/i18n/format.ts'
import type { CasePaper, Issuer } from './facts.ts'
import { addressee, body, documentNumber, type Sheet, signed, title } from './official.ts'
import { formText, lengthText, schoolYear } from './words.ts'

const who = ({ person, from }: CasePaper): string =>
  `${from.name}${person.title ?? ''}${person.name}同志（${person.sex === 'F' ? '女' : '男'}，教职工号 ${person.staffNo}，任教学科：${person.subject ?? '—'}）`

/** 调令: the personnel relation moves. */
function transferOrder(paper: CasePaper, issuer: Issuer): Sheet {
  const order = paper.order!
  return {
    children: [
      title(`${issuer.bureau}`, '教师调动通知（调令）'),
      documentNumber(order.number),
      addressee(`${paper.from.name}、${paper.to!.name}`),
      body(
        `根据${schoolYear(paper.year)}教师交流轮岗工作安排，${decidedBy(paper)}，决定将${who(paper)}调入${paper.to!.name}工作，交流形式为${formText(paper)}。`,
      ),
      body(
        `该同志的人事关系、编制随本调令转入${paper.to!.name}，自${formatLongDay(order.effectiveOn)}起执行；职称、岗位等级按“不低于原有职务及岗位等级聘用”的原则办理。`,
      ),
      body(
        `请${paper.from.name}于${formatLongDay(order.effectiveOn)}前办结工作交接；请该同志于${formatLongDay(order.reportBy)}前持本调令和介绍信到${paper.to!.name}报到，${paper.to!.name}收到后填写报到回执。`,
      ),
      ...signed(issuer.bureau, formatLongDay(order.issuedOn ?? issuer.today)),
    ],
  }
}

/** 交流通知书: the teacher works elsewhere for a time, the relation stays. */
function postingNotice(paper: CasePaper, issuer: Issuer): Sheet {
  const order = paper.order!
  const length = paper.endsOn ? `，为期${lengthText(paper.startsOn, paper.endsOn)}` : ''
  return {
    children: [
      title(`${issuer.bureau}`, '教师交流通知书'),
      documentNumber(order.number),
      addressee(`${paper.from.name}、${paper.to!.name}`),
      body(
        `根据${schoolYear(paper.year)}教师交流轮岗工作安排，${decidedBy(paper)}，决定选派${who(paper)}到${paper.to!.name}交流任教，交流形式为${formText(paper)}。`,
      ),
      body(
        `交流期限：${formatLongDay(order.effectiveOn)}至${paper.endsOn ? formatLongDay(paper.endsOn) : '另行通知'}${length}。交流期间人事关系、编制保留在${paper.from.name}，职称和岗位等级不变，教育教学和考核由${paper.to!.name}负责管理。`,
      ),
      body(
        `请${paper.from.name}做好工作交接；请该同志于${formatLongDay(order.reportBy)}前持本通知书和介绍信到${paper.to!.name}报到。期满返回原单位工作，任教经历由我局出具证明。`,
      ),
      ...signed(issuer.bureau, formatLongDay(order.issuedOn ?? issuer.today)),
    ],
  }
}

function decidedBy(paper: CasePaper): string {
  const decision = paper.decisions.findLast(({ part }) => part === 'decide')
  if (!decision?.meeting) return '经公示无异议'
  return `经${decision.meeting}（${decision.minutesNo ?? '—'}）研究并公示无异议`
}

/** The paper that moves one person: 调令 or 交流通知书 by the order's kind. Its case must have an order. */
export const moveOrder = (paper: CasePaper, issuer: Issuer): Sheet =>
  paper.movesRelation ? transferOrder(paper, issuer) : postingNotice(paper, issuer)
