import { formatLongDay } from '@/lib/i18n/format.ts'
import { LOCALITIES, SEXES } from '@/lib/rules/register/vocabulary.ts'
import type { RuralRecord } from '@/lib/rules/standing/promotion.ts'
import { addDays } from '@/lib/rules/values/dates.ts'
import type { Issuer, PaperPerson } from './facts.ts'
import { body, cell, row, type Sheet, signed, table, title } from './official.ts'
import { longMonth, monthsText } from './words.ts'

/** 农村（薄弱）学校任教经历证明 (R-PROM-1): what counts, in which school, under which order. */
export function ruralCertificate(
  person: Pick<PaperPerson, 'name' | 'sex' | 'birth' | 'staffNo'>,
  record: RuralRecord,
  schoolName: (id: string) => string,
  issuer: Issuer,
): Sheet {
  const head = ['任教学校', '学校类别', '起止时间', '月数', '依据文号'].map((text) => cell(text, { head: true }))
  return {
    children: [
      title('农村（薄弱）学校任教经历证明'),
      body(
        `${person.name}，${SEXES[person.sex]}，${longMonth(person.birth)}出生，教职工号 ${person.staffNo}。截至${formatLongDay(issuer.today)}，该同志在农村学校或薄弱学校任教经历如下：`,
      ),
      table(
        [36, 24, 42, 14, 40],
        [
          row(head, { header: true, height: 9 }),
          ...record.counted.map(({ service, from, until, months }) =>
            row([
              cell(schoolName(service.schoolId), { align: 'center' }),
              cell([LOCALITIES[service.locality], service.weak ? '薄弱学校' : ''].filter(Boolean).join('、'), {
                align: 'center',
              }),
              cell(`${formatLongDay(from)}\n至${formatLongDay(addDays(until, -1))}`, { align: 'center' }),
              cell(String(months), { align: 'center' }),
              cell(service.order ?? '人事关系所在学校', { align: 'center' }),
            ]),
          ),
        ],
      ),
      body(
        `以上合计 ${monthsText(record.months)}，${record.semesters} 个学期，${record.meets ? '符合' : '尚不符合'}“在薄弱学校或农村学校任教一年以上”的要求。`,
      ),
      body('特此证明。'),
      ...signed(issuer.bureau, formatLongDay(issuer.today)),
    ],
  }
}
