import { describe, expect, test } from 'vitest'
import { type ExchangeAnswer, exchangeState } from '@/lib/rules/rotation/exchange.ts'
import { day } from '@/lib/rules/values/dates.ts'

const UNTIL = day('2027-06-10')
const said = (agreed: boolean | null, more: Partial<ExchangeAnswer> = {}): ExchangeAnswer => ({
  agreed,
  answerUntil: UNTIL,
  caseId: null,
  withdrawnAt: null,
  ...more,
})

describe('planner.md §10 where an exchange stands', () => {
  test.each([
    ['somebody has not answered yet', [said(true), said(null)], '2027-06-10', 'waiting'],
    ['the last day is over and somebody never answered', [said(true), said(null)], '2027-06-11', 'lapsed'],
    ['all agreed', [said(true), said(true)], '2027-06-10', 'agreed'],
    ['all agreed in time: that does not lapse', [said(true), said(true)], '2027-08-31', 'agreed'],
    ['one declined, others have not answered', [said(false), said(null)], '2027-06-10', 'declined'],
    ['one declined: that stays the reason after the last day', [said(false), said(null)], '2027-06-11', 'declined'],
    ['cases were made', [said(true, { caseId: 'a' }), said(true, { caseId: 'b' })], '2027-06-20', 'made'],
    ['taken back', [said(true, { withdrawnAt: 'x' }), said(null, { withdrawnAt: 'x' })], '2027-06-01', 'withdrawn'],
    ['nobody is left in it', [], '2027-06-01', 'withdrawn'],
  ] as const)('%s', (_, answers, today, state) => {
    expect(exchangeState(answers, day(today))).toBe(state)
  })
})
