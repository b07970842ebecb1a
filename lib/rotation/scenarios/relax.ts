import { sha256Hex } from '@/lib/platform/crypto.ts'
import { appraise } from '@/lib/rules/planner/checker.ts'
import { planEffects } from '@/lib/rules/planner/effects.ts'
import type { PlanConflict, PlanInstance, PlanPolicy, PlanSchool, Relaxation } from '@/lib/rules/planner/format.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import type { Hand } from './hand.ts'
import { namedPlan } from './named-plan.ts'
import type { ScenarioRow } from './scenario-row.ts'

export interface RelaxedScenario {
  instance: PlanInstance
  policy: Omit<PlanPolicy, 'scale'>
  hand: Hand
}

const less = (a: readonly [number, number], b: readonly [number, number]) => a[0] * b[1] < b[0] * a[1]

/**
 * The round with exactly the cheapest repair of its conflict (planner.md §8): each relaxed rule in the field it comes from.
 * Shares that hold for every school alike are raised as far as the unit that needs it most; what belongs to one post,
 * school or person changes only there. The witness plan keeps the result, so it has a plan.
 */
export function relaxed(
  instance: PlanInstance,
  hand: Hand,
  conflict: PlanConflict,
  { members, schools }: Pick<ScenarioRow, 'members' | 'schools'>,
): Outcome<RelaxedScenario> {
  const made: RelaxedScenario = {
    instance: structuredClone(instance),
    policy: { ...instance.policy },
    hand: { ...hand },
  }
  const witness = appraise(instance, conflict.moves, conflict.flows ?? [], sha256Hex)
  const lines = namedPlan(instance, conflict, members)
  const effects = planEffects(instance, lines)
  const schoolOf = (id: string): PlanSchool | undefined => made.instance.schools.find((school) => school.id === id)
  const lowest = (item: string) => lines.filter(({ listed }) => listed === item.split('/')[0])
  for (const relaxation of conflict.relaxation)
    if (!apply(relaxation)) return refuse('plan.refusal.cannotRelax', { rule: relaxation.rule, item: relaxation.item })
  return done(made)

  function apply({ rule, item, by }: Relaxation): boolean {
    const [id = '', stage, subject] = item.split('/')
    const school = schoolOf(id)
    const unit = school?.units.find((one) => one.stage === stage)
    const post = unit?.subjects.find(({ k }) => k === subject)
    const { policy } = made
    switch (rule) {
      case 'H3':
        if (!post) return false
        post.need10 = (Math.max(post.have, Math.ceil(post.need10 / 10)) + by) * 10
        return true
      case 'H4':
        // The last teacher of a subject is not a setting: no field of the round lets them go.
        if (!post || post.floor - by < 1) return false
        post.floor -= by
        return true
      case 'H5':
        policy.rate_total = [witness.counts.R, Math.max(1, witness.counts.E)]
        return true
      case 'H6': {
        const [part, base] = witness.counts[policy.backbone_reading]
        policy.rate_backbone = base === 0 ? [0, 1] : [part, base]
        return true
      }
      case 'H7a':
        if (!school) return false
        school.senior += by
        return true
      case 'H7b':
        made.instance.teachers = made.instance.teachers.map((one) => (one.id === id ? { ...one, host: false } : one))
        return true
      case 'H7c': {
        const [n, d] = instance.policy.backbone_leave_share
        if (!unit || unit.backbone === 0) return false
        const share: [number, number] = [Math.floor((unit.backbone * n) / d) + by, unit.backbone]
        if (less(policy.backbone_leave_share, share)) policy.backbone_leave_share = share
        return true
      }
      case 'H8': {
        const [n, d] = instance.policy.leave_share
        if (!school || school.staff === 0) return false
        const share: [number, number] = [Math.floor((school.staff * n) / d) + by, school.staff]
        if (less(policy.leave_share, share)) policy.leave_share = share
        return true
      }
      case 'H9': {
        const effect = effects.schools.find((one) => one.school === id)
        const key = schools[id] as SchoolId | undefined
        if (!school || !effect || !key) return false
        const [low, high] = school.net ?? policy.net_default
        const change = effect.in - effect.out
        const pin = { schoolId: key, low: Math.min(low, change), high: Math.max(high, change) }
        made.hand = { ...made.hand, pins: [...made.hand.pins.filter(({ schoolId }) => schoolId !== key), pin] }
        return true
      }
      case 'H10': {
        const forward = lines.filter(({ from, to }) => schoolOf(from)?.sender && schoolOf(to)?.receiver).length
        policy.direction_rate = [forward, Math.max(1, lines.length)]
        return true
      }
      case 'H11': {
        const farthest = Math.max(0, ...lowest(item).map(({ hm }) => hm))
        const single = made.instance.teachers.find((one) => one.id === id)
        if (single && single.max_hm !== null) single.max_hm = Math.max(single.max_hm, farthest)
        else if (policy.commute_hm !== null) policy.commute_hm = Math.max(policy.commute_hm, farthest)
        return true
      }
      case 'H12': {
        const at = instance.locks.findIndex((lock) => lock.id === item)
        made.hand = {
          ...made.hand,
          locks: made.hand.locks.filter(({ teacherId, to }) => {
            const lock = instance.locks[at]
            return !(lock && members[lock.teacher]?.[0] === teacherId && schools[lock.to] === to)
          }),
        }
        return at >= 0
      }
      case 'H13': {
        const person = members[id]?.[0]
        if (!person) return false
        const going = new Set(lowest(item).map(({ to }) => schools[to] as string))
        made.hand = {
          ...made.hand,
          stays: made.hand.stays.filter((one) => one !== person),
          forbids: made.hand.forbids.filter(
            ({ teacherId, to }) => teacherId !== person || (to !== null && !going.has(to)),
          ),
        }
        return true
      }
      case 'H14': {
        const [a, b] = item.split('+').map((one) => members[one]?.[0])
        made.hand = {
          ...made.hand,
          notBoth: made.hand.notBoth.filter(([x, y]) => !((x === a && y === b) || (x === b && y === a))),
        }
        return true
      }
      case 'H15':
        policy.max_moves += by
        return true
      case 'H16':
        if (!school) return false
        school.send_min = Math.max(0, school.send_min - by)
        return true
    }
  }
}
