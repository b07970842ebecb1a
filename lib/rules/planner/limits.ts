import type { PlanInstance } from './format.ts'

/** What one rule of a plan asks for in people, before anybody is chosen; volunteers who would move are not counted yet. */
export interface RuleLimits {
  /** Eligible people and eligible backbone, those not offered to the planner included (planner.md §2). */
  eligible: number
  eligibleBackbone: number
  /** People and backbone the two quotas ask for; the second is null under reading A, which counts those moved. */
  mustMove: number
  mustMoveBackbone: number | null
  /** Most backbone teachers that may leave, unit by unit (H7c), and most people, school by school (H8). */
  backboneMayLeave: number
  mayLeave: number
}

const share = (count: number, [n, d]: readonly [number, number]) => Math.floor((count * n) / d)
const needed = (count: number, [n, d]: readonly [number, number]) => Math.ceil((count * n) / d)

/** The numbers behind the words of a conflict: “20 % of eligible backbone is 14 people, 4 may leave” (planner.md §8). */
export function ruleLimits({ policy, schools, teachers, groups }: PlanInstance): RuleLimits {
  const people = [...teachers.map((one) => ({ ...one, n: 1 })), ...groups].filter(({ status }) => status === 'eligible')
  const heads = (list: typeof people) => list.reduce((sum, { n }) => sum + n, 0)
  const eligible = heads(people) + policy.extra_eligible.E
  const eligibleBackbone = heads(people.filter(({ backbone }) => backbone)) + policy.extra_eligible.EB
  const base = { A: null, B: eligibleBackbone, C: eligible }[policy.backbone_reading]
  return {
    eligible,
    eligibleBackbone,
    mustMove: needed(eligible, policy.rate_total),
    mustMoveBackbone: base === null ? null : needed(base, policy.rate_backbone),
    backboneMayLeave: schools
      .flatMap(({ units }) => units)
      .reduce((sum, { backbone }) => sum + share(backbone, policy.backbone_leave_share), 0),
    mayLeave: schools.reduce((sum, { staff }) => sum + share(staff, policy.leave_share), 0),
  }
}
