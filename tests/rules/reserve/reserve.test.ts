import { describe, expect, test } from 'vitest'
import type { DistrictSubjectNeed } from '@/lib/rules/register/subject-need.ts'
import { poolAgeEnds, reserveCounter } from '@/lib/rules/reserve/counter.ts'
import {
  CANDIDATE_STATES,
  CANDIDATE_TRANSITIONS,
  type CandidateState,
  candidateSteps,
  ENDED,
} from '@/lib/rules/reserve/pipeline.ts'
import { exitsWithin, reserveSeats, seatWeights } from '@/lib/rules/reserve/seats.ts'
import { interviewList, openSeats, ranking } from '@/lib/rules/reserve/selection.ts'
import { defaultReserveSettings, reserveSettingsSchema } from '@/lib/rules/reserve/settings.ts'
import { day } from '@/lib/rules/values/dates.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'

const row = (stage: 'P' | 'J', subject: DistrictSubjectNeed['subject'], tenths: number): DistrictSubjectNeed => ({
  stage,
  subject,
  have: ratio(1, 1),
  need: ratio(1, 1),
  gap: ratio(-tenths, 10),
  grossShortage: ratio(tenths, 10),
})

describe('R-POOL-1 seats by shortage', () => {
  const needs = [
    row('P', 'MORAL', 267),
    row('P', 'SCI', 317),
    row('P', 'PE', 380),
    row('P', 'MUS', 232),
    row('P', 'ART', 312),
    row('P', 'IT', 139),
    row('P', 'PSY', 130),
    row('J', 'PHY', 61),
    row('J', 'PE', 158),
    row('J', 'MUS', 56),
    row('J', 'ART', 76),
    row('J', 'IT', 64),
    row('J', 'PSY', 80),
  ]
  test('worked with the net shortages of §9.4: 227.2 in all, 100 seats', () => {
    const weights = seatWeights(needs, [])
    expect(weights.reduce((sum, { weight }) => sum + weight.num, 0)).toBe(2272)
    expect(reserveSeats(weights, 0, 100).map(({ seats }) => seats)).toEqual([
      12, 14, 17, 10, 14, 6, 6, 3, 7, 2, 3, 3, 3,
    ])
  })
  test('the plan counts where it is larger; exits add heads; a subject short nowhere gets none', () => {
    const exit = (id: string, on: string) =>
      ({ id, stage: 'P', subject: 'PE', on: day(on), cause: 'retirement' }) as const
    const exits = exitsWithin(
      [exit('a', '2026-09-01'), exit('b', '2026-09-02'), exit('c', '2028-09-01'), exit('d', '2028-09-02')],
      day('2026-09-01'),
      24,
    )
    expect(exits.map(({ id }) => id)).toEqual(['b', 'c'])
    const weights = seatWeights([row('P', 'PE', 5), row('P', 'CHN', 0)], exits)
    expect(weights).toMatchObject([{ subject: 'PE', exits: ['b', 'c'], weight: ratio(25, 10) }])
    expect(reserveSeats(weights, 120, 100)[0]?.seats).toBe(120)
    expect(seatWeights([row('P', 'PE', 0)], exits, false)).toHaveLength(1)
  })
})

describe('R-POOL-2 yearly counter', () => {
  test('assigned and departed persons still count for the year they entered', () => {
    const member = (id: string, enteredOn: string | null, state: CandidateState) => ({
      id,
      enteredOn: enteredOn === null ? null : day(enteredOn),
      state,
    })
    const counter = reserveCounter(
      [
        member('a', '2026-01-01', 'pooled'),
        member('b', '2026-12-31', 'employed'),
        member('c', '2026-05-04', 'expired'),
        member('d', '2025-12-31', 'pooled'),
        member('e', null, 'interviewed'),
      ],
      2026,
      100,
    )
    expect(counter).toMatchObject({
      entered: ['a', 'b', 'c'],
      inPool: ['a'],
      assigned: ['b'],
      left: ['c'],
      missing: 97,
      met: false,
    })
  })
  test('pool age of 24 months', () => {
    expect(poolAgeEnds(day('2024-02-29'), 24)).toBe('2026-02-28')
  })
})

describe('6.2 pipeline and selection', () => {
  test('every state is reached, ended ones go nowhere, only exits free a seat', () => {
    const reached = new Set(CANDIDATE_TRANSITIONS.map(({ to }) => to))
    for (const state of Object.keys(CANDIDATE_STATES) as CandidateState[]) {
      expect(state === 'applied' || reached.has(state)).toBe(true)
      expect(candidateSteps(state, true).length === 0).toBe(ENDED.includes(state))
    }
    for (const step of CANDIDATE_TRANSITIONS) expect(step.freesSeat).toBe(step.kind === 'exit')
    expect(candidateSteps('verified', true).map(({ to }) => to)).toContain('interviewed')
    expect(candidateSteps('verified', false).map(({ to }) => to)).not.toContain('interviewed')
  })
  test('opening ratio 3 : 1 cuts seats, down to none', () => {
    expect([openSeats(5, 20, 3), openSeats(5, 11, 3), openSeats(5, 2, 3)]).toEqual([5, 3, 0])
  })
  test('ties at the last interview place all enter; absent ones never', () => {
    const scores = [80, 78, 75, 75, 60, null].map((written, index) => ({
      id: `${index}`,
      written,
      interview: null,
      lot: null,
    }))
    expect(interviewList(scores, 1, 3)).toEqual(['0', '1', '2', '3'])
    expect(interviewList(scores, 3, 3)).toHaveLength(5)
  })
  test('ties: written, then trial lesson, then the stored lot', () => {
    const person = (id: string, written: number, interview: number, lot: number | null = null) => ({
      id,
      written,
      interview,
      lot,
    })
    const ranked = ranking(
      [person('a', 8000, 8000, 2), person('b', 8200, 7800), person('c', 8000, 8000, 1), person('d', 9000, 9000)],
      ratio(50, 100),
      false,
    )
    expect(ranked.map(({ id, by }) => [id, by])).toEqual([
      ['d', 'total'],
      ['b', 'total'],
      ['c', 'written'],
      ['a', 'lot'],
    ])
    expect(ranking([person('a', 1, 1), person('b', 1, 1)], ratio(1, 2), false)[1]?.by).toBe('undecided')
  })
  test('defaults are valid settings', () => {
    expect(reserveSettingsSchema.parse(defaultReserveSettings)).toEqual(defaultReserveSettings)
  })
})
