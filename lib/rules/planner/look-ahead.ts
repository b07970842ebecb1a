import type { LocalDate, SchoolYear } from '../values/dates.ts'
import { coefficient } from './checker/equity.ts'
import type { PlanStage } from './format/instance-schema.ts'

/** What the years ahead need to know of a person; dates come from the rules of eligibility, retirement and honours. */
export interface AheadPerson {
  key: string
  /** School of the personnel relation, and of work on the first day of the first year. */
  school: string
  workSchool: string
  stage: PlanStage
  subject: string
  /** First day from which the person is eligible, if nothing else changes; null never. */
  eligibleFrom: LocalDate | null
  /** Statutory retirement, or the agreed day (R-RET); null unknown. */
  retiresOn: LocalDate | null
  /** Backbone until the day before; null while no honour ends; false not backbone. */
  backboneUntil: LocalDate | null | false
  /** Day after the last day of a posting under way. */
  postedUntil: LocalDate | null
  /** Postings completed so far, for fairness over time. */
  timesSent: number
}

/** A move of the plan at hand, for `years` school years; null: the relation moves, no return. */
export interface AheadMove {
  key: string
  to: string
  years: number | null
}

export interface AheadUnit {
  school: string
  stage: PlanStage
  pupils: number
}

export interface YearAhead {
  year: SchoolYear
  /** Become eligible during the year; eligible at its start. */
  becomeEligible: string[]
  eligible: string[]
  /** Back at their own school when the year begins. */
  return: string[]
  retire: string[]
  /** Backbone whose last honour ends during the year. */
  backboneEnds: string[]
  /** Backbone spread by work place on the first day of the year; null 不适用. */
  cv: Record<PlanStage, number | null>
}

const firstDay = (year: number): LocalDate => `${year}-09-01` as LocalDate
const isIn = (day: LocalDate | null | false, from: LocalDate, until: LocalDate): boolean =>
  typeof day === 'string' && from <= day && day < until

/** Where a person works on a day, given postings under way and the moves of the plan. */
function workPlace(person: AheadPerson, move: AheadMove | undefined, start: SchoolYear, on: LocalDate): string {
  if (move && on >= firstDay(start) && (move.years === null || on < firstDay(start + move.years))) return move.to
  if (move?.years != null) return person.school
  return person.postedUntil !== null && on >= person.postedUntil ? person.school : person.workSchool
}

/**
 * The next school years if this plan is taken: who becomes eligible, returns and retires, and the path of the pupil-
 * weighted spread of backbone teachers (R-BAL-3). Pupils and rules stay as they are; nobody is hired; later rounds are
 * not guessed. A person sent leaves the eligible for as long as the posting lasts and starts the clock anew.
 * @param start first year of the plan
 * @param minMonths months in one school before a person is eligible again (R-ELIG-3, R-ELIG-11)
 */
export function lookAhead(
  people: readonly AheadPerson[],
  units: readonly AheadUnit[],
  moves: readonly AheadMove[],
  start: SchoolYear,
  { years = 3, minMonths = 72 }: { years?: number; minMonths?: number } = {},
): YearAhead[] {
  const moveOf = new Map(moves.map((move) => [move.key, move]))
  const againFrom = (move: AheadMove): LocalDate | null =>
    move.years === null
      ? firstDay(start + Math.ceil(minMonths / 12))
      : firstDay(start + move.years + Math.ceil(minMonths / 12))
  const eligibleFrom = (person: AheadPerson): LocalDate | null => {
    const move = moveOf.get(person.key)
    return move ? againFrom(move) : person.eligibleFrom
  }
  return Array.from({ length: years }, (_, at): YearAhead => {
    const year = (start + at) as SchoolYear
    const from = firstDay(year)
    const until = firstDay(year + 1)
    const here = people.filter((person) => person.retiresOn === null || person.retiresOn > from)
    const keys = (passes: (person: AheadPerson) => boolean) => here.filter(passes).map((person) => person.key)
    const isReturning = (person: AheadPerson) => {
      const move = moveOf.get(person.key)
      if (move) return move.years !== null && move.years > 0 && start + move.years === year
      return person.postedUntil !== null && person.postedUntil > firstDay(year - 1) && person.postedUntil <= from
    }
    const spread = (stage: PlanStage) => {
      const counts = new Map<string, number>()
      for (const person of here) {
        if (person.stage !== stage || person.backboneUntil === false) continue
        if (person.backboneUntil !== null && person.backboneUntil <= from) continue
        const place = workPlace(person, moveOf.get(person.key), start, from)
        counts.set(place, (counts.get(place) ?? 0) + 1)
      }
      return coefficient(
        units
          .filter((unit) => unit.stage === stage && unit.pupils > 0)
          .map((unit) => ({ pupils: BigInt(unit.pupils), count: BigInt(counts.get(unit.school) ?? 0) })),
      )
    }
    return {
      year,
      becomeEligible: keys((person) => isIn(eligibleFrom(person), from, until) && eligibleFrom(person) !== from),
      eligible: keys((person) => {
        const day = eligibleFrom(person)
        return day !== null && day <= from
      }),
      return: keys(isReturning),
      retire: keys((person) => isIn(person.retiresOn, from, until)),
      backboneEnds: keys((person) => isIn(person.backboneUntil, from, until)),
      cv: { P: spread('P'), J: spread('J') },
    }
  })
}

/** Somebody sent again while others of the same standing were never sent. */
export interface SentAgain {
  key: string
  timesSent: number
  /** Eligible in the same school, stage and subject, sent less often, not chosen. */
  before: string[]
}

/** Fairness over time: nobody is sent again before others of the same standing. */
export function sentAgainFirst(
  people: readonly AheadPerson[],
  moves: readonly AheadMove[],
  on: LocalDate,
): SentAgain[] {
  const going = new Set(moves.map((move) => move.key))
  const isEligible = (person: AheadPerson) => person.eligibleFrom !== null && person.eligibleFrom <= on
  const standing = (person: AheadPerson) =>
    JSON.stringify([person.school, person.stage, person.subject, person.backboneUntil !== false])
  const waiting = new Map<string, AheadPerson[]>()
  for (const person of people)
    if (!going.has(person.key) && isEligible(person))
      waiting.set(standing(person), [...(waiting.get(standing(person)) ?? []), person])
  return people.flatMap((person) => {
    if (!going.has(person.key) || person.timesSent === 0) return []
    const before = (waiting.get(standing(person)) ?? []).filter((other) => other.timesSent < person.timesSent)
    return before.length === 0
      ? []
      : [{ key: person.key, timesSent: person.timesSent, before: before.map((other) => other.key) }]
  })
}
