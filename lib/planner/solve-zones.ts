import { type Plan, planValues } from './certificate/plan.ts'
import { type Piece, spansMet, splitModel } from './decompose.ts'
import type { PlanModel } from './model/build.ts'
import { Sum } from './model/matrix.ts'
import type { HeldRow, ProvenStart, SolveHooks, SolveOptions } from './search-terms.ts'
import { solveLevels } from './solve-levels.ts'

/** The two levels that are sums over zones whatever the round as a whole asks for. */
const ZONE_LEVELS = 2

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

/** A zone's level held at its best, in columns of the whole. */
function heldRow({ model, columns }: Piece, at: number, value: number): HeldRow {
  const { sum, constant } = model.objectives[at]!
  const whole = new Sum()
  for (const [column, coefficient] of sum.terms) whole.add(columns[column]!, coefficient)
  return { sum: whole, lower: Number.NEGATIVE_INFINITY, upper: value - constant }
}

const headsOf = (plan: Plan): number => [...plan.values()].reduce((sum, n) => sum + n, 0)

/**
 * Zone by zone (planner.md §13): without the four rules that span the round, levels 1 and 2 are sums over zones. Each zone
 * is solved with as few people moving as its best allows, and again with as many; zones then change from the one to the
 * other until the round's quotas are met. The sum is the proven optimum of both levels.
 * @param model built without the rules that span the round; options in the order of the whole model
 * @returns null when a zone has no plan, the time is over, or no mixture meets the quotas: the round is solved as one then
 */
export async function solveZones(
  model: PlanModel,
  options: SolveOptions,
  hooks: Pick<SolveHooks, 'stop' | 'news'> = {},
): Promise<ProvenStart | null> {
  // A row without columns is built only when it cannot be kept (a lock no place fits): there is no plan.
  const { starts } = model.sparse
  if (starts.some((start, row) => row > 0 && start === starts[row - 1])) return null
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  const pieces = splitModel(model).filter((piece) => piece.options.length > 0)
  const rows: HeldRow[] = []
  const fixes: ProvenStart['fixes'] = []
  const variants: { few: Plan; many: Plan }[] = []
  const whole = (piece: Piece, plan: Plan): Plan => new Map([...plan].map(([at, n]) => [piece.options[at]!, n]))
  for (const piece of pieces) {
    hooks.news?.({ level: 1, name: 'slack', bound: null, incumbent: null, gap: null, elapsed: elapsed() })
    const found: Plan[] = []
    for (const sense of ['min', 'max'] as const) {
      const timeLimit = options.timeLimit === undefined ? undefined : options.timeLimit / 2 - elapsed()
      if (timeLimit !== undefined && timeLimit <= 0) return null
      const solved = await solveLevels(
        sending(piece, sense),
        timeLimit === undefined ? {} : { timeLimit },
        hooks.stop ? { stop: hooks.stop } : {},
      )
      if (solved.kind !== 'plan' || solved.levels.slice(0, ZONE_LEVELS).some((level) => level.status !== 'optimal'))
        return null
      found.push(whole(piece, solved.plan))
      // The whole is at its best only when every zone is: what holds in one zone holds in the round.
      if (sense === 'max') continue
      for (const { level, value } of solved.levels.slice(0, ZONE_LEVELS)) {
        const row = heldRow(piece, level - 1, value)
        if (row.sum.size > 0) rows.push(row)
      }
      for (const step of solved.fixed)
        if (step.at < ZONE_LEVELS) for (const [column, value] of step.fixes) fixes.push([piece.columns[column]!, value])
    }
    variants.push({ few: found[0]!, many: found[1]! })
  }
  const chosen = variants.map((variant) => variant.few)
  const union = () => new Map(chosen.flatMap((plan) => [...plan]))
  // The zones that can send most more change first; each change is tested against all four rules.
  const order = variants
    .map(({ few, many }, at) => ({ at, more: headsOf(many) - headsOf(few) }))
    .sort((a, b) => b.more - a.more || a.at - b.at)
  for (const { at } of order) {
    if (spansMet(model, union())) break
    chosen[at] = variants[at]!.many
  }
  const plan = union()
  if (!spansMet(model, plan)) return null
  const zones = pieces.map((piece) => piece.columns)
  return { plan, levels: ZONE_LEVELS, seconds: elapsed(), rows, fixes, zones }
}
