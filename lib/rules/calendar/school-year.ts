import {
  addDays,
  type LocalDate,
  monthNumberOf,
  overlaps,
  type Period,
  type SchoolYear,
  schoolYearOf,
  schoolYearPeriod,
} from '../values/dates.ts'

export interface Semester {
  year: SchoolYear
  term: 1 | 2
}

/** Base date 基准日 of a school year's round: 31 August before it starts (R-QUOTA-1 snapshot_date). */
export const snapshotOf = (year: SchoolYear): LocalDate => addDays(schoolYearPeriod(year).from, -1)

/** The school year a snapshot decides for: the one that starts next. A snapshot within a year decides for that year's successor. */
export const roundYearOf = (snapshot: LocalDate): SchoolYear => (schoolYearOf(snapshot) + 1) as SchoolYear

/** First semester 1 September to 31 January, second 1 February to 31 August (R-QUOTA-1 min_service). */
export function semesterPeriod({ year, term }: Semester): Period {
  const turn = `${year + 1}-02-01` as LocalDate
  const whole = schoolYearPeriod(year)
  return term === 1 ? { from: whole.from, until: turn } : { from: turn, until: whole.until }
}

/** The semester a day falls in. */
export const semesterOf = (on: LocalDate): Semester => ({
  year: schoolYearOf(on),
  term: monthNumberOf(on) >= 9 || monthNumberOf(on) === 1 ? 1 : 2,
})

/** Teaching ends with July: a posting "to 2027-07" has served the second semester although its period runs to 31 August. */
const lastTeachingDay = ({ year, term }: Semester): LocalDate =>
  (term === 1 ? `${year + 1}-01-31` : `${year + 1}-07-31`) as LocalDate

/** First day on which a posting may begin and still serve the whole semester: its first month. */
const latestStart = ({ year, term }: Semester): LocalDate =>
  (term === 1 ? `${year}-09-30` : `${year + 1}-03-31`) as LocalDate

/** Whole semesters of teaching inside a period: begun in the semester's first weeks, served to its last teaching day. */
export function semestersServed(period: Period, within: SchoolYear): Semester[] {
  return ([1, 2] as const)
    .map((term): Semester => ({ year: within, term }))
    .filter(
      (semester) =>
        overlaps(period, semesterPeriod(semester)) &&
        period.from <= latestStart(semester) &&
        (period.until === null || period.until > lastTeachingDay(semester)),
    )
}
