import { addMonthsToDay, type LocalDate, yearOf } from '../values/dates.ts'
import { ASSIGNED, type CandidateState, IN_POOL } from './pipeline.ts'

export interface PoolMember {
  id: string
  /** 入库 date; null before it. */
  enteredOn: LocalDate | null
  state: CandidateState
}

/** The yearly counter (R-POOL-2) with the ids behind each figure. */
export interface ReserveCounter {
  year: number
  target: number
  entered: string[]
  inPool: string[]
  assigned: string[]
  left: string[]
  /** Persons still to enter; 0 once the target is reached. */
  missing: number
  met: boolean
}

/** Counts persons whose 入库 date is in the calendar year; assigned and departed ones still count for it (R-POOL-2). */
export function reserveCounter(members: readonly PoolMember[], year: number, target: number): ReserveCounter {
  const entered = members.filter(({ enteredOn }) => enteredOn !== null && yearOf(enteredOn) === year)
  const ids = (states: readonly CandidateState[]) =>
    entered.filter(({ state }) => states.includes(state)).map(({ id }) => id)
  const inPool = ids(IN_POOL)
  const assigned = ids(ASSIGNED)
  const still = new Set([...inPool, ...assigned])
  return {
    year,
    target,
    entered: entered.map(({ id }) => id),
    inPool,
    assigned,
    left: entered.filter(({ id }) => !still.has(id)).map(({ id }) => id),
    missing: Math.max(0, target - entered.length),
    met: entered.length >= target,
  }
}

/** First day on which the pool age 库龄 has run out: re-assess. */
export const poolAgeEnds = (enteredOn: LocalDate, months: number): LocalDate => addMonthsToDay(enteredOn, months)
