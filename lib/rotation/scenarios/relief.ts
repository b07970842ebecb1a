import { planEffects } from '@/lib/rules/planner/effects.ts'
import type { PlanConflict, PlanInstance, PlanSchool, Relaxation } from '@/lib/rules/planner/format.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { atLeast, type Ratio, ratio } from '@/lib/rules/values/ratio.ts'
import type { Hand } from './hand.ts'
import { namedPlan } from './named-plan.ts'
import { relaxed } from './relax.ts'
import type { ScenarioRow } from './scenario-row.ts'

/**
 * Where the cheapest repair of a conflict is made: in the policy two people decide, in what was set by hand in the
 * scenario, or in the register (need, titles, studios), which no planner changes.
 */
export type ReliefPlace = 'policy' | 'hand' | 'register'

const BY_POLICY: readonly Relaxation['rule'][] = ['H4', 'H5', 'H6', 'H7c', 'H8', 'H9', 'H10', 'H11', 'H15']
const BY_HAND: readonly Relaxation['rule'][] = ['H12', 'H13', 'H14']

/** The setting of the policy that a scenario may set for itself, by the rule it is read in. */
const FIELD_OF_RULE: Partial<Record<Relaxation['rule'], ReliefField>> = {
  H5: 'rateTotal',
  H6: 'rateBackbone',
  H7c: 'backboneLeaveShare',
  H8: 'leaveShare',
  H9: 'netDefault',
  H10: 'directionRate',
  H11: 'commuteHm',
  H15: 'maxMoves',
}

const schoolOf = (instance: PlanInstance, item: string): PlanSchool | undefined =>
  instance.schools.find(({ id }) => id === item.split('/')[0])

/** Place of one relaxation; the head-count of a school pinned by hand is the hand's. */
export function reliefPlace(instance: PlanInstance, { rule, item }: Relaxation): ReliefPlace {
  if (BY_HAND.includes(rule) || (rule === 'H9' && schoolOf(instance, item)?.net != null)) return 'hand'
  return BY_POLICY.includes(rule) ? 'policy' : 'register'
}

/** A setting of the policy and what the repair makes of it. */
export type ReliefField = 'rateTotal' | 'rateBackbone' | keyof Policy['planner']
export interface PolicyChange {
  section: 'quota' | 'planner'
  field: ReliefField
  before: unknown
  after: unknown
}

export interface Relief {
  /** The round's policy with exactly the settings the repair asks for; null when nothing of it is the policy's. */
  policy: Policy | null
  changes: PolicyChange[]
  /** Rules of the repair that the round's policy allows already: the scenario tightened them for itself. */
  tightened: Relaxation['rule'][]
  /** How many of the relaxations are made where. */
  places: Record<ReliefPlace, number>
}

const lower = (value: Ratio, other: Ratio): Ratio => (atLeast(other, value) ? value : other)
const higher = (value: Ratio, other: Ratio): Ratio => (atLeast(value, other) ? value : other)
/** In lowest terms: 3/9 of a unit's nine backbone teachers reads as a third. */
function asRatio([num, den]: readonly [number, number]): Ratio {
  let [a, b] = [num, den]
  while (b > 0) [a, b] = [b, a % b]
  return a > 0 ? ratio(num / a, den / a) : ratio(num, den)
}

/**
 * The cheapest repair (planner.md §8) as settings of the round's policy. A setting changes only where the repair is looser
 * than what the round's policy says already: a scenario may have tightened it for itself.
 */
