import { unitCost } from '../model/objectives.ts'
import type { OptionTable } from '../model/options.ts'
import { type Roll, tieNumber, weighs } from '../model/roll.ts'

/** A plan as the model sees it: how many take each option; options nobody takes are absent. */
export type Plan = Map<number, number>

interface Placed {
  roll: Roll
  table: OptionTable
}

/** Rounds the solver's columns to whole heads. */
export function planOf(columns: readonly number[], values: Float64Array): Plan {
  const plan: Plan = new Map()
  columns.forEach((column, option) => {
    const n = Math.round(values[column]!)
    if (n > 0) plan.set(option, n)
  })
  return plan
}

export interface Tally {
  postOut: number[]
  postIn: number[]
  schoolOut: number[]
  schoolIn: number[]
}

export function tallyOf({ roll, table }: Placed, plan: Plan): Tally {
  const zeros = (count: number) => new Array<number>(count).fill(0)
  const tally = {
    postOut: zeros(roll.posts.length),
    postIn: zeros(roll.posts.length),
    schoolOut: zeros(roll.schools.length),
    schoolIn: zeros(roll.schools.length),
  }
  for (const [at, n] of plan) {
    const option = table.options[at]!
    const own = table.own[option.mover]!
    tally.postOut[own.index]! += n
    tally.postIn[option.post.index]! += n
    tally.schoolOut[own.school]! += n
    tally.schoolIn[option.post.school]! += n
  }
  return tally
}

export interface Spread {
  id: 'backbone' | 'over_qualified' | 'pe_arts'
  stage: 'P' | 'J'
  weight: number
  units: { school: number; pupils: number; before: number; after: number }[]
}

/** Per indicator of the policy, the counts of each unit with pupils before and after the plan. */
export function spreadsOf({ roll, table }: Placed, plan: Plan): Spread[] {
  return roll.policy.indicators.map(({ id, stage, weight }) => {
    const change = new Array<number>(roll.schools.length).fill(0)
    for (const [at, n] of plan) {
      const option = table.options[at]!
      const mover = roll.movers[option.mover]!
      const own = table.own[option.mover]!
      if (own.unit.stage === stage && weighs(roll, mover, id, stage, own.subject)) change[own.school]! -= n
      const { post } = option
      if (post.unit.stage === stage && weighs(roll, mover, id, stage, post.subject)) change[post.school]! += n
    }
    const units = roll.units
      .filter((unit) => unit.stage === stage && unit.pupils > 0)
      .map((unit) => {
        const arts = unit.posts.reduce((have, post) => have + (roll.peArts.has(post.subject) ? post.have : 0), 0)
        const before = { backbone: unit.backbone, over_qualified: unit.overQualified, pe_arts: arts }[id]
        return { school: unit.school, pupils: unit.pupils, before, after: before + change[unit.school]! }
      })
    return { id, stage, weight, units }
  })
}

/** The five values in whole numbers; they, never the solver's floats, become the right-hand sides of later levels. */
export function planValues(placed: Placed, plan: Plan): number[] {
  const { roll, table } = placed
  const { policy } = roll
  const tally = tallyOf(placed, plan)
  let slack = 0
  roll.schools.forEach((school, at) => {
    slack += policy.soft.send * Math.max(0, school.send_target - tally.schoolOut[at]!)
  })
  for (const post of roll.posts) {
    const after = post.have + tally.postIn[post.index]! - tally.postOut[post.index]!
    slack += policy.soft.shortage * Math.max(0, post.need - after)
  }
  let equity = 0
  for (const { units, weight } of spreadsOf(placed, plan)) {
    const pupils = units.reduce((sum, unit) => sum + unit.pupils, 0)
    const total = units.reduce((sum, unit) => sum + unit.before, 0)
    if (total === 0 || weight === 0) continue
    for (const unit of units) equity += unitCost(policy.scale, weight, unit.pupils, pupils, total)(unit.after)
  }
  let [wishes, distance, tiebreak] = [0, 0, 0]
  for (const [at, n] of plan) {
    const { mover, post, rank, hm } = table.options[at]!
    if (rank > 0) wishes += n * (policy.wish_points[rank - 1] ?? 0)
    distance += n * hm
    tiebreak += n * tieNumber(roll.movers[mover]!.id, roll.schools[post.school]!.id, post.unit.stage, post.subject)
  }
  return [slack, equity, wishes, distance, tiebreak]
}
