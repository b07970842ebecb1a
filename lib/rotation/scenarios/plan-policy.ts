import type { PlanInput } from '@/lib/planner/instance/plan-input.ts'
import { RELAXABLE_RULES } from '@/lib/rules/planner/format.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import type { QuotaFigures } from '@/lib/rules/rotation/quota.ts'
import type { Ratio } from '@/lib/rules/values/ratio.ts'

const pair = ({ num, den }: Ratio): [number, number] => [num, den]
/** The format's weights are smaller than what a policy may hold. */
const weight = (value: number) => Math.min(1000, value)
const cost = (value: number) => Math.min(10_000, Math.max(1, value))

/** People counted without being offered to the planner, and those who moved already (R-QUOTA-2, R-ELIG-13). */
export interface PlanBase {
  continuing: { R: number; RB: number }
  extraEligible: { E: number; EB: number }
  /** Need of the quota on the whole base. */
  need: number
}

/** Figures of a round without its own cases, less the people offered to the planner. */
export function planBase(figures: QuotaFigures, listed: { E: number; EB: number }, addVolunteers: boolean): PlanBase {
  const base = {
    E: figures.eligible.length + (addVolunteers ? figures.added.length : 0),
    EB: figures.eligibleBackbone.length + (addVolunteers ? figures.addedBackbone.length : 0),
  }
  return {
    continuing: { R: figures.moved.length, RB: figures.movedBackbone.length },
    extraEligible: { E: Math.max(0, base.E - listed.E), EB: Math.max(0, base.EB - listed.EB) },
    need: figures.total.kind === 'measured' ? figures.total.need : 0,
  }
}

/**
 * Every policy field of the plan from the round's policy (planner.md §5). The limit of moves, unless set, is what the
 * quota still asks for and a tenth more: shortages and wishes would otherwise create moves that no quota asks for.
 */
export function planPolicyOf({ quota, planner }: Policy, base: PlanBase): PlanInput['policy'] {
  const asked = Math.max(0, base.need - base.continuing.R)
  return {
    rate_total: pair(quota.rateTotal),
    backbone_reading: quota.backboneReading,
    rate_backbone: pair(quota.rateBackbone),
    continuing: base.continuing,
    extra_eligible: base.extraEligible,
    max_moves: planner.maxMoves ?? Math.ceil(asked * 1.1),
    leave_share: pair(planner.leaveShare),
    backbone_leave_share: pair(planner.backboneLeaveShare),
    net_default: planner.netDefault,
    direction_rate: pair(planner.directionRate),
    commute_hm: planner.commuteHm,
    zone_only: planner.zoneOnly,
    wish_points: planner.wishPoints,
    relation_moves: planner.relationMoves,
    indicators: planner.indicators.slice(0, 6),
    soft: { send: weight(planner.soft.send), shortage: weight(planner.soft.shortage) },
    relax_cost: Object.fromEntries(RELAXABLE_RULES.map((rule) => [rule, cost(planner.relaxCost[rule])])) as never,
  }
}
