import type { RelaxableRule } from '@/lib/rules/planner/format.ts'
import type { Flows } from './flows.ts'
import { Sum } from './matrix.ts'
import type { OptionTable } from './options.ts'
import type { Roll } from './roll.ts'

/** One row of a hard rule: `lower ≤ sum ≤ upper`; `step` is what one head of relief adds to the row. */
export interface RuleRow {
  rule: RelaxableRule
  /** What it limits: post S04/P/CHN, unit S04/P, school, lock, pair, or `plan`. */
  item: string
  sum: Sum
  lower: number
  upper: number
  step: number
}

const NONE = Number.POSITIVE_INFINITY

const floorShare = (whole: number, [n, d]: readonly [number, number]): number => Math.floor((whole * n) / d)

/** Ratios are reduced before they multiply, so that coefficients stay small. */
export function reduced([n, d]: readonly [number, number]): [number, number] {
  let a = n
  let b = d
  while (b > 0) [a, b] = [b, a % b]
  return a > 0 ? [n / a, d / a] : [0, 1]
}

function postRows(roll: Roll, flows: Flows): RuleRow[] {
  return roll.posts.flatMap((post) => {
    const into = flows.postIn[post.index]!
    const out = flows.postOut[post.index]!
    if (into.size + out.size === 0) return []
    const sum = new Sum().addSum(into).addSum(out, -1)
    const item = `${roll.schools[post.school]!.id}/${post.unit.stage}/${post.subject}`
    return [
      { rule: 'H3', item, sum, lower: -NONE, upper: post.cap - post.have, step: 1 },
      { rule: 'H4', item, sum, lower: post.floor - post.have, upper: NONE, step: 1 },
    ] satisfies RuleRow[]
  })
}

/** Eligible people and eligible backbone before volunteers join (E₀, EB₀). */
export function eligibleCounts(roll: Roll): { E: number; EB: number } {
  let { E, EB } = roll.policy.extra_eligible
  for (const mover of roll.movers)
    if (mover.person.status === 'eligible') {
      E += mover.n
      if (mover.person.backbone) EB += mover.n
    }
  return { E, EB }
}

function quotaRows(roll: Roll, flows: Flows): RuleRow[] {
  const { policy } = roll
  const { E, EB } = eligibleCounts(roll)
  const { R, RB } = policy.continuing
  const [n, d] = reduced(policy.rate_total)
  const [bn, bd] = reduced(policy.rate_backbone)
  const [dn, dd] = reduced(policy.direction_rate)
  const total = new Sum().addSum(flows.moves, d).addSum(flows.volunteers, -n)
  const backbone = new Sum().addSum(flows.backbone, bd)
  let need = -bd * RB
  if (policy.backbone_reading === 'A') {
    backbone.addSum(flows.moves, -bn)
    need += bn * R
  } else if (policy.backbone_reading === 'B') {
    backbone.addSum(flows.volunteerBackbone, -bn)
    need += bn * EB
  } else {
    backbone.addSum(flows.volunteers, -bn)
    need += bn * E
  }
  const forward = new Sum().addSum(flows.forward, dd).addSum(flows.moves, -dn)
  return [
    { rule: 'H5', item: 'plan', sum: total, lower: n * E - d * R, upper: NONE, step: d },
    { rule: 'H6', item: 'plan', sum: backbone, lower: need, upper: NONE, step: bd },
    { rule: 'H10', item: 'plan', sum: dn === 0 ? new Sum() : forward, lower: 0, upper: NONE, step: dd },
    { rule: 'H15', item: 'plan', sum: flows.moves, lower: -NONE, upper: policy.max_moves, step: 1 },
  ]
}

function schoolRows(roll: Roll, flows: Flows): RuleRow[] {
  const { policy } = roll
  const rows: RuleRow[] = []
  roll.units.forEach((unit, at) => {
    const item = `${roll.schools[unit.school]!.id}/${unit.stage}`
    const upper = floorShare(unit.backbone, policy.backbone_leave_share)
    rows.push({ rule: 'H7c', item, sum: flows.backboneOut[at]!, lower: -NONE, upper, step: 1 })
  })
  roll.schools.forEach((school, at) => {
    const out = flows.schoolOut[at]!
    const senior = new Sum().addSum(flows.seniorIn[at]!).addSum(flows.seniorOut[at]!, -1)
    const change = new Sum().addSum(flows.schoolIn[at]!).addSum(out, -1)
    const [low, high] = school.net ?? policy.net_default
    const item = school.id
    rows.push(
      { rule: 'H7a', item, sum: senior, lower: Math.min(1, school.senior) - school.senior, upper: NONE, step: 1 },
      { rule: 'H8', item, sum: out, lower: -NONE, upper: floorShare(school.staff, policy.leave_share), step: 1 },
      { rule: 'H9', item, sum: change, lower: low, upper: high, step: 1 },
      { rule: 'H16', item, sum: out, lower: school.send_min, upper: NONE, step: 1 },
    )
  })
  return rows
}

function handRows(roll: Roll, table: OptionTable, columns: readonly number[]): RuleRow[] {
  const moverAt = new Map(roll.movers.map((mover, at) => [mover.id, at]))
  const choices = (id: string) => (moverAt.has(id) ? table.of[moverAt.get(id)!]! : [])
  const going = (id: string, to: string | null) => {
    const sum = new Sum()
    for (const at of choices(id))
      if (to === null || roll.schools[table.options[at]!.post.school]!.id === to) sum.add(columns[at]!)
    return sum
  }
  // A lock on a person without any such option becomes the row 0 ≥ 1: no plan, and the conflict names the lock.
  return [
    ...roll.instance.locks.map(
      (lock): RuleRow => ({
        rule: 'H12',
        item: lock.id,
        sum: going(lock.teacher, lock.to),
        lower: 1,
        upper: NONE,
        step: 1,
      }),
    ),
    ...roll.instance.not_both.map(
      ([a, b]): RuleRow => ({
        rule: 'H14',
        item: `${a}+${b}`,
        sum: going(a, null).addSum(going(b, null)),
        lower: -NONE,
        upper: 1,
        step: 1,
      }),
    ),
  ].sort((a, b) => (a.rule === b.rule ? (a.item < b.item ? -1 : 1) : a.rule < b.rule ? -1 : 1))
}

/** Somebody goes, wherever it may be: a lock without a destination, as the question what choosing them costs puts it. */
export function chosenRow(roll: Roll, table: OptionTable, columns: readonly number[], id: string): RuleRow {
  const mover = roll.movers.findIndex((one) => one.id === id)
  const sum = new Sum()
  for (const at of table.of[mover] ?? []) sum.add(columns[at]!)
  return { rule: 'H12', item: id, sum, lower: 1, upper: NONE, step: 1 }
}

/** Every row of H3–H16 that is a sum; H7b, H11 and H13 shut single options instead. */
export const ruleRows = (roll: Roll, table: OptionTable, columns: readonly number[], flows: Flows): RuleRow[] => [
  ...postRows(roll, flows),
  ...quotaRows(roll, flows),
  ...schoolRows(roll, flows),
  ...handRows(roll, table, columns),
]
