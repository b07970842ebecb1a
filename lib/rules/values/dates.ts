/** A calendar day without time zone, 'YYYY-MM-DD'; sorts as text. */
export type LocalDate = string & { readonly __brand: 'LocalDate' }
/** A calendar month, 'YYYY-MM'; sorts as text. */
export type YearMonth = string & { readonly __brand: 'YearMonth' }
/** Starting year of a school year: 2026 means 2026–2027学年, 2026-09-01 to 2027-08-31. */
export type SchoolYear = number & { readonly __brand: 'SchoolYear' }
/** Half-open: from the first day, until the day after the last; `until: null` is open. */
export interface Period {
  from: LocalDate
  until: LocalDate | null
}

const pad = (n: number, width: number) => String(n).padStart(width, '0')

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** Days in a month (month 1–12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** A day from its parts; null when there is no such day. */
export function dayOf(year: number, month: number, day: number): LocalDate | null {
  if (!Number.isInteger(year) || year < 1 || year > 9999) return null
  if (!Number.isInteger(month) || month < 1 || month > 12) return null
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) return null
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` as LocalDate
}

/** Reads 'YYYY-MM-DD'; null when it is not an existing day. */
export function parseDay(text: string): LocalDate | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return match ? dayOf(Number(match[1]), Number(match[2]), Number(match[3])) : null
}

/** Reads 'YYYY-MM'; null when it is not an existing month. */
export function parseMonth(text: string): YearMonth | null {
  const match = /^(\d{4})-(\d{2})$/.exec(text)
  if (!match) return null
  const month = Number(match[2])
  return month >= 1 && month <= 12 ? (text as YearMonth) : null
}

/** For literals in code and tests. Throws RangeError when the text is not a day. */
export function day(text: string): LocalDate {
  const value = parseDay(text)
  if (!value) throw new RangeError(`not a day: ${text}`)
  return value
}

/** For literals in code and tests. Throws RangeError when the text is not a month. */
export function month(text: string): YearMonth {
  const value = parseMonth(text)
  if (!value) throw new RangeError(`not a month: ${text}`)
  return value
}

export const yearOf = (value: LocalDate | YearMonth): number => Number(value.slice(0, 4))
export const monthNumberOf = (value: LocalDate | YearMonth): number => Number(value.slice(5, 7))
export const dayNumberOf = (value: LocalDate): number => Number(value.slice(8, 10))
export const monthOf = (value: LocalDate): YearMonth => value.slice(0, 7) as YearMonth
export const firstDayOf = (value: YearMonth): LocalDate => `${value}-01` as LocalDate
export const lastDayOf = (value: YearMonth): LocalDate =>
  dayOf(yearOf(value), monthNumberOf(value), daysInMonth(yearOf(value), monthNumberOf(value)))!

/** Months since year 0, for arithmetic. */
const monthIndex = (value: LocalDate | YearMonth): number => yearOf(value) * 12 + monthNumberOf(value) - 1

/** The month `count` months later (earlier when negative). */
export function addMonths(value: YearMonth, count: number): YearMonth {
  const index = monthIndex(value) + count
  return `${pad(Math.floor(index / 12), 4)}-${pad((index % 12) + 1, 2)}` as YearMonth
}

/** The same day `count` months later, clamped to the end of a shorter month. */
export function addMonthsToDay(value: LocalDate, count: number): LocalDate {
  const target = addMonths(monthOf(value), count)
  const last = daysInMonth(yearOf(target), monthNumberOf(target))
  return dayOf(yearOf(target), monthNumberOf(target), Math.min(dayNumberOf(value), last))!
}

/** Whole months from `a` to `b` as a difference of months (days ignored). */
export const monthsBetween = (a: LocalDate | YearMonth, b: LocalDate | YearMonth): number =>
  monthIndex(b) - monthIndex(a)

/** Days since 1970-01-01 (proleptic Gregorian). */
export function toDayNumber(value: LocalDate): number {
  const y = yearOf(value) - (monthNumberOf(value) <= 2 ? 1 : 0)
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const m = monthNumberOf(value)
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + dayNumberOf(value) - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146097 + dayOfEra - 719468
}

/** Inverse of `toDayNumber`. */
export function fromDayNumber(days: number): LocalDate {
  const z = days + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const mp = Math.floor((5 * dayOfYear + 2) / 153)
  const d = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1
  const m = mp < 10 ? mp + 3 : mp - 9
  return dayOf(yearOfEra + era * 400 + (m <= 2 ? 1 : 0), m, d)!
}

export const addDays = (value: LocalDate, count: number): LocalDate => fromDayNumber(toDayNumber(value) + count)
export const daysBetween = (a: LocalDate, b: LocalDate): number => toDayNumber(b) - toDayNumber(a)
/** 1 Monday … 7 Sunday. */
export const weekdayOf = (value: LocalDate): number => ((((toDayNumber(value) + 3) % 7) + 7) % 7) + 1

export const contains = (period: Period, on: LocalDate): boolean =>
  period.from <= on && (period.until === null || on < period.until)
export const overlaps = (a: Period, b: Period): boolean =>
  (b.until === null || a.from < b.until) && (a.until === null || b.from < a.until)

/** Full years of age on a day; someone born 29 February has the birthday on 1 March in common years. */
export function ageOn(birth: LocalDate, on: LocalDate): number {
  const before = on.slice(5) < birth.slice(5) ? 1 : 0
  return yearOf(on) - yearOf(birth) - before
}

/** The school year a day falls in (1 September to 31 August). */
export const schoolYearOf = (value: LocalDate): SchoolYear =>
  (monthNumberOf(value) >= 9 ? yearOf(value) : yearOf(value) - 1) as SchoolYear
export const schoolYearPeriod = (year: SchoolYear): Period => ({
  from: `${year}-09-01` as LocalDate,
  until: `${year + 1}-09-01` as LocalDate,
})
