import type { Stage, Status } from '../register/vocabulary.ts'
import { contains, type LocalDate } from '../values/dates.ts'
import type { EligibilityContext } from './eligibility-context.ts'
import type { EligibilityRule, EligibilityState, Finding, Reason } from './eligibility-result.ts'
import type { AbsenceFact, TeacherFacts } from './facts.ts'

/** Builds a reason; the key of its sentence follows from the finding. */
export const reason = (
  rule: EligibilityRule,
  state: Exclude<EligibilityState, 'eligible'>,
  finding: Finding,
  values: Reason['values'] = {},
  period: { from: LocalDate | null; until: LocalDate | null } = { from: null, until: null },
): Reason => ({
  rule,
  state,
  finding,
  message: `rotation.eligibility.reason.${finding}`,
  values,
  from: period.from,
  until: period.until,
})

/** Whether an absence holds on a day; unknown first days hold from ever. */
export const absentOn = (absence: AbsenceFact, on: LocalDate): boolean =>
  contains({ from: absence.from ?? on, until: absence.until }, on)

const LEFT: readonly Status[] = ['retired', 'moved_out', 'resigned', 'deceased']

const STAGE_OF_KIND: Partial<Record<TeacherFacts['school']['kind'], Stage>> = {
  primary: 'P',
  junior: 'J',
  senior: 'S',
  kindergarten: 'K',
  research: 'R',
}

/** Stage a teacher counts in: the taught one, else that of a school with only one. */
export const stageOf = (facts: TeacherFacts): Stage | null => facts.stage ?? STAGE_OF_KIND[facts.school.kind] ?? null

/** R-ELIG-1: public school, in establishment, full-time teacher, stage in scope; leave of any kind does not end it. */
export function scopeReasons({ facts, policy }: EligibilityContext): Reason[] {
  const found: Reason[] = []
  const out = (finding: Finding, values: Reason['values'] = {}) =>
    found.push(reason('R-ELIG-1', 'out_of_scope', finding, values))
  if (LEFT.includes(facts.status)) out('leftService', { status: facts.status })
  if (!facts.school.isPublic) out('notPublic')
  if (facts.form !== 'in') out('outsideEstablishment', { form: facts.form })
  if (facts.category !== 'teacher') out('notTeacher', { category: facts.category })
  const stage = stageOf(facts)
  if (facts.school.kind === 'research' || stage === 'R') out('researchCentre')
  else if (facts.category === 'teacher' && (stage === null || !policy.eligibility.stages.includes(stage)))
    out('otherStage', { stage: stage ?? '' })
  return found
}

/** R-ELIG-2: secondment, long-term support and full-time study, while they last. */
export function absenceReasons({ facts, policy, on }: EligibilityContext): Reason[] {
  if (!policy.eligibility.secondedOutOfScope) return []
  return facts.absences.flatMap((absence) => {
    const { kind } = absence
    if ((kind !== 'seconded' && kind !== 'support' && kind !== 'study') || !absentOn(absence, on)) return []
    return [reason('R-ELIG-2', 'out_of_scope', kind, {}, absence)]
  })
}
