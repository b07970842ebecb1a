import { semestersServed } from '../calendar/school-year.ts'
import type { AssessmentResult, Locality } from '../register/vocabulary.ts'
import { type LocalDate, monthsBetween, type Period, type SchoolYear, schoolYearOf, yearOf } from '../values/dates.ts'

/** Service in one school; locality and weak listing are those of the days served, not today's. */
export interface RuralService extends Period {
  schoolId: string
  locality: Locality
  /** On the bureau's list of weak schools 薄弱学校 in this period. */
  weak: boolean
  /** Locality of the school sent from, for a posting; null for service in one's own school. */
  fromLocality: Locality | null
  /** 跟岗 does not count (R-PROM-1). */
  isShadowing: boolean
  /** Number of the order that proves it. */
  order: string | null
}

export interface PromotionSettings {
  ruralMonthsForSenior: number
  ruralSemestersForSenior: number
}

export interface RuralRecord {
  months: number
  semesters: number
  /** What counts, for the certificate 农村(薄弱)学校任教经历证明. */
  counted: { service: RuralService; from: LocalDate; until: LocalDate; months: number }[]
  meets: boolean
}

const PASSED: readonly AssessmentResult[] = ['excellent', 'pass']

/** Service that counts: rural or weak school, not shadowing, not a posting from rural to urban (R-PROM-1). */
export const countsAsRural = (service: RuralService): boolean =>
  !service.isShadowing &&
  (service.weak || service.locality === 'rural') &&
  !(service.fromLocality === 'rural' && service.locality === 'urban')

function addMonthsOf(months: Set<string>, from: LocalDate, until: LocalDate): number {
  const before = months.size
  const last = until.endsWith('-01') ? monthsBetween(from, until) - 1 : monthsBetween(from, until)
  const [year, month] = [yearOf(from), Number(from.slice(5, 7))]
  for (let step = 0; step <= last; step += 1) {
    const index = year * 12 + month - 1 + step
    months.add(`${Math.floor(index / 12)}-${(index % 12) + 1}`)
  }
  return months.size - before
}

/**
 * Months and semesters of rural or weak-school teaching up to a day (R-PROM-1), each calendar month once. A year
 * assessed below 合格 does not count; a year not assessed yet does.
 * Source: 人社部发〔2015〕79号 (one year for town teachers applying for 高级教师).
 */
export function ruralRecord(
  services: readonly RuralService[],
  assessments: readonly { year: number; result: AssessmentResult }[],
  on: LocalDate,
  settings: PromotionSettings,
): RuralRecord {
  const failed = new Set(assessments.filter(({ result }) => !PASSED.includes(result)).map(({ year }) => year))
  const months = new Set<string>()
  const semesters = new Set<string>()
  const counted: RuralRecord['counted'] = []
  for (const service of services) {
    if (!countsAsRural(service) || service.from > on) continue
    const until = service.until !== null && service.until <= on ? service.until : on
    const parts = withoutYears(service.from, until, failed)
    for (const part of parts) {
      counted.push({ service, ...part, months: addMonthsOf(months, part.from, part.until) })
      for (let year = schoolYearOf(part.from); year <= schoolYearOf(part.until); year = (year + 1) as SchoolYear)
        for (const { term } of semestersServed(part, year)) semesters.add(`${year}-${term}`)
    }
  }
  const meets = months.size >= settings.ruralMonthsForSenior && semesters.size >= settings.ruralSemestersForSenior
  return { months: months.size, semesters: semesters.size, counted, meets }
}

/** Parts of a period outside the given calendar years. */
function withoutYears(
  from: LocalDate,
  until: LocalDate,
  years: ReadonlySet<number>,
): { from: LocalDate; until: LocalDate }[] {
  const parts: { from: LocalDate; until: LocalDate }[] = []
  let start = from
  for (let year = yearOf(from); year <= yearOf(until); year += 1) {
    if (!years.has(year)) continue
    const [first, next] = [`${year}-01-01` as LocalDate, `${year + 1}-01-01` as LocalDate]
    if (start < first) parts.push({ from: start, until: first })
    if (start < next) start = next
  }
  if (start < until) parts.push({ from: start, until })
  return parts
}
