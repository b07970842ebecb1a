import type { PlanInstance, PlanMove, SolvedPlan } from '@/lib/rules/planner/format.ts'
import { type ChainMove, findChains } from './certificate/chains.ts'
import { type PlanOptions, solvePlan } from './solve-plan.ts'

/** People who exchange schools: each goes to a school they wished, and every school gets as many as it gives. */
export interface ExchangeCycle {
  moves: (PlanMove & { from: string })[]
}

export interface Exchanges {
  cycles: ExchangeCycle[]
  /** Points of the wishes fulfilled. */
  points: number
  status: 'optimal' | 'feasible'
}

/**
 * The round as a search for exchanges alone (planner.md §10): only wished places, no school's head-count changes, and no
 * quota, shortage or spread asks for a move. Cover, room, hosts, shares of leaving, distance, forbids and stays hold.
 */
export function swapInstance(instance: PlanInstance): PlanInstance {
  const { policy } = instance
  return {
    ...instance,
    name: `${instance.name} exchanges`,
    policy: {
      ...policy,
      rate_total: [0, 1],
      rate_backbone: [0, 1],
      direction_rate: [0, 1],
      net_default: [0, 0],
      max_moves: Math.max(policy.max_moves, instance.teachers.length),
      indicators: policy.indicators.map((one) => ({ ...one, weight: 0 })),
      soft: { send: 0, shortage: 0 },
    },
    schools: instance.schools.map((school) => ({ ...school, net: null, send_target: 0, send_min: 0 })),
    teachers: instance.teachers.map((teacher) => ({ ...teacher, mode: 'wished' as const })),
    groups: [],
    locks: [],
  }
}

/** Cycles of a solved search (`swapInstance`), named by the people of the round it came from. */
export function exchangesFrom(instance: PlanInstance, result: SolvedPlan): Exchanges {
  const home = new Map(instance.teachers.map((teacher) => [teacher.id, teacher.school]))
  const moveOf = new Map(result.moves.map((move) => [move.teacher, { ...move, from: home.get(move.teacher)! }]))
  // Chains over schools, not posts: a swap may cross subjects where both schools have room.
  const steps: ChainMove[] = [...moveOf.values()].map(({ teacher, from, to }) => ({ teacher, from, to, wished: true }))
  return {
    cycles: findChains(steps).map((chain) => ({ moves: chain.teachers.map((id) => moveOf.get(id)!) })),
    points: result.levels.find((level) => level.name === 'wishes')?.value ?? 0,
    status: result.status,
  }
}

/** Finds the best set of exchanges (校际互换) over schools: most wishes, then shortest roads. */
export async function findExchanges(instance: PlanInstance, options: PlanOptions = {}): Promise<Exchanges> {
  const round = swapInstance(instance)
  const mayWish = round.teachers.some((one) => one.wishes.length > 0 && ['eligible', 'voluntary'].includes(one.status))
  if (!mayWish) return { cycles: [], points: 0, status: 'optimal' }
  const result = await solvePlan(round, '0'.repeat(64), options)
  if (result.status !== 'optimal' && result.status !== 'feasible') return { cycles: [], points: 0, status: 'feasible' }
  return exchangesFrom(instance, result)
}
