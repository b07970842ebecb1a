import { monthReaching, monthsInclusive } from '../register/tenure.ts'
import { addMonthsToDay, ageOn, contains, firstDayOf, type LocalDate, monthOf } from '../values/dates.ts'
import type { EligibilityContext } from './eligibility-context.ts'
import { lastAssessment } from './eligibility-context.ts'
import type { Reason } from './eligibility-result.ts'
import { absentOn, reason } from './eligibility-scope.ts'
import type { DecidedExemption, TeacherFacts } from './facts.ts'
import { formCounts } from './forms.ts'

/** R-ELIG-3: months in the same school ≥ N, both months counted (R-TEN-1). */
export function tenureReasons({
  tenureMonths,
  tenureNeeded,
  tenureReached,
  tenureStart,
}: EligibilityContext): Reason[] {
  if (tenureMonths >= tenureNeeded) return []
  const values = { months: tenureMonths, needed: tenureNeeded, since: tenureStart ?? '' }
  const from = tenureStart === null ? null : firstDayOf(tenureStart)
  return [reason('R-ELIG-3', 'not_yet', 'tenureShort', values, { from, until: tenureReached })]
}

/** Day of the n-th birthday; 29 February is followed by 1 March in common years, as `ageOn` counts. */
export function birthdayOf(birth: LocalDate, years: number): LocalDate {
  const clamped = addMonthsToDay(birth, years * 12)
  return ageOn(birth, clamped) >= years ? clamped : (`${clamped.slice(0, 4)}-03-01` as LocalDate)
}

/** R-ELIG-4: not younger than the policy's age; off by default. */
export function ageReasons({ facts, policy, on }: EligibilityContext): Reason[] {
  const limit = policy.eligibility.ageBelow?.[facts.sex]
  if (limit === undefined || ageOn(facts.birth, on) < limit) return []
  const period = { from: birthdayOf(facts.birth, limit), until: null }
  return [reason('R-ELIG-4', 'exempt', 'overAge', { age: ageOn(facts.birth, on), limit }, period)]
}

/** R-ELIG-5: retirement date < day + N months; exactly N months left is not exempt. Past it: exempt too (R-RET-4). */
export function retirementReasons({ policy, on, retirement }: EligibilityContext): Reason[] {
  const months = policy.eligibility.retirementMonths
  const date = retirement.effective
  const values = { date, category: retirement.category, months }
  if (date <= on) return [reason('R-ELIG-5', 'exempt', 'pastRetirement', values, { from: date, until: null })]
  if (months === 0 || date >= addMonthsToDay(on, months)) return []
  return [reason('R-ELIG-5', 'exempt', 'nearRetirement', values)]
}

/** Day from which a child no longer defers its mother: the first birthday, where the policy says 12 months. */
export const nursingEnd = (child: LocalDate, months: number): LocalDate =>
  months % 12 === 0 ? birthdayOf(child, months / 12) : addMonthsToDay(child, months)

/** R-ELIG-6: pregnancy to the end of maternity leave; nursing to the child's first birthday (女职工劳动保护特别规定 Art. 9). */
export function familyReasons({ facts, policy, on }: EligibilityContext): Reason[] {
  const { pregnancyDefers, nursingDefers, nursingMonths } = policy.eligibility
  const leaves = facts.absences.flatMap((absence) => {
    if (!pregnancyDefers || (absence.kind !== 'pregnancy' && absence.kind !== 'maternity')) return []
    if (!absentOn(absence, on)) return []
    return [reason('R-ELIG-6', 'deferred', absence.kind === 'pregnancy' ? 'pregnant' : 'maternity', {}, absence)]
  })
  if (facts.sex !== 'F' || !nursingDefers) return leaves
  const nursing = facts.births.flatMap((birth) => {
    const period = { from: birth, until: nursingEnd(birth, nursingMonths) }
    return contains(period, on) ? [reason('R-ELIG-6', 'deferred', 'nursing', { birth }, period)] : []
  })
  return [...leaves, ...nursing]
}

