import type { Plan } from '../certificate/plan.ts'
import type { PlanModel } from './build.ts'
import type { Post } from './roll.ts'

/** A plan being put together by hand, one head or one exchange at a time, with the limits of schools and posts at hand. */
export class Draft {
  readonly plan: Plan = new Map()
  readonly out: number[]
  moves = 0
  forward = 0
  private readonly after: number[]
  private readonly net: number[]
  private readonly seniors: number[]
  private readonly backboneLeft: Map<Post['unit'], number>
  private readonly left: number[]
  private readonly going = new Set<string>()
  private readonly apart = new Map<string, string[]>()
  /** Options by post left and post taken: partners for an exchange. */
  private readonly between = new Map<string, number[]>()

  constructor(private readonly placed: Pick<PlanModel, 'roll' | 'table'>) {
    const { roll, table } = placed
    this.out = roll.schools.map(() => 0)
    this.net = roll.schools.map(() => 0)
    this.after = roll.posts.map((post) => post.have)
    this.seniors = roll.schools.map((school) => school.senior)
    this.left = roll.movers.map((mover) => mover.n)
    const [n, d] = roll.policy.backbone_leave_share
    this.backboneLeft = new Map(roll.units.map((unit) => [unit, Math.floor((unit.backbone * n) / d)]))
    for (const [a, b] of roll.instance.not_both) {
      this.apart.set(a, [...(this.apart.get(a) ?? []), b])
      this.apart.set(b, [...(this.apart.get(b) ?? []), a])
    }
    table.options.forEach((option, at) => {
      const key = `${table.own[option.mover]!.index}>${option.post.index}`
      const list = this.between.get(key)
      if (list) list.push(at)
      else this.between.set(key, [at])
    })
  }

  isForward(at: number): boolean {
    const { roll, table } = this.placed
    const { mover, post } = table.options[at]!
    return roll.schools[roll.movers[mover]!.home]!.sender && roll.schools[post.school]!.receiver
  }

  isShort(at: number): boolean {
    const { post } = this.placed.table.options[at]!
    return this.after[post.index]! < post.need
  }

  /** Limits that hold for one head whatever comes in return. */
  private mayLeave(at: number): boolean {
    const { roll, table } = this.placed
    const { mover } = table.options[at]!
    const { home, person, id } = roll.movers[mover]!
    const [n, d] = roll.policy.leave_share
    if (this.left[mover]! === 0 || this.moves >= roll.policy.max_moves) return false
    if (this.out[home]! >= Math.floor((roll.schools[home]!.staff * n) / d)) return false
    if (person.senior && this.seniors[home]! <= 1) return false
    if (person.backbone && this.backboneLeft.get(table.own[mover]!.unit)! <= 0) return false
    return !this.apart.get(id)?.some((other) => this.going.has(other))
  }

  fits(at: number): boolean {
    const { roll, table } = this.placed
    const { mover, post } = table.options[at]!
    const { home } = roll.movers[mover]!
    const own = table.own[mover]!
    const limits = (school: number) => roll.schools[school]!.net ?? roll.policy.net_default
    if (this.after[post.index]! >= post.cap || this.after[own.index]! <= own.floor) return false
    if (this.net[home]! - 1 < limits(home)[0] || this.net[post.school]! + 1 > limits(post.school)[1]) return false
    return this.mayLeave(at)
  }

  take(at: number): void {
    const { roll, table } = this.placed
    const { mover, post } = table.options[at]!
    const { home, person, id } = roll.movers[mover]!
    const own = table.own[mover]!
    this.plan.set(at, (this.plan.get(at) ?? 0) + 1)
    this.left[mover]! -= 1
    this.after[post.index]! += 1
    this.after[own.index]! -= 1
    this.out[home]! += 1
    this.net[home]! -= 1
    this.net[post.school]! += 1
    if (person.senior) {
      this.seniors[home]! -= 1
      this.seniors[post.school]! += 1
    }
    if (person.backbone) this.backboneLeft.set(own.unit, this.backboneLeft.get(own.unit)! - 1)
    if (this.isForward(at)) this.forward += 1
    this.going.add(id)
    this.moves += 1
  }

  /** Takes this move together with one the other way between the same two posts: no count changes anywhere. */
  exchange(at: number): boolean {
    const { table } = this.placed
    const { mover, post } = table.options[at]!
    const own = table.own[mover]!
    if (this.moves + 2 > this.placed.roll.policy.max_moves || !this.mayLeave(at)) return false
    const back = this.between.get(`${post.index}>${own.index}`)?.find((other) => this.mayLeave(other))
    if (back === undefined) return false
    this.take(at)
    this.take(back)
    return true
  }
}
