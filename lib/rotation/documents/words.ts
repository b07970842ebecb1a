import { formatLongDay, formatSchoolYear } from '@/lib/i18n/format.ts'
import { LOCALITIES, ROTATION_FORMS } from '@/lib/rules/register/vocabulary.ts'
import { addDays, addMonthsToDay, daysBetween, type LocalDate, monthsBetween } from '@/lib/rules/values/dates.ts'
import type { CasePaper, PaperSchool } from './facts.ts'

/** 东教人调〔2027〕12号 */
export const orderNumber = (prefix: string, year: number, serial: number): string => `${prefix}〔${year}〕${serial}号`

/** 2027年9月 */
export const longMonth = (day: string): string => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月`

/** 2027.09, as the columns 起始年月 of a summary have it. */
export const dottedMonth = (day: string): string => `${day.slice(0, 4)}.${day.slice(5, 7)}`

export const schoolYear = (year: number): string => formatSchoolYear(year, 'zh-CN')

/** 2027年9月1日至2029年8月31日; a permanent move has a beginning only. */
export const termText = (paper: Pick<CasePaper, 'startsOn' | 'endsOn'>): string =>
  paper.endsOn
    ? `${formatLongDay(paper.startsOn)}至${formatLongDay(paper.endsOn)}`
    : `自${formatLongDay(paper.startsOn)}起`

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']
const digit = (n: number): string => DIGITS[n] ?? String(n)

/** 二年、一年六个月 where the days are whole months, else 共 N 天. */
export function lengthText(startsOn: LocalDate, endsOn: LocalDate): string {
  const until = addDays(endsOn, 1)
  const months = monthsBetween(startsOn, until)
  if (months < 1 || addMonthsToDay(startsOn, months) !== until) return `共${daysBetween(startsOn, until)}天`
  const years = Math.floor(months / 12)
  const rest = months % 12
  return `${years > 0 ? `${digit(years)}年` : ''}${rest > 0 ? `${digit(rest)}个月` : ''}`
}

export const formText = (paper: Pick<CasePaper, 'form'>): string => ROTATION_FORMS[paper.form]
export const subjectText = (subject: string | null): string => subject ?? '—'

/** Column 派出学校类别 of the summary: 城区、优质. */
export const schoolClass = (school: PaperSchool): string =>
  `${LOCALITIES[school.locality]}${school.quality ? '、优质' : ''}`

/** 7年3个月 */
export const monthsText = (months: number): string => {
  const years = Math.floor(months / 12)
  const rest = months % 12
  return `${years > 0 ? `${years}年` : ''}${rest > 0 || years === 0 ? `${rest}个月` : ''}`
}

/** A name that a file system takes whole. */
export const fileName = (text: string): string => text.replaceAll(/[\\/:*?"<>|]|\p{Cc}/gu, '_').slice(0, 120)
