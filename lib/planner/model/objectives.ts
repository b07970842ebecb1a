import { type Flows, indicatorChange } from './flows.ts'
import { type ModelBuilder, Sum } from './matrix.ts'
import type { OptionTable } from './options.ts'
import { type Roll, tieNumber } from './roll.ts'

/** One level's objective as a sum of columns plus what no move can change. */
export interface Objective {
  sum: Sum
  constant: number
  sense: 'min' | 'max'
  /** Columns that are not 0 when nobody moves, with their value then. */
  atRest: Map<number, number>
}

/** Upper bound of a sum of moves. */
function most(builder: ModelBuilder, sum: Sum): number {
  let total = 0
  for (const [column, coefficient] of sum.terms) if (coefficient > 0) total += coefficient * builder.upper[column]!
  return total
}

/** Level 1: send targets missed and heads short, in whole heads. */
function slack(roll: Roll, flows: Flows, builder: ModelBuilder): Objective {
  const { send, shortage } = roll.policy.soft
  const sum = new Sum()
  const atRest = new Map<number, number>()
  let constant = 0
  roll.schools.forEach((school, at) => {
    if (send === 0 || school.send_target === 0) return
    const out = flows.schoolOut[at]!
    if (out.size === 0) {
      constant += send * school.send_target
      return
    }
    const missing = builder.column(0, school.send_target, false)
    builder.row(new Sum().addSum(out).add(missing), school.send_target, Number.POSITIVE_INFINITY)
    sum.add(missing, send)
    atRest.set(missing, school.send_target)
  })
  for (const post of roll.posts) {
    if (shortage === 0) break
    const out = flows.postOut[post.index]!
    const into = flows.postIn[post.index]!
    const gap = post.need - post.have
    if (into.size + out.size === 0) {
      constant += shortage * Math.max(0, gap)
      continue
    }
    const worst = gap + most(builder, out)
    if (worst <= 0) continue
    const short = builder.column(0, worst, false)
    builder.row(new Sum().addSum(into).addSum(out, -1).add(short), gap, Number.POSITIVE_INFINITY)
    sum.add(short, shortage)
    atRest.set(short, Math.max(0, gap))
  }
  return { sum, constant, sense: 'min', atRest }
}

/** g(x) = floor(scale · w · P_N · x² / (P · T²) + 1/2), exactly (planner.md §4.2). */
export function unitCost(scale: number, weight: number, pupils: number, all: number, total: number) {
  const top = 2n * BigInt(scale) * BigInt(weight) * BigInt(all)
  const under = BigInt(pupils) * BigInt(total) * BigInt(total)
  return (x: number): number => Number((top * BigInt(x) * BigInt(x) + under) / (2n * under))
}

/** How far a unit's count may fall and rise: H7c, H8 and H9 bound the steps the linear form needs. */
function reach(roll: Roll, builder: ModelBuilder, unit: number, kind: string, into: Sum, out: Sum) {
  const { school, backbone } = roll.units[unit]!
  const place = roll.schools[school]!
  const share = ([n, d]: readonly [number, number], whole: number) => Math.floor((whole * n) / d)
  const leave = share(roll.policy.leave_share, place.staff)
  let down = Math.min(most(builder, out), leave)
  if (kind === 'backbone') down = Math.min(down, share(roll.policy.backbone_leave_share, backbone))
  const up = Math.min(most(builder, into), Math.max(0, (place.net ?? roll.policy.net_default)[1] + leave))
  return { down, up }
}

/**
 * Level 2: the pupil-weighted spread of each indicator, exact: x = lo + Σ δ with 0 ≤ δ ≤ 1 and the cost of each δ the
 * next step of g. Steps rise, so the δ fill in order by themselves and need not be integer.
 */
function equity(
  roll: Roll,
  table: OptionTable,
  columns: readonly number[],
  flows: Flows,
  builder: ModelBuilder,
): Objective {
  const sum = new Sum()
  const atRest = new Map<number, number>()
  let constant = 0
  for (const { id, stage, weight } of roll.policy.indicators) {
    if (weight === 0) continue
    const counted = roll.units.flatMap((unit, at) => (unit.stage === stage && unit.pupils > 0 ? [{ unit, at }] : []))
    const before = ({ unit }: (typeof counted)[number]) =>
      id === 'backbone'
        ? unit.backbone
        : id === 'over_qualified'
          ? unit.overQualified
          : unit.posts.reduce((have, post) => have + (roll.peArts.has(post.subject) ? post.have : 0), 0)
    const all = counted.reduce((pupils, { unit }) => pupils + unit.pupils, 0)
    const total = counted.reduce((have, one) => have + before(one), 0)
    if (total === 0) continue
    const { into, out } = indicatorChange(roll, table, columns, flows, builder, id)
    for (const one of counted) {
      const g = unitCost(roll.policy.scale, weight, one.unit.pupils, all, total)
      const was = before(one)
      const { down, up } = reach(roll, builder, one.at, id, into[one.at]!, out[one.at]!)
      const low = was - down
      constant += g(low)
      const change = new Sum().addSum(into[one.at]!).addSum(out[one.at]!, -1)
      for (let x = low; x < was + up; x++) {
        const step = builder.column(0, 1, false)
        sum.add(step, g(x + 1) - g(x))
        change.add(step, -1)
        if (x < was) atRest.set(step, 1)
      }
      if (change.size > 0) builder.row(change, low - was, low - was)
    }
  }
  return { sum, constant, sense: 'min', atRest }
}

/** Levels 3–5 are plain sums over the moves. */
function plain(roll: Roll, table: OptionTable, columns: readonly number[]): Objective[] {
  const wishes = new Sum()
  const distance = new Sum()
  const tiebreak = new Sum()
  table.options.forEach((option, at) => {
    const points = option.rank > 0 ? (roll.policy.wish_points[option.rank - 1] ?? 0) : 0
    const mover = roll.movers[option.mover]!
    if (points > 0) wishes.add(columns[at]!, points)
    if (option.hm > 0) distance.add(columns[at]!, option.hm)
    const { post } = option
    tiebreak.add(columns[at]!, tieNumber(mover.id, roll.schools[post.school]!.id, post.unit.stage, post.subject))
  })
  return [
    { sum: wishes, constant: 0, sense: 'max', atRest: new Map() },
    { sum: distance, constant: 0, sense: 'min', atRest: new Map() },
    { sum: tiebreak, constant: 0, sense: 'min', atRest: new Map() },
  ]
}

export const buildObjectives = (
  roll: Roll,
  table: OptionTable,
  columns: readonly number[],
  flows: Flows,
  builder: ModelBuilder,
): Objective[] => [
  slack(roll, flows, builder),
  equity(roll, table, columns, flows, builder),
  ...plain(roll, table, columns),
]
