import type { Plan } from '../certificate/plan.ts'
import type { PlanModel } from './build.ts'
import { Draft } from './draft.ts'
import { eligibleCounts } from './rows.ts'

type Placed = Pick<PlanModel, 'roll' | 'table'>

/** How much a move helps, roughly: wanted direction, backbone to where there is less, a wish, a short road. */
function worthOf({ roll, table }: Placed, at: number): number {
  const { mover, post, hm, rank } = table.options[at]!
  const { home, person } = roll.movers[mover]!
  const own = table.own[mover]!
  const density = (unit: typeof post.unit) => (unit.pupils > 0 ? unit.backbone / unit.pupils : 0)
  const forward = roll.schools[home]!.sender && roll.schools[post.school]!.receiver
  const levels = person.backbone && density(own.unit) > density(post.unit)
  return (forward ? 4000 : 0) + (levels ? 3000 : 0) + (rank > 0 ? 1500 : 0) + (person.backbone ? 1000 : 0) - hm
}

/**
 * A first plan in milliseconds: something to show and to start from while the solver is still at its first relaxation.
 * Locks, then exchanges of two people until the direction is met, then moves to short posts, then to any post with room,
 * until the quota is. It proves nothing and may miss a rule: the caller tests it.
 */
export function quickPlan(placed: Placed): Plan {
  const { roll, table } = placed
  const { policy } = roll
  const draft = new Draft(placed)
  const order = table.options
    .map((_, at) => ({ at, worth: worthOf(placed, at) }))
    .sort((a, b) => b.worth - a.worth || a.at - b.at)
    .map(({ at }) => at)
  const lockedTo = new Map(roll.instance.locks.map((lock) => [lock.teacher, lock.to]))
  for (const at of order) {
    const { mover, post } = table.options[at]!
    if (lockedTo.get(roll.movers[mover]!.id) !== roll.schools[post.school]!.id) continue
    if (draft.fits(at)) draft.take(at)
    else draft.exchange(at)
  }
  const { E } = eligibleCounts(roll)
  const needed = Math.ceil((E * policy.rate_total[0]) / policy.rate_total[1]) - policy.continuing.R
  const forwardNeeded = Math.ceil((needed * policy.direction_rate[0]) / policy.direction_rate[1])
  for (const at of order) {
    if (draft.forward >= forwardNeeded || draft.moves + 2 > needed) break
    if (draft.isForward(at)) draft.exchange(at)
  }
  const sends = (at: number) => {
    const { home } = roll.movers[table.options[at]!.mover]!
    return draft.out[home]! < roll.schools[home]!.send_min
  }
  for (const at of order) if (sends(at) && draft.fits(at)) draft.take(at)
  for (const at of order) while (draft.moves < needed && draft.isShort(at) && draft.fits(at)) draft.take(at)
  for (const at of order) while (draft.moves < needed && draft.fits(at)) draft.take(at)
  return draft.plan
}
