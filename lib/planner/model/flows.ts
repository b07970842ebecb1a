import { type ModelBuilder, Sum } from './matrix.ts'
import type { OptionTable } from './options.ts'
import { type Mover, type Roll, type Unit, weighs } from './roll.ts'

/** The sums of moves every rule speaks of, each a column of its own where that saves nonzeros. */
export interface Flows {
  postOut: Sum[]
  postIn: Sum[]
  schoolOut: Sum[]
  schoolIn: Sum[]
  /** By unit index. */
  backboneOut: Sum[]
  backboneIn: Sum[]
  seniorOut: Sum[]
  seniorIn: Sum[]
  /** Everybody who moves, backbone who move. */
  moves: Sum
  backbone: Sum
  /** Volunteers who move, and backbone among them: they enter E and EB (R-ELIG-13). */
  volunteers: Sum
  volunteerBackbone: Sum
  forward: Sum
  unitOf: Map<Unit, number>
}

const sums = (count: number) => Array.from({ length: count }, () => new Sum())

function collect(roll: Roll, table: OptionTable, columns: readonly number[]): Flows {
  const unitOf = new Map(roll.units.map((unit, at) => [unit, at]))
  const flows: Flows = {
    postOut: sums(roll.posts.length),
    postIn: sums(roll.posts.length),
    schoolOut: sums(roll.schools.length),
    schoolIn: sums(roll.schools.length),
    backboneOut: sums(roll.units.length),
    backboneIn: sums(roll.units.length),
    seniorOut: sums(roll.schools.length),
    seniorIn: sums(roll.schools.length),
    moves: new Sum(),
    backbone: new Sum(),
    volunteers: new Sum(),
    volunteerBackbone: new Sum(),
    forward: new Sum(),
    unitOf,
  }
  table.options.forEach((option, at) => {
    const column = columns[at]!
    const mover = roll.movers[option.mover]!
    const own = table.own[option.mover]!
    flows.postOut[own.index]!.add(column)
    flows.postIn[option.post.index]!.add(column)
    if (mover.person.backbone) {
      flows.backboneOut[unitOf.get(own.unit)!]!.add(column)
      flows.backboneIn[unitOf.get(option.post.unit)!]!.add(column)
    }
    if (mover.person.senior) {
      flows.seniorOut[mover.home]!.add(column)
      flows.seniorIn[option.post.school]!.add(column)
    }
    if (mover.person.status === 'voluntary') {
      flows.volunteers.add(column)
      if (mover.person.backbone) flows.volunteerBackbone.add(column)
    }
    if (roll.schools[mover.home]!.sender && roll.schools[option.post.school]!.receiver) flows.forward.add(column)
  })
  return flows
}

/** @param spans whether sums over the whole round get columns of their own */
export function buildFlows(
  roll: Roll,
  table: OptionTable,
  columns: readonly number[],
  builder: ModelBuilder,
  spans = true,
): Flows {
  const flows = collect(roll, table, columns)
  const named = (list: Sum[]) => list.map((sum) => builder.partial(sum))
  flows.postOut = named(flows.postOut)
  flows.postIn = named(flows.postIn)
  roll.posts.forEach((post) => {
    flows.schoolOut[post.school]!.addSum(flows.postOut[post.index]!)
    flows.schoolIn[post.school]!.addSum(flows.postIn[post.index]!)
  })
  flows.schoolOut = named(flows.schoolOut)
  flows.schoolIn = named(flows.schoolIn)
  flows.backboneOut = named(flows.backboneOut)
  flows.backboneIn = named(flows.backboneIn)
  for (const sum of flows.schoolOut) flows.moves.addSum(sum)
  for (const sum of flows.backboneOut) flows.backbone.addSum(sum)
  if (spans) {
    flows.moves = builder.partial(flows.moves)
    flows.backbone = builder.partial(flows.backbone)
  } else {
    builder.reserve(flows.moves)
    builder.reserve(flows.backbone)
  }
  return flows
}

/** In minus out of a unit for any indicator, from the sums at hand or straight from the options. */
export function indicatorChange(
  roll: Roll,
  table: OptionTable,
  columns: readonly number[],
  flows: Flows,
  builder: ModelBuilder,
  kind: 'backbone' | 'over_qualified' | 'pe_arts',
): { into: Sum[]; out: Sum[] } {
  if (kind === 'backbone') return { into: flows.backboneIn, out: flows.backboneOut }
  const into = sums(roll.units.length)
  const out = sums(roll.units.length)
  if (kind === 'pe_arts') {
    for (const post of roll.posts) {
      if (!roll.peArts.has(post.subject)) continue
      into[flows.unitOf.get(post.unit)!]!.addSum(flows.postIn[post.index]!)
      out[flows.unitOf.get(post.unit)!]!.addSum(flows.postOut[post.index]!)
    }
    return { into, out }
  }
  const counts = (mover: Mover, unit: Unit, subject: string) => weighs(roll, mover, kind, unit.stage, subject)
  table.options.forEach((option, at) => {
    const mover = roll.movers[option.mover]!
    const own = table.own[option.mover]!
    if (counts(mover, own.unit, own.subject)) out[flows.unitOf.get(own.unit)!]!.add(columns[at]!)
    if (counts(mover, option.post.unit, option.post.subject))
      into[flows.unitOf.get(option.post.unit)!]!.add(columns[at]!)
  })
  return { into: into.map((sum) => builder.partial(sum)), out: out.map((sum) => builder.partial(sum)) }
}
