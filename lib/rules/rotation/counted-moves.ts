import { semestersServed } from '../calendar/school-year.ts'
import { type LocalDate, monthNumberOf, type SchoolYear, yearOf } from '../values/dates.ts'
import type { PostingFact } from './facts.ts'
import { formCounts } from './forms.ts'
import type { QuotaPolicy } from './policy/quota.ts'

/** School year a posting begins for: one that starts in July or August belongs to the year that follows. */
const firstYearOf = (from: LocalDate): number => (monthNumberOf(from) >= 7 ? yearOf(from) : yearOf(from) - 1)

/**
 * How one posting counts in a school year (R-QUOTA-1 numerator_forms, min_service, count_continuing).
 * New: it begins for this year, and was ordered in time or serves the semesters asked for.
 * Continuing: begun for an earlier year, relation not moved, and serves the semesters in this one.
 */
export function postingCounts(
  posting: PostingFact,
  year: SchoolYear,
  policy: QuotaPolicy,
): 'new' | 'continuing' | null {
  if (!formCounts(posting, policy)) return null
  const firstYear = firstYearOf(posting.from)
  if (firstYear > year) return null
  const served = semestersServed(posting, year).length >= policy.minSemesters
  if (firstYear === year) {
    const orderedInTime = (posting.orderedOn ?? posting.from) <= (`${year}-${policy.orderedBy}` as LocalDate)
    return orderedInTime || served ? 'new' : null
  }
  const stillServing = posting.until === null || posting.until > (`${year}-09-01` as LocalDate)
  if (posting.movesRelation || !policy.countContinuing || !stillServing || !served) return null
  return 'continuing'
}

/** How a person counts in a school year: once, a new move before a continuing one; null = does not count. */
export function movedInYear(
  postings: readonly PostingFact[],
  year: SchoolYear,
  policy: QuotaPolicy,
): { kind: 'new' | 'continuing'; posting: PostingFact } | null {
  let continuing: PostingFact | null = null
  for (const posting of postings) {
    const kind = postingCounts(posting, year, policy)
    if (kind === 'new') return { kind, posting }
    if (kind === 'continuing') continuing ??= posting
  }
  return continuing === null ? null : { kind: 'continuing', posting: continuing }
}
