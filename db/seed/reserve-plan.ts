/** What is recruited for the reserve in three calendar years: seats, rounds, and how far people have come since. */
import type { Subject } from '../../lib/rules/register/vocabulary.ts'
import type { CandidateState, ReserveChannel } from '../../lib/rules/reserve/pipeline.ts'
import { day, type LocalDate } from '../../lib/rules/values/dates.ts'
import type { Unit } from './census.ts'

/** From 入库 on: in the pool, placed, employed, or gone in one of four ways. */
export type ReserveState = Extract<
  CandidateState,
  'pooled' | 'awaiting' | 'placed' | 'employed' | 'left' | 'withdrew' | 'expired' | 'dismissed'
>

/** Seats of R-POOL-1's worked case: 100 by the district's net shortages. */
export const SEATS_BY_SHORTAGE: Record<Unit, Partial<Record<Subject, number>>> = {
  P: { MORAL: 12, SCI: 14, PE: 17, MUS: 10, ART: 14, IT: 6, PSY: 6 },
  J: { PHY: 3, PE: 7, MUS: 2, ART: 3, IT: 3, PSY: 3 },
}
export const POOL_MONTHS = 24

export interface YearPlan {
  year: number
  /** Seats beyond the hundred, in the subjects of most shortage. */
  extra: number
  rounds: readonly (readonly [entered: LocalDate, channel: ReserveChannel, weight: number])[]
  states: readonly (readonly [ReserveState, number])[]
}

/** Two rounds a year, autumn tour and spring; early years are mostly placed, the newest mostly waits. */
export const YEARS: readonly YearPlan[] = [
  {
    year: 2024,
    extra: 2,
    rounds: [
      [day('2024-05-20'), 'campus', 45],
      [day('2024-06-14'), 'experienced', 22],
      [day('2024-12-06'), 'campus', 30],
      [day('2024-12-18'), 'talent', 3],
    ],
    states: [
      ['employed', 55],
      ['placed', 22],
      ['withdrew', 5],
      ['dismissed', 2],
      ['expired', 3],
      ['left', 2],
      ['awaiting', 11],
    ],
  },
  {
    year: 2025,
    extra: 6,
    rounds: [
      [day('2025-04-25'), 'campus', 42],
      [day('2025-06-10'), 'experienced', 26],
      [day('2025-11-28'), 'campus', 28],
      [day('2025-07-02'), 'talent', 4],
    ],
    states: [
      ['employed', 30],
      ['placed', 42],
      ['withdrew', 5],
      ['dismissed', 1],
      ['awaiting', 22],
    ],
  },
  {
    year: 2026,
    extra: 4,
    rounds: [
      [day('2026-04-24'), 'campus', 44],
      [day('2026-06-12'), 'experienced', 24],
      [day('2026-11-13'), 'campus', 28],
      [day('2026-06-26'), 'talent', 4],
    ],
    states: [
      ['placed', 46],
      ['awaiting', 50],
      ['withdrew', 4],
    ],
  },
]
