import { describe, expect, test } from 'vitest'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import { EVALUATION_DIMENSIONS, principalTenure } from '@/lib/rules/talent/principal-term.ts'
import { drawable } from '@/lib/rules/talent/recusal.ts'
import { hostOn, membershipRefusals, type StudioMembership, studioCycle } from '@/lib/rules/talent/studio.ts'
import { day } from '@/lib/rules/values/dates.ts'

describe('1.5 studios', () => {
  const studios = [
    { id: 'A', level: 'county' },
    { id: 'B', level: 'county' },
    { id: 'C', level: 'city' },
  ] as const
  const one = (
    studioId: string,
    personId: string,
    role: 'host' | 'member',
    from = '2025-01-01',
    until: string | null = null,
  ): StudioMembership => ({
    studioId,
    personId,
    role,
    from: day(from),
    until: until === null ? null : day(until),
  })
  const codes = (next: StudioMembership, known: StudioMembership[]) =>
    membershipRefusals(next, known, studios).map(({ code }) => code.split('.').at(-1))

  test('one host at a time; the next may begin on the day after', () => {
    const host = one('A', 'p1', 'host', '2025-01-01', '2026-01-01')
    expect(codes(one('A', 'p2', 'host', '2025-12-31'), [host])).toEqual(['secondHost'])
    expect(codes(one('A', 'p2', 'host', '2026-01-01'), [host])).toEqual([])
    expect(hostOn([host], 'A', day('2025-12-31'))).toBe('p1')
    expect(hostOn([host], 'A', day('2026-01-01'))).toBeNull()
  })
  test('a host is no member of another studio of the same level; another level is free', () => {
    expect(codes(one('B', 'p1', 'member'), [one('A', 'p1', 'host')])).toEqual(['hostElsewhere'])
    expect(codes(one('B', 'p1', 'host'), [one('A', 'p1', 'member')])).toEqual(['hostElsewhere'])
    expect(codes(one('C', 'p1', 'member'), [one('A', 'p1', 'host')])).toEqual([])
    expect(codes(one('A', 'p1', 'member'), [one('A', 'p1', 'member')])).toEqual(['alreadyMember'])
  })
  test('cycle of three years', () => {
    expect(studioCycle(day('2024-09-01'), 3)).toEqual({ from: '2024-09-01', until: '2027-09-01' })
  })
})

test('1.5 an expert recuses from the own school and relatives', () => {
  const expert = (id: string, schools: string[], relatives: string[] = []) => ({ id, schools, relatives })
  const experts = [expert('a', ['S1', 'S2']), expert('b', ['S3'], ['t9']), expert('c', ['S4'])]
  expect(drawable(experts, { schools: ['S2'], persons: ['t9'] }).map(({ id }) => id)).toEqual(['c'])
  expect(drawable(experts, { schools: [], persons: ['c'] }).map(({ id }) => id)).toEqual(['a', 'b'])
})

describe('2.11 principals', () => {
  const since = day('2018-09-01')
  test('two full terms in one school: in principle rotate', () => {
    expect(principalTenure(since, day('2026-08-31'), defaultPolicy.process)).toMatchObject({
      fullTerms: 1,
      isDue: false,
      rotationDueOn: '2026-09-01',
    })
    expect(principalTenure(since, day('2026-09-01'), defaultPolicy.process)).toMatchObject({
      fullTerms: 2,
      isDue: true,
      isOverdue: false,
    })
    expect(principalTenure(since, day('2030-09-01'), defaultPolicy.process).isOverdue).toBe(true)
  })
  test('default weights of the evaluation add up to 100', () => {
    expect(Object.values(EVALUATION_DIMENSIONS).reduce((sum, { weight }) => sum + weight, 0)).toBe(100)
  })
})
