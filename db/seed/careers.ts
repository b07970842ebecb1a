/** Dates of a working life that never contradict each other: birth + 18 ≤ work ≤ school, work ≤ title obtained ≤ appointed. */

import type { EducationLevel, Title } from '../../lib/rules/register/vocabulary.ts'
import { addMonths, month, monthOf, monthsBetween, type YearMonth, yearOf } from '../../lib/rules/values/dates.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'

/** Last month anything of the roster may lie in: the statistics day is 1 September. */
const LAST = month('2026-08')
/** 72 months, both counted, before the snapshot of 31 August 2026 (R-TEN-1): later arrivals have not served long enough. */
const SERVED_ENOUGH = month('2020-09')

const AGE_AT_WORK: Record<EducationLevel, readonly [number, number]> = {
  doctor: [28, 30],
  master: [25, 27],
  bachelor: [22, 24],
  college: [21, 23],
  normal: [19, 20],
  secondary: [19, 30],
  high: [19, 38],
  junior: [20, 38],
}

export interface Career {
  joinedWork: YearMonth
  joinedSchool: YearMonth
  titleObtained: YearMonth | null
  titleAppointed: YearMonth | null
  postSince: YearMonth | null
}

export function inventCareer(random: Random, person: Person, first: EducationLevel): Career {
  const joinedWork = workMonth(random, person, first)
  const joinedSchool = schoolMonth(random, joinedWork)
  return { joinedWork, joinedSchool, ...titleMonths(random, person.title, joinedWork) }
}

function workMonth(random: Random, person: Person, first: EducationLevel): YearMonth {
  const [low, high] = AGE_AT_WORK[first]
  // Those ahead of their age began early, so that the years a title asks for fit in.
  const years =
    person.title === 'none' && person.band > 25
      ? random.int(low, high)
      : random.chance(0.7)
        ? low
        : random.int(low, high)
  const start = monthOn(
    yearOf(person.birth) + years,
    random.weighted([
      [7, 2],
      [8, 4],
      [9, 5],
      [11, 1],
    ]),
  )
  const adult = addMonths(monthOf(person.birth), 18 * 12 + 1)
  return earlier(later(start, adult), person.title === 'none' ? LAST : addMonths(LAST, -13))
}

/** Six in ten long-serving people have been at their school for 72 months or more. */
function schoolMonth(random: Random, work: YearMonth): YearMonth {
  if (monthsBetween(work, LAST) < 24) return work
  const roll = random.next()
  const recent = work > SERVED_ENOUGH ? work : SERVED_ENOUGH
  if (roll < 0.345) return settled(random, addMonths(recent, 1), LAST)
  if (roll < 0.69 || work >= SERVED_ENOUGH) return work
  return settled(random, work, SERVED_ENOUGH)
}

/** A month of moving, mostly August or September, inside [from, to]. */
function settled(random: Random, from: YearMonth, to: YearMonth): YearMonth {
  const year = random.int(yearOf(from), yearOf(to))
  const wanted = monthOn(
    year,
    random.weighted([
      [8, 5],
      [9, 5],
      [3, 1],
    ]),
  )
  if (wanted >= from && wanted <= to) return wanted
  return wanted < from ? from : to
}

/** Months of service after which a title is usually obtained, least and most. */
const YEARS_TO_TITLE: Record<Exclude<Title, 'none'>, readonly [number, number]> = {
  third: [12, 18],
  second: [12, 40],
  first: [62, 150],
  senior: [140, 260],
  full_senior: [220, 320],
}

function titleMonths(
  random: Random,
  title: Title,
  work: YearMonth,
): Pick<Career, 'titleObtained' | 'titleAppointed' | 'postSince'> {
  if (title === 'none') return { titleObtained: null, titleAppointed: null, postSince: null }
  const [least, most] = YEARS_TO_TITLE[title]
  const span = monthsBetween(work, LAST)
  const wanted = addMonths(work, random.int(least, Math.max(least, Math.min(most, span))))
  const inSeason = monthOn(yearOf(wanted), random.pick([8, 11, 12, 12]))
  const titleObtained = earlier(
    later(inSeason, addMonths(work, Math.min(12, span))),
    addMonths(LAST, -random.int(0, 4)),
  )
  const obtained = later(titleObtained, work)
  const titleAppointed = earlier(
    addMonths(
      obtained,
      random.weighted([
        [0, 3],
        [1, 2],
        [6, 1],
        [9, 2],
      ]),
    ),
    LAST,
  )
  const postSince = random.chance(0.6) ? titleAppointed : earlier(addMonths(titleAppointed, random.int(12, 96)), LAST)
  return { titleObtained: obtained, titleAppointed, postSince }
}

export const monthOn = (year: number, number: number): YearMonth => month(`${year}-${String(number).padStart(2, '0')}`)
export const earlier = (a: YearMonth, b: YearMonth): YearMonth => (a < b ? a : b)
export const later = (a: YearMonth, b: YearMonth): YearMonth => (a > b ? a : b)
