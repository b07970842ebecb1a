import { LEVELS, type PlanInstance, type PlanLevel } from '@/lib/rules/planner/format.ts'
import { type Plan, planValues } from './certificate/plan.ts'
import { type Piece, spansMet, splitModel } from './decompose.ts'
import { buildModel, type PlanModel } from './model/build.ts'
import { Sum } from './model/matrix.ts'
import type { ProvenStart, SolveHooks, SolveOptions } from './search-terms.ts'
import { solveLevels } from './solve-levels.ts'
import { highsRuntime } from './solver/highs.ts'
import { ZonePrices } from './zone-prices.ts'
import { inWhole, type Zone } from './zone-solvers.ts'

/** The two levels that are sums over zones whatever the round as a whole asks for. */
const ZONE_LEVELS = 2
/** Shares of the time limit: up to when the first two levels must be done, and the levels by prices. */
const FIRST_SHARE = 0.5
const PRICE_SHARE = 0.8

/** A zone that, its spread and shortage being best, sends as few or as many people as it can. */
function sending(piece: Piece, sense: 'min' | 'max'): PlanModel {
  const { model } = piece
  const heads = new Sum()
  for (const column of model.columns) heads.add(column)
  const nothing = () => ({ sum: new Sum(), constant: 0, sense: 'min' as const, atRest: new Map<number, number>() })
  return {
    ...model,
    objectives: [
      ...model.objectives.slice(0, ZONE_LEVELS),
      { sum: heads, constant: 0, sense, atRest: new Map() },
      nothing(),
      nothing(),
    ],
    values: (plan) => {
      let sent = 0
      for (const n of plan.values()) sent += n
      return [...planValues(model, plan).slice(0, ZONE_LEVELS), sent, 0, 0]
    },
  }
}

const headsOf = (plan: Plan): number => [...plan.values()].reduce((sum, n) => sum + n, 0)

/**
 * Each zone with as few people moving as its best in levels 1 and 2 allows, and again with as many; zones then change from
 * the one to the other until the rules that span the round are met. The sum is the proven optimum of both levels.
 * @returns null when a zone has no plan, the time is over, or no mixture meets the rules
 */
async function firstLevels(
  model: PlanModel,
  left: () => number,
  elapsed: () => number,
  hooks: SolveHooks,
): Promise<{ zones: Zone[]; values: number[] } | null> {
  const zones: Zone[] = []
  for (const piece of splitModel(model).filter(({ options }) => options.length > 0)) {
    const zone: Zone = { piece, held: [], fixes: [], plans: [] }
    hooks.news?.({ level: 1, name: 'slack', bound: null, incumbent: null, gap: null, elapsed: elapsed() })
    for (const sense of ['min', 'max'] as const) {
      if (left() <= 0) return null
      const stop = hooks.stop ? { stop: hooks.stop } : {}
      const solved = await solveLevels(sending(piece, sense), { timeLimit: left() }, stop)
      if (solved.kind !== 'plan' || solved.levels.slice(0, ZONE_LEVELS).some(({ status }) => status !== 'optimal'))
        return null
      zone.plans.push(new Map([...solved.plan].map(([at, n]) => [piece.options[at]!, n])))
      // The whole is at its best only when every zone is: what holds in one zone holds in the round.
      if (sense === 'max') continue
      for (const { level, value } of solved.levels.slice(0, ZONE_LEVELS)) {
        const { sum, constant } = piece.model.objectives[level - 1]!
        if (sum.size > 0) zone.held.push({ sum, upper: value - constant })
      }
      for (const step of solved.fixed) if (step.at < ZONE_LEVELS) zone.fixes.push(...step.fixes)
    }
    zones.push(zone)
  }
  // The zones that can send most more change first; each change is tested against all four rules.
  const order = zones
    .map((zone) => ({ zone, more: headsOf(zone.plans[1]!) - headsOf(zone.plans[0]!) }))
    .sort((a, b) => b.more - a.more)
  const union = () => new Map(zones.flatMap(({ plans }) => [...plans[0]!]))
  for (const { zone } of order) {
    if (spansMet(model, union())) break
    zone.plans.reverse()
  }
  return spansMet(model, union()) ? { zones, values: planValues(model, union()) } : null
}

/**
 * Zone by zone (planner.md §13): levels 1 and 2 are sums over zones; levels 3–5 follow from prices on the rules that span
 * the round (`ZonePrices`), as far as plan and bound meet. Whatever stays open is left to a search over the whole.
 * @param model of the round; options and columns are those of the same round without the rules that span it
 * @returns null when a zone has no plan, the time is over, or no mixture meets the rules: the round is solved as one then
 */
export async function solveZones(
  instance: PlanInstance,
  model: PlanModel,
  options: Pick<SolveOptions, 'timeLimit'> = {},
  hooks: SolveHooks = {},
): Promise<ProvenStart | null> {
  const apart = buildModel(instance, { spans: false })
  // A row without columns is built only when it cannot be kept (a lock no place fits): there is no plan.
  const { starts } = apart.sparse
  if (starts.some((start, row) => row > 0 && start === starts[row - 1])) return null
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  const left = (share: number) => () => (options.timeLimit === undefined ? 1e9 : options.timeLimit * share - elapsed())
  const first = await firstLevels(apart, left(FIRST_SHARE), elapsed, hooks)
  if (!first) return null
  const { zones, values } = first
  const levels = LEVELS.slice(0, ZONE_LEVELS).map(({ level, name, sense }, at): PlanLevel => {
    const value = values[at]!
    const seconds = at === 0 ? Math.round(elapsed() * 100) / 100 : 0
    return { level, name, sense, value, bound: value, gap: 0, status: 'optimal', seconds, nodes: 0 }
  })
  for (const level of levels) hooks.level?.(level)
  const prices = new ZonePrices(await highsRuntime(), model, zones, left(PRICE_SHARE), elapsed, hooks)
  try {
    hooks.plan?.(prices.plan, values, ZONE_LEVELS)
    prices.solve(ZONE_LEVELS)
  } finally {
    prices.dispose()
  }
  return {
    plan: prices.plan,
    levels: [...levels, ...prices.levels],
    bound: prices.bound,
    rows: [
      ...zones.flatMap(({ piece, held }) =>
        held.map(({ sum, upper }) => ({ sum: inWhole(piece, sum), lower: Number.NEGATIVE_INFINITY, upper })),
      ),
      ...prices.held,
    ],
    fixes: zones.flatMap(({ piece, fixes }) =>
      fixes.map(([column, value]): [number, number] => [piece.columns[column]!, value]),
    ),
  }
}
