import type { DistrictSubjectNeed, UnitStage } from '../register/subject-need.ts'
import { needTenths } from '../register/subject-need.ts'
import type { Subject } from '../register/vocabulary.ts'
import { largestRemainder } from '../values/apportion.ts'
import { addMonthsToDay, type LocalDate } from '../values/dates.ts'

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
  /** Tenths of a head, as shown. */
  shortageTenths: number
  exits: string[]
  weightTenths: number
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
    const shortageTenths = needTenths(grossShortage)
    const leaving = exits.filter((exit) => exit.stage === stage && exit.subject === subject).map(({ id }) => id)
    const weightTenths = shortageTenths + leaving.length * 10
    if (weightTenths === 0 || (onlyShortageSubjects && shortageTenths === 0)) return []
    return [{ stage, subject, shortageTenths, exits: leaving, weightTenths }]
  })
}

/** Seats by largest remainder; their total is the plan, but at least the yearly target (R-POOL-1). */
export function reserveSeats(
  weights: readonly SeatWeight[],
  planned: number,
  yearlyTarget: number,
): (SeatWeight & { seats: number })[] {
  const claims = weights.map((weight) => ({ key: weight, weight: weight.weightTenths }))
  return largestRemainder(Math.max(planned, yearlyTarget), claims).map(({ key, share }) => ({ ...key, seats: share }))
}
