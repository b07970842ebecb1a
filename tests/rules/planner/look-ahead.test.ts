import { describe, expect, test } from 'vitest'
import { type AheadPerson, lookAhead, sentAgainFirst } from '@/lib/rules/planner/look-ahead.ts'
import { day, type SchoolYear } from '@/lib/rules/values/dates.ts'

const person = (key: string, more: Partial<AheadPerson> = {}): AheadPerson => ({
  key,
  school: 'A',
  workSchool: 'A',
  stage: 'P',
  subject: 'CHN',
  eligibleFrom: day('2026-09-01'),
  retiresOn: null,
  backboneUntil: false,
  postedUntil: null,
  timesSent: 0,
  ...more,
})
const year = (value: number) => value as SchoolYear
const units = [
  { school: 'A', stage: 'P' as const, pupils: 100 },
  { school: 'B', stage: 'P' as const, pupils: 100 },
]

describe('three years ahead', () => {
  test('who becomes eligible, returns and retires, in the year it happens', () => {
    const people = [
      person('now'),
      person('next', { eligibleFrom: day('2027-09-01') }),
      person('midyear', { eligibleFrom: day('2028-02-01') }),
      person('never', { eligibleFrom: null }),
      person('leaves', { retiresOn: day('2027-10-15') }),
      person('posted', { workSchool: 'B', postedUntil: day('2028-07-08'), eligibleFrom: null }),
    ]
    const years = lookAhead(people, units, [], year(2026))
    expect(years.map((one) => one.year)).toEqual([2026, 2027, 2028])
    expect(years.map((one) => one.eligible)).toEqual([
      ['now', 'leaves'],
      ['now', 'next', 'leaves'],
      ['now', 'next', 'midyear'],
    ])
    expect(years.map((one) => one.becomeEligible)).toEqual([[], ['midyear'], []])
    expect(years.map((one) => one.retire)).toEqual([[], ['leaves'], []])
    expect(years.map((one) => one.return)).toEqual([[], [], ['posted']])
  })
  test('R-BAL-3 the spread follows the people: levelled while they serve, back when they return or lose the honour', () => {
    const people = [
      person('1', { backboneUntil: null }),
      person('2', { backboneUntil: null }),
      person('3', { backboneUntil: day('2028-03-01') }),
    ]
    const taken = lookAhead(people, units, [{ key: '1', to: 'B', years: 2 }], year(2026))
    // 2 : 1, 2 : 1, then all back in A with one honour ended
    expect(taken.map((one) => one.cv.P)).toEqual([0.3333, 0.3333, 1])
    expect(taken[1]!.backboneEnds).toEqual(['3'])
    expect(taken[2]!.return).toEqual(['1'])
    expect(taken.map((one) => one.cv.J)).toEqual([null, null, null])
    const stays = lookAhead(people, units, [{ key: '1', to: 'B', years: null }], year(2026))
    expect(stays.map((one) => one.cv.P)).toEqual([0.3333, 0.3333, 0])
    expect(stays[0]!.eligible).toEqual(['2', '3'])
  })
  test('nobody is sent again before others of the same standing', () => {
    const people = [
      person('again', { timesSent: 1 }),
      person('fresh'),
      person('other subject', { subject: 'MATH' }),
      person('not yet', { eligibleFrom: day('2030-09-01') }),
    ]
    const moves = [{ key: 'again', to: 'B', years: 1 }]
    expect(sentAgainFirst(people, moves, day('2026-09-01'))).toEqual([
      { key: 'again', timesSent: 1, before: ['fresh'] },
    ])
    const both = [...moves, { key: 'fresh', to: 'B', years: 1 }]
    expect(sentAgainFirst(people, both, day('2026-09-01'))).toEqual([])
  })
})
