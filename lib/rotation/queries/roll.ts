import type { Tx } from '@/db/scope.ts'
import { schoolLineage, teacherFacts, type Who, type Whom } from '@/lib/register/queries/teacher-facts.ts'
import { assessEligibility } from '@/lib/rules/rotation/eligibility.ts'
import {
  ELIGIBILITY_STATES,
  type EligibilityResult,
  type EligibilityState,
} from '@/lib/rules/rotation/eligibility-result.ts'
import type { TeacherFacts } from '@/lib/rules/rotation/facts.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { countsAsEligible, type RollPerson } from '@/lib/rules/rotation/quota.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'

/** One line of the roll: the outcome with all reasons, and whom it is about. */
export interface RollLine {
  result: EligibilityResult
  who: Who
  facts: TeacherFacts
  /** In E: eligible and counted by the policy's scope (R-QUOTA-1). */
  counted: boolean
}

export interface RollCounts extends Record<EligibilityState, number> {
  E: number
  EB: number
}

/** The roll of everyone on the staff on a snapshot under a policy (R-ELIG-0). Deterministic for register, policy and snapshot. */
export async function computeRoll(tx: Tx, snapshot: LocalDate, policy: Policy, whom: Whom = {}): Promise<RollLine[]> {
  const lineage = await schoolLineage(tx)
  return assessAll(await teacherFacts(tx, snapshot, whom), snapshot, policy, lineage)
}

/** The pure half of `computeRoll`, for trying several policies on one reading of the register. */
export function assessAll(
  people: Awaited<ReturnType<typeof teacherFacts>>,
  snapshot: LocalDate,
  policy: Policy,
  lineage: Awaited<ReturnType<typeof schoolLineage>>,
): RollLine[] {
  return people.map(({ facts, who }) => {
    const result = assessEligibility(facts, policy, snapshot, lineage)
    return { result, who, facts, counted: countsAsEligible(rollPerson(facts, result), policy.quota) }
  })
}

const rollPerson = (facts: TeacherFacts, result: EligibilityResult): RollPerson => ({
  id: result.id,
  schoolId: facts.school.id,
  locality: facts.school.locality,
  quality: facts.school.quality,
  state: result.state,
  isBackbone: result.isBackbone,
  isPrincipal: result.isPrincipal,
})

export const rollPeople = (lines: readonly RollLine[]): RollPerson[] =>
  lines.map(({ facts, result }) => rollPerson(facts, result))

/** How many of each outcome, E and EB. */
export function countRoll(lines: readonly RollLine[]): RollCounts {
  const counts = { ...Object.fromEntries(ELIGIBILITY_STATES.map((state) => [state, 0])), E: 0, EB: 0 } as RollCounts
  for (const { result, counted } of lines) {
    counts[result.state] += 1
    if (counted) counts.E += 1
    if (counted && result.isBackbone) counts.EB += 1
  }
  return counts
}