export function reliefOf(
  policy: Policy,
  instance: PlanInstance,
  hand: Hand,
  conflict: PlanConflict,
  row: Pick<ScenarioRow, 'members' | 'schools'>,
): Outcome<Relief> {
  const places: Relief['places'] = { policy: 0, hand: 0, register: 0 }
  for (const one of conflict.relaxation) places[reliefPlace(instance, one)] += 1
  const ofPolicy = conflict.relaxation.filter((one) => reliefPlace(instance, one) === 'policy')
  if (ofPolicy.length === 0) return done({ policy: null, changes: [], tightened: [], places })
  const made = relaxed(
    instance,
    hand,
    { ...conflict, relaxation: ofPolicy.filter(({ rule }) => rule !== 'H4' && rule !== 'H9') },
    row,
  )
  if (!made.ok) return made
  const asked = new Set(ofPolicy.map(({ rule }) => rule))
  const { quota, planner } = policy
  const plan = made.value.policy
  const wanted: Partial<Policy['quota']> & Partial<Policy['planner']> = {
    ...(asked.has('H5') ? { rateTotal: lower(quota.rateTotal, asRatio(plan.rate_total)) } : {}),
    ...(asked.has('H6') ? { rateBackbone: lower(quota.rateBackbone, asRatio(plan.rate_backbone)) } : {}),
    ...(asked.has('H7c')
      ? { backboneLeaveShare: higher(planner.backboneLeaveShare, asRatio(plan.backbone_leave_share)) }
      : {}),
    ...(asked.has('H8') ? { leaveShare: higher(planner.leaveShare, asRatio(plan.leave_share)) } : {}),
    ...(asked.has('H10') ? { directionRate: lower(planner.directionRate, asRatio(plan.direction_rate)) } : {}),
    ...(asked.has('H11') && planner.commuteHm !== null && plan.commute_hm !== null
      ? { commuteHm: Math.max(planner.commuteHm, plan.commute_hm) }
      : {}),
    ...(asked.has('H15') && (planner.maxMoves === null || plan.max_moves > planner.maxMoves)
      ? { maxMoves: plan.max_moves }
      : {}),
  }
  const floor = floorShare(planner.subjectFloorShare, instance, ofPolicy)
  if (floor === null) return refuse('plan.refusal.lastTeacher', undefined, { rule: 'H4' })
  if (asked.has('H4')) wanted.subjectFloorShare = floor
  if (asked.has('H9')) wanted.netDefault = netFor(planner.netDefault, instance, conflict, row, ofPolicy)
  const changes = (['quota', 'planner'] as const).flatMap((section): PolicyChange[] =>
    Object.entries(policy[section]).flatMap(([field, before]): PolicyChange[] => {
      const after = (wanted as Record<string, unknown>)[field]
      return after === undefined || JSON.stringify(after) === JSON.stringify(before)
        ? []
        : [{ section, field: field as ReliefField, before, after }]
    }),
  )
  const set = (section: 'quota' | 'planner') =>
    Object.fromEntries(changes.flatMap((one) => (one.section === section ? [[one.field, one.after]] : [])))
  return done({
    policy:
      changes.length === 0
        ? null
        : { ...policy, quota: { ...quota, ...set('quota') }, planner: { ...planner, ...set('planner') } },
    changes,
    tightened: [...asked].filter(
      (rule) => rule !== 'H4' && !changes.some(({ field }) => field === FIELD_OF_RULE[rule]),
    ),
    places,
  })
}

/** The share of need that lets every post of H4 fall as far as the repair asks; null where the last teacher would go. */
function floorShare(share: Ratio, instance: PlanInstance, relaxation: readonly Relaxation[]): Ratio | null {
  let least = share
  for (const { rule, item, by } of relaxation) {
    if (rule !== 'H4') continue
    const [, stage, subject] = item.split('/')
    const unit = schoolOf(instance, item)?.units.find((one) => one.stage === stage)
    const post = unit?.subjects.find(({ k }) => k === subject)
    if (!post || post.need10 === 0 || post.floor - by < 1) return null
    least = lower(least, asRatio([(post.floor - by) * 10, post.need10]))
  }
  return least
}

/** Head-count limits wide enough for every school of H9 under the plan that repairs the conflict. */
function netFor(
  [low, high]: Policy['planner']['netDefault'],
  instance: PlanInstance,
  conflict: PlanConflict,
  row: Pick<ScenarioRow, 'members'>,
  relaxation: readonly Relaxation[],
): Policy['planner']['netDefault'] {
  const effects = planEffects(instance, namedPlan(instance, conflict, row.members))
  const changes = relaxation.flatMap(({ rule, item }) => {
    const effect = rule === 'H9' ? effects.schools.find(({ school }) => school === item.split('/')[0]) : undefined
    return effect ? [effect.in - effect.out] : []
  })
  return [Math.min(low, ...changes), Math.max(high, ...changes)]
}
