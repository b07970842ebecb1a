import {
  addMonths,
  firstDayOf,
  type LocalDate,
  monthNumberOf,
  monthOf,
  monthsBetween,
  type YearMonth,
  yearOf,
} from '../values/dates.ts'
import { type LineageEvent, sameLineage } from './school-lineage.ts'

/** Service of one school by personnel relation, in months; `until` is the first month no longer there, null = still. */
export interface SchoolStay {
  schoolId: string
  from: YearMonth
  until: YearMonth | null
}

export interface TenureSettings {
  /** Last day 'MM-DD' of autumn on which joining counts as September, e.g. '10-31'; null = no grace (R-TEN-1). */
  joinGraceUntil: string | null
  /** Whether an independent branch keeps its people's tenure (R-TEN-2). */
  branchKeepsTenure: boolean
  /** Whether long leave and study are taken off (R-TEN-4). */
  deductGaps: boolean
}

/** Months both counted (R-TEN-1): 2021-09 to 2027-08 is 72. Never negative. */
export const monthsInclusive = (start: YearMonth, reference: LocalDate | YearMonth): number =>
  Math.max(0, monthsBetween(start, reference) + 1)

/** Month that starts the count: joining from 1 September to the grace day counts as September (R-TEN-1). */
export function gracedStart(joined: YearMonth, joinGraceUntil: string | null): YearMonth {
  if (joinGraceUntil === null || monthNumberOf(joined) < 9) return joined
  const firstDay = firstDayOf(joined).slice(5)
  return firstDay <= joinGraceUntil ? (`${yearOf(joined)}-09` as YearMonth) : joined
}

/** Month in which service in the present school's lineage began (R-TEN-2); null without a stay on the reference day. */
export function tenureStart(
  stays: readonly SchoolStay[],
  reference: LocalDate,
  events: readonly LineageEvent[],
  branchKeepsTenure: boolean,
): YearMonth | null {
  const month = monthOf(reference)
  const known = stays.filter((stay) => stay.from <= month).sort((a, b) => (a.from < b.from ? 1 : -1))
  const present = known[0]
  if (!present) return null
  let start = present.from
  for (const stay of known.slice(1)) {
    const unbroken = stay.until === null || stay.until >= start
    if (!unbroken || !sameLineage(stay.schoolId, present.schoolId, events, branchKeepsTenure)) break
    start = stay.from
  }
  return start
}

/**
 * Tenure in months in the same school on a day (R-TEN-1…4).
 * @param gapMonths months of study or long leave inside the stay; used only when the setting deducts them
 */
export function tenureMonths(
  start: YearMonth,
  reference: LocalDate,
  settings: Pick<TenureSettings, 'joinGraceUntil' | 'deductGaps'>,
  gapMonths = 0,
): number {
  const months = monthsInclusive(gracedStart(start, settings.joinGraceUntil), reference)
  return settings.deductGaps ? Math.max(0, months - gapMonths) : months
}

/** First month in which a count from `start` reaches `months`, both counted (R-TEN-1). */
export const monthReaching = (start: YearMonth, months: number): YearMonth => addMonths(start, months - 1)
