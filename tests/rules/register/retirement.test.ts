import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  flexibleWindow,
  RETIREMENT_CATEGORIES,
  type RetirementPerson,
  retirementCategory,
  retirementDate,
  retirementDelay,
  retirementPlan,
} from '@/lib/rules/register/retirement.ts'
import { addDays, ageOn, day, fromDayNumber, toDayNumber } from '@/lib/rules/values/dates.ts'

const table = `
1964-12-20 M60 0 2024-12-20
1965-01-15 M60 1 2025-02-15
1965-04-30 M60 1 2025-05-30
1965-05-01 M60 2 2025-07-01
1966-10-31 M60 6 2027-04-30
1967-05-12 M60 8 2028-01-12
1969-12-31 M60 15 2031-03-31
1970-07-07 M60 17 2031-12-07
1972-02-29 M60 22 2033-12-29
1976-08-31 M60 35 2039-07-31
1976-09-01 M60 36 2039-09-01
1972-03-15 F60 22 2034-01-15
1969-12-10 F55 0 2024-12-10
1970-01-10 F55 1 2025-02-10
1972-03-15 F55 7 2027-10-15
1973-05-20 F55 11 2029-04-20
1974-10-08 F55 15 2031-01-08
1976-06-18 F55 20 2033-02-18
1981-08-09 F55 35 2039-07-09
1981-09-01 F55 36 2039-09-01
1975-01-05 F50 1 2025-02-05
1979-06-30 F50 27 2031-09-30
1984-10-20 F50 59 2039-09-20
1984-11-02 F50 60 2039-11-02`

describe('R-RET-1 R-RET-2 dates of domain.md §5', () => {
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.split(' ') as [string, (typeof RETIREMENT_CATEGORIES)[number], string, string])
  test.each(rows)('born %s, %s: %s months, %s', (birth, category, delay, date) => {
    expect(retirementDelay(day(birth), category)).toBe(Number(delay))
    expect(retirementDate(day(birth), category)).toBe(date)
  })

  test('a later birth never retires earlier, and nobody beyond the cap', () => {
    const births = fc.integer({ min: toDayNumber(day('1955-01-01')), max: toDayNumber(day('2005-12-31')) })
    fc.assert(
      fc.property(
        births,
        fc.integer({ min: 1, max: 800 }),
        fc.constantFrom(...RETIREMENT_CATEGORIES),
        (at, later, category) => {
          const birth = fromDayNumber(at)
          expect(retirementDate(addDays(birth, later), category) >= retirementDate(birth, category)).toBe(true)
          const age = ageOn(birth, addDays(retirementDate(birth, category), 4))
          expect(age).toBeLessThanOrEqual({ M60: 63, F60: 63, F55: 58, F50: 55 }[category])
          expect(age).toBeGreaterThanOrEqual(Number(category.slice(1)))
        },
      ),
    )
  })
})

describe('R-RET-3 categories', () => {
  const woman: RetirementPerson = {
    sex: 'F',
    postKind: 'professional',
    category: 'teacher',
    title: 'first',
    countyRank: false,
    override: null,
  }
  test('derived from sex, post kind and title; an override with a document wins', () => {
    expect(retirementCategory({ ...woman, sex: 'M' })).toBe('M60')
    expect(retirementCategory(woman)).toBe('F55')
    expect(retirementCategory({ ...woman, title: 'senior' })).toBe('F60')
    expect(retirementCategory({ ...woman, countyRank: true })).toBe('F60')
    expect(retirementCategory({ ...woman, postKind: 'worker' })).toBe('F50')
    expect(retirementCategory({ ...woman, postKind: null, category: 'worker' })).toBe('F50')
    expect(retirementCategory({ ...woman, postKind: 'worker', override: 'F55' })).toBe('F55')
  })

  test('F60 keeps both dates; rules use the statutory one unless a request is on file', () => {
    const birth = day('1972-03-15')
    expect(retirementPlan(birth, 'F60', null)).toMatchObject({
      statutory: '2034-01-15',
      ownRequestFrom: '2027-10-15',
      effective: '2034-01-15',
    })
    expect(retirementPlan(birth, 'F60', day('2028-01-15')).effective).toBe('2028-01-15')
  })

  test('flexible choice: up to three years, never below the original age', () => {
    expect(flexibleWindow(day('1970-07-07'), 'M60')).toEqual({ from: '2030-07-07', to: '2034-12-07' })
    expect(flexibleWindow(day('1976-09-01'), 'M60')).toEqual({ from: '2036-09-01', to: '2042-09-01' })
  })
})
