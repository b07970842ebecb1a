import { addDays, type LocalDate, weekdayOf } from '../values/dates.ts'

/**
 * Days on which the State Council's yearly calendar departs from Monday to Friday (R-PUB-1).
 * A maintained table: a year enters when its notice is published.
 */
export interface WorkingDayTable {
  coveredFrom: LocalDate
  /** Last day the table knows; counting past it is a guess and warns. */
  coveredUntil: LocalDate
  /** Days off that may fall on weekdays (放假). */
  off: readonly LocalDate[]
  /** Saturdays and Sundays that are worked (调休上班). */
  workingWeekends: readonly LocalDate[]
}

export interface CalendarWarning {
  code: 'W-CALENDAR'
  /** Message key. */
  message: 'platform.calendar.beyondTable'
  values: { coveredFrom: LocalDate; coveredUntil: LocalDate }
}

export interface WorkingDayCount {
  /** The counted working days in order. */
  days: LocalDate[]
  lastDay: LocalDate
  warning: CalendarWarning | null
}

/** True when offices work on the day: a weekday not off, or a working weekend (R-PUB-1). */
export function isWorkingDay(on: LocalDate, table: WorkingDayTable): boolean {
  if (weekdayOf(on) > 5) return table.workingWeekends.includes(on)
  return !table.off.includes(on)
}

const warningFor = (first: LocalDate, last: LocalDate, table: WorkingDayTable): CalendarWarning | null =>
  first >= table.coveredFrom && last <= table.coveredUntil
    ? null
    : {
        code: 'W-CALENDAR',
        message: 'platform.calendar.beyondTable',
        values: { coveredFrom: table.coveredFrom, coveredUntil: table.coveredUntil },
      }

/**
 * The `count` working days that follow `start` (start itself not counted), R-PUB-1.
 * Beyond the table plain Monday to Friday is assumed and a warning is returned.
 * @throws RangeError when count is not a whole number ≥ 1.
 */
export function workingDaysAfter(start: LocalDate, count: number, table: WorkingDayTable): WorkingDayCount {
  if (!Number.isInteger(count) || count < 1) throw new RangeError(`count must be a whole number ≥ 1: ${count}`)
  const days: LocalDate[] = []
  let on = start
  while (days.length < count) {
    on = addDays(on, 1)
    if (isWorkingDay(on, table)) days.push(on)
  }
  return { days, lastDay: on, warning: warningFor(addDays(start, 1), on, table) }
}

/**
 * Last day of a public notice (R-PUB-2): the day of publication is not counted; the last day runs to 24:00, so
 * an order may follow from the next day.
 * @param countPublicationDay local rules that count the first day too
 */
export function noticeEnd(
  published: LocalDate,
  workingDays: number,
  table: WorkingDayTable,
  countPublicationDay = false,
): WorkingDayCount {
  return workingDaysAfter(countPublicationDay ? addDays(published, -1) : published, workingDays, table)
}

/** Working days from `first` to `last`, both counted; 0 when last is before first. */
export function countWorkingDays(first: LocalDate, last: LocalDate, table: WorkingDayTable): number {
  let count = 0
  for (let on = first; on <= last; on = addDays(on, 1)) if (isWorkingDay(on, table)) count += 1
  return count
}
