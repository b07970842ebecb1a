import { addDays, day, type LocalDate } from '../values/dates.ts'
import type { WorkingDayTable } from './working-days.ts'

const range = (first: string, last: string): LocalDate[] => {
  const days: LocalDate[] = []
  for (let on = day(first); on <= day(last); on = addDays(on, 1)) days.push(on)
  return days
}

/** 国务院办公厅关于2026年部分节假日安排的通知 (2025-11-04). 2027 is added when its notice is published. */
export const STATE_COUNCIL_CALENDAR: WorkingDayTable = {
  coveredFrom: day('2026-01-01'),
  coveredUntil: day('2026-12-31'),
  off: [
    ...range('2026-01-01', '2026-01-03'),
    ...range('2026-02-15', '2026-02-23'),
    ...range('2026-04-04', '2026-04-06'),
    ...range('2026-05-01', '2026-05-05'),
    ...range('2026-06-19', '2026-06-21'),
    ...range('2026-09-25', '2026-09-27'),
    ...range('2026-10-01', '2026-10-07'),
  ],
  workingWeekends: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'].map(day),
}
