import { describe, expect, test } from 'vitest'
import { roundYearOf, semesterOf, semestersServed, snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { STATE_COUNCIL_CALENDAR } from '@/lib/rules/calendar/state-council.ts'
import { countWorkingDays, isWorkingDay, noticeEnd } from '@/lib/rules/calendar/working-days.ts'
import { day, type SchoolYear } from '@/lib/rules/values/dates.ts'

const end = (published: string, days = 5) => noticeEnd(day(published), days, STATE_COUNCIL_CALENDAR)

describe('R-PUB-2 end of a notice', () => {
  test('published Monday 2026-07-20: 07-21, 22, 23, 24, 27', () => {
    expect(end('2026-07-20').days).toEqual(['2026-07-21', '2026-07-22', '2026-07-23', '2026-07-24', '2026-07-27'])
    expect(end('2026-07-20').warning).toBeNull()
  })
  test('published Thursday 2026-09-24, over two holidays: ends 10-09, not 10-01', () => {
    expect(end('2026-09-24').days).toEqual(['2026-09-28', '2026-09-29', '2026-09-30', '2026-10-08', '2026-10-09'])
  })
  test('published Friday 2026-09-18: the working Sunday counts, ends 09-24', () => {
    expect(end('2026-09-18').days).toEqual(['2026-09-20', '2026-09-21', '2026-09-22', '2026-09-23', '2026-09-24'])
  })
  test('seven days from 2026-09-24 end on 10-12: Saturday 10-10 is worked', () => {
    expect(end('2026-09-24', 7).lastDay).toBe('2026-10-12')
  })
  test('the first day counts where the setting says so', () => {
    expect(noticeEnd(day('2026-07-20'), 5, STATE_COUNCIL_CALENDAR, true).lastDay).toBe('2026-07-24')
  })
})

describe('R-PUB-1 the table', () => {
  test('counting past its end warns', () => {
    expect(end('2026-12-24').warning).toBeNull()
    expect(end('2026-12-25').warning).toMatchObject({ code: 'W-CALENDAR', values: { coveredUntil: '2026-12-31' } })
    expect(end('2025-12-31').warning).toBeNull()
  })
  test('2026 has 248 working days', () => {
    expect(countWorkingDays(day('2026-01-01'), day('2026-12-31'), STATE_COUNCIL_CALENDAR)).toBe(248)
    expect(isWorkingDay(day('2026-02-28'), STATE_COUNCIL_CALENDAR)).toBe(true)
    expect(isWorkingDay(day('2026-10-07'), STATE_COUNCIL_CALENDAR)).toBe(false)
  })
})

describe('R-QUOTA-1 school year and semesters', () => {
  test('snapshot is 31 August before the year', () => {
    expect(snapshotOf(2027 as SchoolYear)).toBe('2027-08-31')
    expect(roundYearOf(day('2027-08-31'))).toBe(2027)
    expect(semesterOf(day('2027-01-31'))).toEqual({ year: 2026, term: 1 })
    expect(semesterOf(day('2027-02-01'))).toEqual({ year: 2026, term: 2 })
  })
  test('a semester is served from its first weeks to its last teaching day', () => {
    const terms = (from: string, until: string | null) =>
      semestersServed({ from: day(from), until: until === null ? null : day(until) }, 2026 as SchoolYear).map(
        ({ term }) => term,
      )
    expect(terms('2026-09-01', '2027-08-01')).toEqual([1, 2])
    expect(terms('2026-09-01', '2027-02-01')).toEqual([1])
    expect(terms('2026-09-01', '2027-01-31')).toEqual([])
    expect(terms('2026-11-01', null)).toEqual([2])
    expect(terms('2027-09-01', null)).toEqual([])
  })
})
