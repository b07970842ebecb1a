import { describe, expect, test } from 'vitest'
import { bureauBarredFrom } from '@/lib/rules/rotation/case-route.ts'
import { mayDeclareForOthers, recusalNumber, type StepRoute, takerInstead } from '@/lib/rules/rotation/recusal.ts'

const somebody = (person: string) => ({ user: `u-${person}`, person })
const related = (...persons: string[]) => ({ persons, users: [] })
const bureau = { hr: [somebody('a'), somebody('b')], reviewers: [somebody('x'), somebody('y')] }

describe('SD-5 whom of the bureau nobody is left of', () => {
  test.each([
    ['rule', ['a'], null],
    ['rule', ['a', 'b'], 'hr'],
    ['rule', ['a', 'b', 'x'], 'hr'],
    ['rule', ['a', 'b', 'x', 'y'], 'bureau'],
    ['rule', ['x', 'y'], null],
    ['check', ['a'], null],
    ['check', ['a', 'b'], 'bureau'],
    ['decide', ['x'], null],
    ['decide', ['x', 'y'], 'bureau'],
    ['decide', ['a', 'b'], null],
    [null, ['a', 'b', 'x', 'y'], null],
  ] as const)('%s, related: %j → %s', (step, persons, left) => {
    expect(bureauBarredFrom(step, bureau, related(...persons))).toBe(left)
  })
  test('an account counts as its human; an office without anybody is another trouble', () => {
    expect(bureauBarredFrom('decide', bureau, { persons: ['x'], users: ['u-y'] })).toBe('bureau')
    expect(bureauBarredFrom('check', { hr: [], reviewers: [] }, related('a'))).toBeNull()
    expect(bureauBarredFrom('rule', { ...bureau, reviewers: [] }, related('a', 'b'))).toBe('bureau')
  })
})

describe('SD-5 who takes the step instead', () => {
  const at = (state: StepRoute['state'], more: Partial<StepRoute> = {}): StepRoute => ({
    state,
    originByBureau: null,
    destinationByBureau: null,
    bureauBarred: null,
    ...more,
  })
  const routed = { originByBureau: 'recused' as const }
  test.each([
    ['principal', at('submitted'), 'otherHead'],
    ['principal', at('submitted', routed), 'bureau'],
    ['principal', at('origin_approved', routed), 'otherHead'],
    ['principal', at('origin_approved', { destinationByBureau: 'recused' }), 'bureau'],
    ['principal', at('submitted', { ...routed, bureauBarred: 'bureau' }), 'nobody'],
    ['principal', at('checked'), null],
    ['bureau_hr', at('submitted'), null],
    ['bureau_hr', at('submitted', routed), 'otherHr'],
    ['bureau_hr', at('submitted', { ...routed, bureauBarred: 'hr' }), 'reviewer'],
    ['bureau_hr', at('destination_approved'), 'otherHr'],
    ['bureau_hr', at('destination_approved', { bureauBarred: 'bureau' }), 'nobody'],
    ['bureau_reviewer', at('checked'), 'otherReviewer'],
    ['bureau_reviewer', at('checked', { bureauBarred: 'bureau' }), 'nobody'],
    ['bureau_reviewer', at('submitted', routed), 'bureau'],
    ['bureau_reviewer', at('submitted', { ...routed, bureauBarred: 'hr' }), 'otherReviewer'],
    ['school_hr', at('submitted'), null],
    ['teacher', at('submitted'), null],
  ] as const)('%s, %j → %s', (role, route, taker) => {
    expect(takerInstead(role, route)).toBe(taker)
  })
})

test('SD-5 a declaration is spoken of by the end of its id', () => {
  expect(recusalNumber('0199a1b2-0000-7000-8000-00000000abcd')).toBe('00ABCD')
})

test('SD-5 a principal and a director declare for themselves alone', () => {
  const roles = ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr', 'teacher'] as const
  expect(roles.filter((role) => mayDeclareForOthers({ role }))).toEqual(['bureau_hr', 'school_hr', 'teacher'])
})
