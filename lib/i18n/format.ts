import { addDays, type LocalDate, type Period, type SchoolYear } from '@/lib/rules/values/dates.ts'
import { percentText, type Ratio } from '@/lib/rules/values/ratio.ts'
import type { Locale } from './messages.ts'

/** 6,230 */
export const formatCount = (value: number): string => value.toLocaleString('en-US')
/** 10.30 %（351/3,407）; the caller makes it a link. A zero base has no percentage. */
export const formatShare = (share: Ratio, locale: Locale): string => {
  const pair = `${formatCount(share.num)}/${formatCount(share.den)}`
  if (share.den === 0) return locale === 'en' ? `– (${pair})` : `—（${pair}）`
  return locale === 'en' ? `${percentText(share)}% (${pair})` : `${percentText(share)} %（${pair}）`
}
/** 2026–2027学年 */
export const formatSchoolYear = (year: SchoolYear | number, locale: Locale): string =>
  locale === 'en' ? `${year}–${Number(year) + 1}` : `${year}–${Number(year) + 1}学年`
/** 2026年9月1日, for documents. */
export const formatLongDay = (day: LocalDate): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}
/** 2026-09-01 至 2027-08-31: the last day is shown, not the day after. */
export const formatPeriod = (period: Period, locale: Locale): string => {
  const last = period.until ? addDays(period.until, -1) : null
  if (locale === 'en') return last ? `${period.from} to ${last}` : `since ${period.from}`
  return last ? `${period.from} 至 ${last}` : `${period.from} 起`
}
/** 7年3月 */
export const formatMonths = (months: number, locale: Locale): string => {
  const years = Math.floor(months / 12)
  const rest = months % 12
  if (locale === 'en') return [years ? `${years}y` : '', rest || !years ? `${rest}m` : ''].filter(Boolean).join(' ')
  return `${years ? `${years}年` : ''}${rest || !years ? `${rest}个月` : ''}`
}
/** A moment in the district's zone: 2026-11-25 09:30 */
export const formatMoment = (moment: string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(moment))
