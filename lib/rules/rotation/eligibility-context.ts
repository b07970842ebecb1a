import { type RetirementPlan, retirementCategory, retirementPlan } from '../register/retirement.ts'
import type { LineageEvent } from '../register/school-lineage.ts'
import { gracedStart, monthReaching, type TenureSettings, tenureMonths, tenureStart } from '../register/tenure.ts'
import { firstDayOf, type LocalDate, monthsBetween, type YearMonth } from '../values/dates.ts'
import { type TeacherFacts, titleOn } from './facts.ts'
import type { Policy } from './policy.ts'

/** What several rules look at, worked out once for one teacher on one day. */
export interface EligibilityContext {
  facts: TeacherFacts
  policy: Policy
  on: LocalDate
  tenureStart: YearMonth | null
  tenureMonths: number
  /** N of R-ELIG-3 for this teacher. */
  tenureNeeded: number
  /** First day on which the tenure is reached; null without a known start. */
  tenureReached: LocalDate | null
  retirement: RetirementPlan
}

/** Most recent yearly assessment, or null. */
export const lastAssessment = (facts: TeacherFacts) =>
  facts.assessments.reduce<TeacherFacts['assessments'][number] | null>(
    (last, next) => (last === null || next.year > last.year ? next : last),
    null,
  )

/** Whole months of study and long leave up to a day (R-TEN-4, used only where the policy deducts them). */
function gapMonths(facts: TeacherFacts, start: YearMonth, on: LocalDate): number {
  let months = 0
  for (const absence of facts.absences) {
    if (absence.kind !== 'study' && absence.kind !== 'sick') continue
    const from = absence.from !== null && absence.from > firstDayOf(start) ? absence.from : firstDayOf(start)
    const until = absence.until !== null && absence.until < on ? absence.until : on
    if (from < until) months += monthsBetween(from, until)
  }
  return months
}

/** Category and dates of a teacher's retirement as of a day (R-RET-3). */
export function retirementOf(facts: TeacherFacts, on: LocalDate, seniorTitleBy: 'appointed' | 'held'): RetirementPlan {
  const category = retirementCategory({
    sex: facts.sex,
    postKind: facts.postKind,
    category: facts.category,
    title: titleOn(facts.titles, on, seniorTitleBy),
    countyRank: facts.countyRank,
    override: facts.retirement.override,
  })
  return retirementPlan(facts.birth, category, facts.retirement.choice)
}

/** Assembles the context of one evaluation. */
export function eligibilityContext(
  facts: TeacherFacts,
  policy: Policy,
  on: LocalDate,
  lineage: readonly LineageEvent[],
): EligibilityContext {
  const settings: TenureSettings = policy.eligibility
  const start = tenureStart(facts.stays, on, lineage, settings.branchKeepsTenure)
  const gaps = start !== null && settings.deductGaps ? gapMonths(facts, start, on) : 0
  const shorter = policy.eligibility.tenureMonthsIfExcellent
  const excellent = shorter !== null && lastAssessment(facts)?.result === 'excellent'
  const needed = excellent ? Math.min(shorter, policy.eligibility.tenureMonths) : policy.eligibility.tenureMonths
  return {
    facts,
    policy,
    on,
    tenureStart: start,
    tenureMonths: start === null ? 0 : tenureMonths(start, on, settings, gaps),
    tenureNeeded: needed,
    tenureReached:
      start === null
        ? null
        : firstDayOf(monthReaching(gracedStart(start, settings.joinGraceUntil), Math.max(1, needed + gaps))),
    retirement: retirementOf(facts, on, policy.eligibility.seniorTitleBy),
  }
}