/** R-ELIG-7: serious illness, long sick leave, disability of grade 1–2; reviewed yearly. An open sick leave is long by its kind. */
export function healthReasons({ facts, policy, on }: EligibilityContext): Reason[] {
  const settings = policy.eligibility
  return facts.absences.flatMap((absence) => {
    if (!absentOn(absence, on)) return []
    const { kind, from, until, grade } = absence
    if (kind === 'illness' && settings.illnessDefers) return [reason('R-ELIG-7', 'deferred', 'illness', {}, absence)]
    if (kind === 'sick' && settings.sickLeaveDefers) {
      const isLong = from === null || until === null || addMonthsToDay(from, settings.sickLeaveMonths) <= until
      return isLong ? [reason('R-ELIG-7', 'deferred', 'sickLeave', {}, absence)] : []
    }
    if (kind === 'disability' && settings.disabilityDefers && (grade === null || grade <= settings.disabilityGradeUpTo))
      return [reason('R-ELIG-7', 'deferred', 'disability', grade === null ? {} : { grade }, absence)]
    return []
  })
}

/** R-ELIG-8: under investigation, in a disciplinary period, or last assessment 不合格. */
export function conductReasons({ facts, policy, on }: EligibilityContext): Reason[] {
  const settings = policy.eligibility
  const found: Reason[] = []
  if (settings.disciplineDefers)
    for (const discipline of facts.disciplines) {
      if (!contains(discipline, on)) continue
      const finding = discipline.kind === 'investigation' ? 'investigation' : 'discipline'
      found.push(reason('R-ELIG-8', 'deferred', finding, { kind: discipline.kind }, discipline))
    }
  const last = lastAssessment(facts)
  if (settings.failedAssessmentDefers && last?.result === 'fail')
    found.push(reason('R-ELIG-8', 'deferred', 'assessmentFailed', { year: last.year }))
  if (settings.passedAssessments > 0) {
    const newest = [...facts.assessments].sort((a, b) => b.year - a.year).slice(0, settings.passedAssessments)
    const passed = newest.filter(({ result }) => result === 'excellent' || result === 'pass').length
    if (passed < settings.passedAssessments)
      found.push(reason('R-ELIG-8', 'deferred', 'assessmentsMissing', { passed, needed: settings.passedAssessments }))
  }
  return found
}

/** R-ELIG-9: inside probation or the first job's service period. */
export function bondReasons({ facts, policy, on }: EligibilityContext): Reason[] {
  if (!policy.eligibility.bondNotYet || facts.bondUntil === null || on >= facts.bondUntil) return []
  return [reason('R-ELIG-9', 'not_yet', 'bond', {}, { from: null, until: facts.bondUntil })]
}

/** What the bureau decided with its minutes: R-ELIG-10, R-ELIG-12, and single decisions under R-ELIG-6, 7 and 8. */
export function decidedReasons(rule: DecidedExemption['rule'], { facts, policy, on }: EligibilityContext): Reason[] {
  if (rule === 'R-ELIG-10' && !policy.eligibility.businessDeferral) return []
  if (rule === 'R-ELIG-12' && !policy.eligibility.hardshipDeferral) return []
  const finding = rule === 'R-ELIG-10' ? 'business' : rule === 'R-ELIG-12' ? 'hardship' : 'decided'
  return facts.exemptions
    .filter((exemption) => exemption.rule === rule && contains(exemption, on))
    .map((exemption) => reason(rule, exemption.state, finding, { document: exemption.document ?? '' }, exemption))
}

/** Days on which completed postings without relation move have freed the teacher again (R-ELIG-11): [restart, free]. */
export function postingRests({
  facts,
  policy,
  tenureNeeded,
}: EligibilityContext): { from: LocalDate; until: LocalDate }[] {
  if (!policy.eligibility.postingRestartsClock) return []
  const needed = policy.eligibility.postingRestMonths ?? tenureNeeded
  return completedPostings(facts).flatMap((posting) => {
    if (posting.until === null || !formCounts(posting, policy.quota)) return []
    return [{ from: posting.until, until: firstDayOf(monthReaching(monthOf(posting.until), needed)) }]
  })
}

const completedPostings = (facts: TeacherFacts) => facts.postings.filter((posting) => !posting.movesRelation)

/** R-ELIG-11: the clock restarts in the month of the day after the posting's end; done after N months, both counted. */
export function restReasons(context: EligibilityContext): Reason[] {
  return postingRests(context)
    .filter((rest) => contains(rest, context.on))
    .map((rest) =>
      reason(
        'R-ELIG-11',
        'not_yet',
        'postingDone',
        { months: monthsInclusive(monthOf(rest.from), context.on), ended: rest.from },
        rest,
      ),
    )
}
