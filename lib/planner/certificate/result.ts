import {
  PLAN_FORMAT,
  type PlanFlow,
  type PlanInstance,
  type PlanLevel,
  type PlanMove,
  type SolvedPlan,
  type WhyNotCode,
} from '@/lib/rules/planner/format.ts'
import type { PlanModel } from '../model/build.ts'
import type { OptionTable } from '../model/options.ts'
import type { Roll } from '../model/roll.ts'
import { findChains } from './chains.ts'
import { planCounts, planEquity } from './figures.ts'
import type { Plan } from './plan.ts'

export const SOLVER = { name: 'HiGHS', version: '1.15.3', via: 'highs (WebAssembly)' } as const

type Placed = Pick<PlanModel, 'roll' | 'table'>

/** The plan as lines of the format: people singly, groups as flows, sorted by id and place. */
export function planLines({ roll, table }: Placed, plan: Plan): { moves: PlanMove[]; flows: PlanFlow[] } {
  const moves: PlanMove[] = []
  const flows: PlanFlow[] = []
  for (const at of [...plan.keys()].sort((a, b) => a - b)) {
    const { mover, post, rank, hm } = table.options[at]!
    const { id, single } = roll.movers[mover]!
    const place = { to: roll.schools[post.school]!.id, stage: post.unit.stage, subject: post.subject }
    if (single) moves.push({ teacher: id, ...place, rank, hm })
    else flows.push({ group: id, ...place, n: plan.get(at)!, hm })
  }
  return { moves, flows }
}

/** Why each person listed singly stays, first that fits: not eligible, stays, host, no post, not chosen. */
function whyNot(instance: PlanInstance, roll: Roll, table: OptionTable, plan: Plan): Record<string, WhyNotCode> {
  const going = new Set([...plan.keys()].map((at) => table.options[at]!.mover))
  const at = new Map(roll.movers.map((mover, index) => [mover.id, index]))
  const stays = new Set(instance.stays)
  const codes: [string, WhyNotCode][] = []
  for (const { id, host } of instance.teachers) {
    const index = at.get(id)
    if (index === undefined) codes.push([id, 'NOT_ELIGIBLE'])
    else if (going.has(index)) continue
    else if (stays.has(id)) codes.push([id, 'STAYS'])
    else if (host) codes.push([id, 'HOST'])
    else codes.push([id, table.of[index]!.length === 0 ? 'NO_POST' : 'NOT_CHOSEN'])
  }
  return Object.fromEntries(codes.sort((a, b) => (a[0] < b[0] ? -1 : 1)))
}

export interface Stated {
  instanceSha256: string
  levels: PlanLevel[]
  status: 'optimal' | 'feasible'
}

/** The certificate of a plan (planner.md §6). */
export function certify(
  instance: PlanInstance,
  model: Placed & Partial<Pick<PlanModel, 'size'>>,
  plan: Plan,
  stated: Stated,
): SolvedPlan {
  const { roll, table } = model
  const { moves, flows } = planLines(model, plan)
  const people = new Map(roll.movers.map((mover) => [mover.id, mover.person]))
  const chainMoves = moves.map((move) => {
    const person = people.get(move.teacher)!
    return {
      teacher: move.teacher,
      from: `${person.school}/${person.stage}/${person.subject}`,
      to: `${move.to}/${move.stage}/${move.subject}`,
      wished: move.rank > 0,
    }
  })
  return {
    format: PLAN_FORMAT,
    kind: 'result',
    instance: instance.name,
    instance_sha256: stated.instanceSha256,
    solver: SOLVER,
    ...(model.size ? { model: model.size } : {}),
    status: stated.status,
    levels: stated.levels,
    moves,
    flows,
    counts: planCounts(model, plan),
    equity: planEquity(model, plan),
    why_not: whyNot(instance, roll, table, plan),
    chains: findChains(chainMoves),
  }
}
