import { z } from 'zod'
import { DEFAULT_NORM, normSchema } from '../register/norms.ts'
import { DEFAULT_PERIOD_PLAN, periodPlanSchema } from '../register/period-plan.ts'
import { defaultEligibilityPolicy, eligibilityPolicySchema } from './policy/eligibility.ts'
import { defaultPlannerPolicy, plannerPolicySchema } from './policy/planner.ts'
import { defaultProcessPolicy, MOST_DELEGATION_DAYS, processPolicySchema } from './policy/process.ts'
import { defaultQuotaPolicy, quotaPolicySchema } from './policy/quota.ts'

/**
 * The rule set of one round: a versioned document, frozen at publication (R-QUOTA-1, every Default of §2.3).
 * Unknown keys are an error, so a saved policy and the program always mean the same.
 */
export const policySchema = z.strictObject({
  quota: quotaPolicySchema,
  eligibility: eligibilityPolicySchema,
  process: processPolicySchema,
  planner: plannerPolicySchema,
  norm: normSchema,
  periodPlan: periodPlanSchema,
})
export type Policy = z.infer<typeof policySchema>

/** A policy as stored. One saved while the schema still let delegations run longer than SD-7 ever did says what held: 30 days. */
export function storedPolicy(content: unknown): Policy {
  const kept = content as { process?: { delegationMaxDays?: unknown } } | null
  const days = kept?.process?.delegationMaxDays
  return policySchema.parse(
    typeof days === 'number' && days > MOST_DELEGATION_DAYS
      ? { ...kept, process: { ...kept?.process, delegationMaxDays: MOST_DELEGATION_DAYS } }
      : content,
  )
}

/** National text where it speaks, else the DESIGN and MV defaults of domain.md; a bureau changes what it decides otherwise. */
export const defaultPolicy: Policy = {
  quota: defaultQuotaPolicy,
  eligibility: defaultEligibilityPolicy,
  process: defaultProcessPolicy,
  planner: defaultPlannerPolicy,
  norm: DEFAULT_NORM,
  periodPlan: DEFAULT_PERIOD_PLAN,
}

export interface PolicyField {
  section: keyof Policy
  field: string
  /** Message keys of the label and of the sentence that explains the setting. */
  label: string
  explain: string
}

/** Every setting with the keys of its label and explaining sentence, in the order of the editor. */
export const POLICY_FIELDS: readonly PolicyField[] = (Object.keys(policySchema.shape) as (keyof Policy)[]).flatMap(
  (section) =>
    Object.keys(policySchema.shape[section].shape).map((field) => ({
      section,
      field,
      label: `rotation.policy.${section}.${field}.label`,
      explain: `rotation.policy.${section}.${field}.explain`,
    })),
)
