import { describe, expect, test } from 'vitest'
import type { LineageEvent } from '@/lib/rules/register/school-lineage.ts'
import {
  monthReaching,
  monthsInclusive,
  type SchoolStay,
  tenureMonths,
  tenureStart,
} from '@/lib/rules/register/tenure.ts'
import { day, month } from '@/lib/rules/values/dates.ts'

const settings = { joinGraceUntil: null, deductGaps: false }
const on = day('2027-08-31')

describe('R-TEN-1 both months counted', () => {
  test('2021-09 to 2027-08 is 72 months, 2021-10 is 71', () => {
    expect(tenureMonths(month('2021-09'), on, settings)).toBe(72)
    expect(tenureMonths(month('2021-10'), on, settings)).toBe(71)
    expect(monthReaching(month('2021-10'), 72)).toBe('2027-09')
    expect(monthsInclusive(month('2027-09'), on)).toBe(0)
  })

  test('joining in October counts as September where the grace day says so', () => {
    const graced = { ...settings, joinGraceUntil: '10-31' }
    expect(tenureMonths(month('2021-10'), on, graced)).toBe(72)
    expect(tenureMonths(month('2021-11'), on, graced)).toBe(70)
    expect(tenureMonths(month('2021-08'), on, graced)).toBe(73)
  })
})

describe('R-TEN-2 school lineage', () => {
  const stays: SchoolStay[] = [
    { schoolId: 'old', from: month('2015-09'), until: month('2022-09') },
    { schoolId: 'new', from: month('2022-09'), until: null },
  ]
  const event = (kind: LineageEvent['kind']): LineageEvent[] => [{ kind, from: 'old', to: 'new' }]
  test('rename and merge keep tenure; a transfer does not', () => {
    expect(tenureStart(stays, on, event('rename'), false)).toBe('2015-09')
    expect(tenureStart(stays, on, event('merge'), false)).toBe('2015-09')
    expect(tenureStart(stays, on, [], false)).toBe('2022-09')
  })
  test('an independent branch keeps it only with branch_keeps_tenure', () => {
    expect(tenureStart(stays, on, event('branch'), false)).toBe('2022-09')
    expect(tenureStart(stays, on, event('branch'), true)).toBe('2015-09')
  })
  test('years away break it, a chain of renames does not', () => {
    const away: SchoolStay[] = [{ ...stays[0]!, until: month('2020-09') }, stays[1]!]
    expect(tenureStart(away, on, event('rename'), false)).toBe('2022-09')
    const chain: LineageEvent[] = [
      { kind: 'rename', from: 'old', to: 'middle' },
      { kind: 'merge', from: 'middle', to: 'new' },
    ]
    expect(tenureStart(stays, on, chain, false)).toBe('2015-09')
    expect(tenureStart([], on, [], false)).toBeNull()
  })
})

test('R-TEN-4 gaps are taken off only where the setting says so', () => {
  expect(tenureMonths(month('2021-09'), on, settings, 6)).toBe(72)
  expect(tenureMonths(month('2021-09'), on, { ...settings, deductGaps: true }, 6)).toBe(66)
})
