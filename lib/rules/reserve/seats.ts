import type { DistrictSubjectNeed, UnitStage } from '../register/subject-need.ts'
import type { Subject } from '../register/vocabulary.ts'
import { largestRemainder } from '../values/apportion.ts'
import { addMonthsToDay, type LocalDate } from '../values/dates.ts'
import { type Ratio, ratio } from '../values/ratio.ts'

export interface SubjectKey {
  stage: UnitStage
  subject: Subject
}

/** Why and when a post will fall free: retirement (its date), a contract's end, a posting out. */
export interface ExpectedExit extends SubjectKey {
  id: string
  on: LocalDate
  cause: 'retirement' | 'contract' | 'posting'
}

export interface SeatWeight extends SubjectKey {
  /** Gross shortage in heads, exact; shown to one decimal. */
  shortage: Ratio
  exits: string[]
  weight: Ratio
}

/** Exits within so many months after a day: that day itself not, the last day with (R-POOL-1). */
export const exitsWithin = (exits: readonly ExpectedExit[], on: LocalDate, months: number): ExpectedExit[] => {
  const last = addMonthsToDay(on, months)
  return exits.filter((exit) => exit.on > on && exit.on <= last)
}

/**
 * Weight of each stage and subject (R-POOL-1): gross shortage + expected exits. The reserve is for shortage subjects
 * (domain.md §6.1): where no school is short, exits alone earn no seat unless the setting says so.
 */
export function seatWeights(
  needs: readonly DistrictSubjectNeed[],
  exits: readonly ExpectedExit[],
  onlyShortageSubjects = true,
): SeatWeight[] {
  return needs.flatMap(({ stage, subject, grossShortage }): SeatWeight[] => {
    if (grossShortage === null) return []
    const leaving = exits.filter((exit) => exit.stage === stage && exit.subject === subject).map(({ id }) => id)
    const weight = ratio(grossShortage.num + leaving.length * grossShortage.den, grossShortage.den)
    if (weight.num === 0 || (onlyShortageSubjects && grossShortage.num === 0)) return []
    return [{ stage, subject, shortage: grossShortage, exits: leaving, weight }]
  })
}

/** Seats by largest remainder; their total is the plan, but at least the yearly target (R-POOL-1). */
export function reserveSeats(
  weights: readonly SeatWeight[],
  planned: number,
  yearlyTarget: number,
): (SeatWeight & { seats: number })[] {
  const claims = weights.map((row) => ({ key: row, weight: row.weight }))
  return largestRemainder(Math.max(planned, yearlyTarget), claims).map(({ key, share }) => ({ ...key, seats: share }))
}
