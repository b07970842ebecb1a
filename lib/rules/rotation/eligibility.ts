import type { LineageEvent } from '../register/school-lineage.ts'
import { isBackbone } from '../standing/backbone.ts'
import { addDays, addMonthsToDay, type LocalDate } from '../values/dates.ts'
import { type EligibilityContext, eligibilityContext } from './eligibility-context.ts'
import type {
  EligibilityResult,
  EligibilityRule,
  EligibilityState,
  EligibilityWarning,
  Reason,
} from './eligibility-result.ts'
import {
  ageReasons,
  birthdayOf,
  bondReasons,
  conductReasons,
  decidedReasons,
  familyReasons,
  healthReasons,
  nursingEnd,
  postingRests,
  restReasons,
  retirementReasons,
  tenureReasons,
} from './eligibility-rules.ts'
import { absenceReasons, scopeReasons } from './eligibility-scope.ts'
import { isPrincipalDuty, type TeacherFacts } from './facts.ts'
import type { Policy } from './policy.ts'

type Check = (context: EligibilityContext) => Reason[]

const decided = (rule: Parameters<typeof decidedReasons>[0], check: Check): Check => {
  return (context) => [...check(context), ...decidedReasons(rule, context)]
}

/** The rules in deciding order (domain.md §2.3): scope, tenure, age, retirement, family and health, conduct and bond, business, done. */
const CHECKS: readonly { rule: EligibilityRule; check: Check }[] = [
  { rule: 'R-ELIG-1', check: scopeReasons },
  { rule: 'R-ELIG-2', check: absenceReasons },
  { rule: 'R-ELIG-3', check: tenureReasons },
  { rule: 'R-ELIG-4', check: ageReasons },
  { rule: 'R-ELIG-5', check: retirementReasons },
  { rule: 'R-ELIG-6', check: decided('R-ELIG-6', familyReasons) },
  { rule: 'R-ELIG-7', check: decided('R-ELIG-7', healthReasons) },
  { rule: 'R-ELIG-8', check: decided('R-ELIG-8', conductReasons) },
  { rule: 'R-ELIG-9', check: bondReasons },
  { rule: 'R-ELIG-10', check: (context) => decidedReasons('R-ELIG-10', context) },
  { rule: 'R-ELIG-12', check: (context) => decidedReasons('R-ELIG-12', context) },
  { rule: 'R-ELIG-11', check: restReasons },
]

const allReasons = (context: EligibilityContext): Reason[] => CHECKS.flatMap(({ check }) => check(context))

/** State alone, for the search of the next change: stops at the first rule that finds something. */
function stateOn(
  facts: TeacherFacts,
  policy: Policy,
  on: LocalDate,
  lineage: readonly LineageEvent[],
): EligibilityState {
  const context = eligibilityContext(facts, policy, on, lineage)
  for (const { check } of CHECKS) {
    const first = check(context)[0]
    if (first) return first.state
  }
  return 'eligible'
}

/** First day D with retirement < D + months: the day R-ELIG-5 begins. */
function retirementWindowStart(date: LocalDate, months: number): LocalDate {
  let on = addMonthsToDay(date, -months)
  while (addMonthsToDay(on, months) > date) on = addDays(on, -1)
  while (addMonthsToDay(on, months) <= date) on = addDays(on, 1)
  return on
}

/** Days on which some rule's finding may begin or end, after the context's day, in order. */
function boundaries(context: EligibilityContext): LocalDate[] {
  const { facts, policy, on } = context
  const settings = policy.eligibility
  const days: (LocalDate | null)[] = [context.tenureReached, facts.bondUntil, context.retirement.effective]
  if (settings.retirementMonths > 0)
    days.push(retirementWindowStart(context.retirement.effective, settings.retirementMonths))
  if (settings.ageBelow) days.push(birthdayOf(facts.birth, settings.ageBelow[facts.sex]))
  for (const title of facts.titles) days.push(title.appointed && (`${title.appointed}-01` as LocalDate))
  for (const birth of facts.births) days.push(birth, nursingEnd(birth, settings.nursingMonths))
  for (const period of [...facts.absences, ...facts.disciplines, ...facts.exemptions, ...postingRests(context)])
    days.push(period.from, period.until)
  return [...new Set(days.filter((day): day is LocalDate => day !== null && day > on))].sort()
}

function nextChange(
  context: EligibilityContext,
  state: EligibilityState,
  lineage: readonly LineageEvent[],
): LocalDate | null {
  for (const day of boundaries(context)) if (stateOn(context.facts, context.policy, day, lineage) !== state) return day
  return null
}

/**
 * R-ELIG-0: may this teacher be asked to move, and why or why not.
 * Deterministic for (facts, policy, snapshot). The first rule in order that finds something decides; all reasons are listed.
 * @param lineage renames, mergers and branches of schools (R-TEN-2)
 */
export function assessEligibility(
  facts: TeacherFacts,
  policy: Policy,
  snapshot: LocalDate,
  lineage: readonly LineageEvent[] = [],
): EligibilityResult {
  const context = eligibilityContext(facts, policy, snapshot, lineage)
  const reasons = allReasons(context)
  const deciding = reasons[0]
  const state = deciding?.state ?? 'eligible'
  return {
    id: facts.id,
    snapshot,
    state,
    decidingRule: deciding?.rule ?? null,
    reasons,
    tenureMonths: context.tenureMonths,
    tenureStart: context.tenureStart,
    retirementCategory: context.retirement.category,
    retirementDate: context.retirement.effective,
    isBackbone: isBackbone(facts.honours, snapshot, policy.eligibility),
    isPrincipal: isPrincipalDuty(facts.duty),
    nextChange: nextChange(context, state, lineage),
    warnings: warningsOf(context),
  }
}

function warningsOf({ retirement, on, tenureStart }: EligibilityContext): EligibilityWarning[] {
  const found: EligibilityWarning[] = []
  if (retirement.effective <= on)
    found.push({
      code: 'W-RETIRED',
      message: 'rotation.eligibility.warning.retired',
      values: { date: retirement.effective },
    })
  if (tenureStart === null) found.push({ code: 'W-STAY', message: 'rotation.eligibility.warning.stay', values: {} })
  return found
}

/** Rule ids of all reasons, each once, in deciding order. */
export const reasonRules = (result: EligibilityResult): EligibilityRule[] => [
  ...new Set(result.reasons.map(({ rule }) => rule)),
]

/** Whether a person may apply: the eligible, and as volunteers the exempt and those not yet due (R-ELIG-13). */
export const mayApply = (result: Pick<EligibilityResult, 'state'>, policy: Policy): boolean =>
  result.state === 'eligible' ||
  (policy.eligibility.volunteersAllowed && (result.state === 'exempt' || result.state === 'not_yet'))
