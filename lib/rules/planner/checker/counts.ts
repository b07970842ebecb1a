import type { PlanCounts } from '../format/result-schema.ts'
import { ceilOf, type Facts, heads, type Sent } from './facts.ts'

/** E, EB, V, R, RB and the three readings of the backbone rule as integer pairs (R-QUOTA-2, R-ELIG-13). */
export function countPlan(facts: Facts, sent: readonly Sent[]): PlanCounts {
  const { policy } = facts.instance
  let E = policy.extra_eligible.E
  let EB = policy.extra_eligible.EB
  for (const { of, n } of facts.people.values())
    if (of.status === 'eligible') {
      E += n
      if (of.backbone) EB += n
    }
  const isVolunteer = (line: Sent) => line.person.of.status === 'voluntary'
  const V = heads(sent, isVolunteer)
  E += V
  EB += heads(sent, (line) => isVolunteer(line) && line.person.of.backbone)
  const R = heads(sent) + policy.continuing.R
  const RB = heads(sent, (line) => line.person.of.backbone) + policy.continuing.RB
  const base = { A: R, B: EB, C: E }
  return {
    E,
    EB,
    V,
    R,
    RB,
    need_R: ceilOf(E, policy.rate_total),
    need_RB: ceilOf(base[policy.backbone_reading], policy.rate_backbone),
    A: [RB, R],
    B: [RB, EB],
    C: [RB, E],
  }
}
