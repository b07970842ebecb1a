import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addMonths,
  addMonthsToDay,
  ageOn,
  day,
  daysBetween,
  fromDayNumber,
  lastDayOf,
  month,
  monthsBetween,
  overlaps,
  parseDay,
  parseMonth,
  schoolYearOf,
  toDayNumber,
  weekdayOf,
} from '@/lib/rules/values/dates.ts'

const days = fc.integer({ min: toDayNumber(day('1900-01-01')), max: toDayNumber(day('2199-12-31')) }).map(fromDayNumber)

describe('calendar days', () => {
  test('day numbers turn back into the same day, in order', () =>
    fc.assert(
      fc.property(days, fc.integer({ min: -40_000, max: 40_000 }), (on, count) => {
        expect(fromDayNumber(toDayNumber(on))).toBe(on)
        const then = addDays(on, count)
        expect(daysBetween(on, then)).toBe(count)
        expect(then > on).toBe(count > 0)
        expect(weekdayOf(addDays(on, 7))).toBe(weekdayOf(on))
      }),
    ))

  test('a month later is clamped to the month’s end, never past it', () =>
    fc.assert(
      fc.property(days, fc.integer({ min: -600, max: 600 }), (on, count) => {
        const then = addMonthsToDay(on, count)
        expect(monthsBetween(on, then)).toBe(count)
        expect(then.slice(8) <= on.slice(8)).toBe(true)
        expect(then.slice(8) === on.slice(8) || then === lastDayOf(month(then.slice(0, 7)))).toBe(true)
      }),
    ))

  test('31 August, leap day and year end', () => {
    expect(addMonthsToDay(day('2026-08-31'), 6)).toBe('2027-02-28')
    expect(addMonthsToDay(day('2027-08-31'), 6)).toBe('2028-02-29')
    expect(addDays(day('2026-12-31'), 1)).toBe('2027-01-01')
    expect(addMonths(month('2026-12'), 1)).toBe('2027-01')
    expect(addMonths(month('2026-01'), -1)).toBe('2025-12')
    expect([schoolYearOf(day('2026-08-31')), schoolYearOf(day('2026-09-01'))]).toEqual([2025, 2026])
    expect([ageOn(day('2000-02-29'), day('2026-02-28')), ageOn(day('2000-02-29'), day('2026-03-01'))]).toEqual([25, 26])
    expect([weekdayOf(day('2026-11-23')), weekdayOf(day('2026-09-20'))]).toEqual([1, 7])
  })

  test('days and months that do not exist are refused', () => {
    for (const text of ['2026-02-29', '2100-02-29', '2026-04-31', '2026-13-01', '2026-1-1', ''])
      expect(parseDay(text)).toBeNull()
    expect(parseDay('2028-02-29')).toBe('2028-02-29')
    expect([parseMonth('2026-00'), parseMonth('2026-13'), parseMonth('2026-12')]).toEqual([null, null, '2026-12'])
    expect(() => day('2026-02-30')).toThrow(RangeError)
  })

  test('half-open periods touch without overlapping', () => {
    const period = (from: string, until: string | null) => ({
      from: day(from),
      until: until === null ? null : day(until),
    })
    expect(overlaps(period('2026-09-01', '2027-09-01'), period('2027-09-01', null))).toBe(false)
    expect(overlaps(period('2026-09-01', '2027-09-01'), period('2027-08-31', null))).toBe(true)
  })
})
