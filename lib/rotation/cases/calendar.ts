import { asc } from 'drizzle-orm'
import { workingDays } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { STATE_COUNCIL_CALENDAR } from '@/lib/rules/calendar/state-council.ts'
import type { WorkingDayTable } from '@/lib/rules/calendar/working-days.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'

/** The district's table of working days (R-PUB-1): the years it keeps, else the State Council's as shipped. */
export async function districtCalendar(tx: Tx): Promise<WorkingDayTable> {
  const years = await tx.select().from(workingDays).orderBy(asc(workingDays.year))
  const first = years[0]
  const last = years.at(-1)
  if (!first || !last) return STATE_COUNCIL_CALENDAR
  const kept = new Set(years.map(({ year }) => String(year)))
  const shipped = (days: readonly LocalDate[]) => days.filter((on) => !kept.has(on.slice(0, 4)))
  const from = `${first.year}-01-01` as LocalDate
  const until = `${last.year}-12-31` as LocalDate
  return {
    coveredFrom: from < STATE_COUNCIL_CALENDAR.coveredFrom ? from : STATE_COUNCIL_CALENDAR.coveredFrom,
    coveredUntil: until > STATE_COUNCIL_CALENDAR.coveredUntil ? until : STATE_COUNCIL_CALENDAR.coveredUntil,
    off: [...shipped(STATE_COUNCIL_CALENDAR.off), ...years.flatMap(({ off }) => off as LocalDate[])],
    workingWeekends: [
      ...shipped(STATE_COUNCIL_CALENDAR.workingWeekends),
      ...years.flatMap(({ working }) => working as LocalDate[]),
    ],
  }
}
