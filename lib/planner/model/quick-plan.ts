import type { Plan } from '../certificate/plan.ts'
import type { PlanModel } from './build.ts'
import { eligibleCounts } from './rows.ts'

type Placed = Pick<PlanModel, 'roll' | 'table'>

/**
 * A first plan in milliseconds, by taking one head after another where nothing is broken: locks first, then moves that
 * help most (from senders, to short posts, backbone, near). It looks at no exchange and proves nothing; it is something to
 * show, and to start from, while the solver is still at its first relaxation. It may miss a quota: the caller checks.
 */
export function quickPlan({ roll, table }: Placed): Plan {
  const { policy } = roll
  const plan: Plan = new Map()
  const share = (whole: number, [n, d]: readonly [number, number]) => Math.floor((whole * n) / d)
  const after = roll.posts.map((post) => post.have)
  const out = roll.schools.map(() => 0)
  const net = roll.schools.map(() => 0)
  const seniors = roll.schools.map((school) => school.senior)
  const backboneLeft = new Map(roll.units.map((unit) => [unit, share(unit.backbone, policy.backbone_leave_share)]))
  const left = roll.movers.map((mover) => mover.n)
  const going = new Set<string>()
  const apart = new Map<string, string[]>()
  for (const [a, b] of roll.instance.not_both) {
    apart.set(a, [...(apart.get(a) ?? []), b])
    apart.set(b, [...(apart.get(b) ?? []), a])
  }
  let moves = 0
  const limits = (school: number) => roll.schools[school]!.net ?? policy.net_default

  const fits = (at: number): boolean => {
    const { mover, post } = table.options[at]!
    const { home, person, id } = roll.movers[mover]!
    const own = table.own[mover]!
    if (left[mover]! === 0 || moves >= policy.max_moves) return false
    if (after[post.index]! >= post.cap || after[own.index]! <= own.floor) return false
    if (out[home]! >= share(roll.schools[home]!.staff, policy.leave_share)) return false
    if (net[home]! - 1 < limits(home)[0] || net[post.school]! + 1 > limits(post.school)[1]) return false
    if (person.senior && seniors[home]! <= 1) return false
    if (person.backbone && backboneLeft.get(own.unit)! <= 0) return false
    return !apart.get(id)?.some((other) => going.has(other))
  }
  const take = (at: number) => {
    const { mover, post } = table.options[at]!
    const { home, person, id } = roll.movers[mover]!
    const own = table.own[mover]!
    plan.set(at, (plan.get(at) ?? 0) + 1)
    left[mover]! -= 1
    after[post.index]! += 1
    after[own.index]! -= 1
    out[home]! += 1
    net[home]! -= 1
    net[post.school]! += 1
    if (person.senior) {
      seniors[home]! -= 1
      seniors[post.school]! += 1
    }
    if (person.backbone) backboneLeft.set(own.unit, backboneLeft.get(own.unit)! - 1)
    going.add(id)
    moves++
  }

  const lockedTo = new Map(roll.instance.locks.map((lock) => [lock.teacher, lock.to]))
  const worth = (at: number): number => {
    const { mover, post, hm, rank } = table.options[at]!
    const { home, person } = roll.movers[mover]!
    const forward = roll.schools[home]!.sender && roll.schools[post.school]!.receiver
    const own = table.own[mover]!
    const density = (unit: typeof post.unit) => (unit.pupils > 0 ? unit.backbone / unit.pupils : 0)
    const levels = person.backbone && density(own.unit) > density(post.unit)
    return (forward ? 4000 : 0) + (levels ? 3000 : 0) + (rank > 0 ? 1500 : 0) + (person.backbone ? 1000 : 0) - hm
  }
  const order = table.options
    .map((_, at) => ({ at, worth: worth(at) }))
    .sort((a, b) => b.worth - a.worth || a.at - b.at)
  for (const { at } of order) {
    const { mover, post } = table.options[at]!
    if (lockedTo.get(roll.movers[mover]!.id) === roll.schools[post.school]!.id && fits(at)) take(at)
  }
  const { E } = eligibleCounts(roll)
  const enough = () => moves + policy.continuing.R >= Math.ceil((E * policy.rate_total[0]) / policy.rate_total[1])
  // Short posts first; when the quota still lacks heads, any post with room.
  for (const onlyShort of [true, false])
    for (const { at } of order) {
      const { post } = table.options[at]!
      const short = after[post.index]! < post.need
      const sends =
        out[roll.movers[table.options[at]!.mover]!.home]! <
        roll.schools[roll.movers[table.options[at]!.mover]!.home]!.send_min
      if (enough() && !sends) continue
      while ((!onlyShort || short) && (!enough() || sends) && fits(at)) {
        take(at)
        if (onlyShort && after[post.index]! >= post.need) break
        if (sends) break
      }
    }
  return plan
}
