import type { PlanConflict, PlanInstance, Relaxation } from '@/lib/rules/planner/format.ts'
import { type Plan, planOf } from './certificate/plan.ts'
import { planLines } from './certificate/result.ts'
import { optionColumns } from './model/build.ts'
import { buildFlows } from './model/flows.ts'
import { ModelBuilder, Sum } from './model/matrix.ts'
import { listOptions, type OptionTable } from './model/options.ts'
import { type Roll, readRoll } from './model/roll.ts'
import { chosenRow, type RuleRow, ruleRows } from './model/rows.ts'
import { HighsModel, highsRuntime, type SolverSettings } from './solver/highs.ts'

/** Rules are tried in this order: those a bureau sets most freely first. H12 and H14 are tried one by one. */
const ORDER = ['H16', 'H15', 'H14', 'H13', 'H12', 'H11', 'H10', 'H9', 'H8', 'H7c', 'H7b', 'H7a', 'H6', 'H5', 'H4', 'H3']

/** A gap no plan exceeds: the first one found will do. */
const ANY_PLAN = 1e15

/** As in the search for a plan: interior point above this size. */
const INTERIOR_POINT_FROM = 5000

interface Elastic {
  roll: Roll
  table: OptionTable
  columns: number[]
  /** Slack columns of each row, with the rule's name in a conflict. */
  slacks: { column: number; row: RuleRow; name: string }[]
  builder: ModelBuilder
}

const nameOf = (row: RuleRow): string =>
  row.rule === 'H12' || row.rule === 'H14' ? `${row.rule}:${row.item}` : row.rule

/** The model with relief on every row and the shut options present: any set of rules can be switched on. */
function buildElastic(instance: PlanInstance, mustMove?: string): Elastic {
  const roll = readRoll(instance)
  const table = listOptions(roll, true)
  const builder = new ModelBuilder(true)
  const columns = optionColumns(roll, table, builder)
  const flows = buildFlows(roll, table, columns, builder)
  const slacks: Elastic['slacks'] = []
  for (const row of ruleRows(roll, table, columns, flows)) {
    const sum = new Sum().addSum(row.sum)
    const relief = (sign: 1 | -1) => {
      const column = builder.column(0, 1_000_000, true)
      sum.add(column, sign * row.step)
      slacks.push({ column, row, name: nameOf(row) })
    }
    if (Number.isFinite(row.lower)) relief(1)
    if (Number.isFinite(row.upper)) relief(-1)
    builder.row(sum, row.lower, row.upper)
  }
  // Who is asked about has to go: that is the question, not a rule to be relaxed.
  if (mustMove !== undefined) builder.row(chosenRow(roll, table, columns, mustMove).sum, 1, Number.POSITIVE_INFINITY)
  return { roll, table, columns, slacks, builder }
}

/** All rules of this instance by the names a conflict uses, in the order they are tried. */
function ruleNames({ table, slacks }: Elastic): string[] {
  const names = new Set(slacks.map((slack) => slack.name))
  for (const option of table.options) for (const rule of option.shut) names.add(rule)
  const place = (name: string) => ORDER.indexOf(name.split(':')[0]!)
  return [...names].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
}

/** Switches exactly these rules on; the others neither bind nor cost. */
function enforce({ roll, table, columns, slacks }: Elastic, highs: HighsModel, rules: ReadonlySet<string>): void {
  for (const { column, name } of slacks) highs.columnBounds(column, 0, rules.has(name) ? 0 : 1_000_000)
  table.options.forEach((option, at) => {
    if (option.shut.length === 0) return
    const open = !option.shut.some((rule) => rules.has(rule))
    highs.columnBounds(columns[at]!, 0, open ? roll.movers[option.mover]!.n : 0)
  })
}

/** What the plan breaks, as priced by the policy: slack of each row, and each move through a shut gate. */
function relaxationOf({ roll, table, slacks }: Elastic, values: Float64Array, plan: Plan): Relaxation[] {
  const broken = new Map<string, Relaxation>()
  for (const { column, row } of slacks) {
    const by = Math.round(values[column]!)
    if (by > 0) broken.set(`${row.rule} ${row.item}`, { rule: row.rule, item: row.item, by })
  }
  for (const [at, n] of plan) {
    const { mover, post, shut } = table.options[at]!
    const { id, single } = roll.movers[mover]!
    const item = single ? id : `${id}/${roll.schools[post.school]!.id}/${post.unit.stage}/${post.subject}`
    for (const rule of shut) broken.set(`${rule} ${item}`, { rule, item, by: n })
  }
  return [...broken.values()]
}

/** Names of the rules a solution of the elastic model breaks. */
function brokenBy({ table, columns, slacks }: Elastic, values: Float64Array): Set<string> {
  const broken = new Set<string>()
  for (const { column, name } of slacks) if (Math.round(values[column]!) > 0) broken.add(name)
  table.options.forEach((option, at) => {
    if (Math.round(values[columns[at]!]!) > 0) for (const rule of option.shut) broken.add(rule)
  })
  return broken
}

function repairPrice({ roll, table, columns, slacks }: Elastic): Sum {
  const price = new Sum()
  for (const { column, row } of slacks) price.add(column, roll.policy.relax_cost[row.rule])
  table.options.forEach((option, at) => {
    for (const rule of option.shut) price.add(columns[at]!, roll.policy.relax_cost[rule])
  })
  return price
}

/**
 * Why no plan exists (planner.md §8): a minimal set of rules found by leaving out one rule after another, which of them
 * alone gives way to a plan, and the cheapest repair with the plan it allows.
 */
export async function explainInfeasible(
  instance: PlanInstance,
  settings: SolverSettings = {},
  mustMove?: string,
): Promise<PlanConflict> {
  const elastic = buildElastic(instance, mustMove)
  const sparse = elastic.builder.finish()
  const interiorPoint = settings.interiorPoint ?? sparse.columns.lower.length > INTERIOR_POINT_FROM
  const runtime = await highsRuntime()
  const highs = new HighsModel(runtime, sparse, { ...settings, interiorPoint })
  const lp = new HighsModel(runtime, sparse, { ...settings, interiorPoint, relaxed: true })
  try {
    const all = ruleNames(elastic)
    /** Rules broken by each plan met so far: a set none of whose rules it breaks has a plan, without solving. */
    const met: Set<string>[] = []
    const isFeasible = (rules: ReadonlySet<string>): boolean => {
      if (met.some((broken) => [...broken].every((rule) => !rules.has(rule)))) return true
      enforce(elastic, lp, rules)
      lp.objective(new Sum(), 'min')
      if (lp.runRelaxed(1e9).status === 'infeasible') return false
      enforce(elastic, highs, rules)
      // Least relief of the rules left out: the plan found is then a plan for many other sets too.
      highs.objective(repairPrice(elastic), 'min')
      highs.absoluteGap(ANY_PLAN)
      const run = highs.run(1e9)
      if (run.values) met.push(brokenBy(elastic, run.values))
      return run.status !== 'infeasible'
    }
    const kept = new Set(all)
    for (const rule of all) {
      kept.delete(rule)
      if (isFeasible(kept)) kept.add(rule)
    }
    const rules = [...kept].reverse()
    const restores = rules.filter((rule) => isFeasible(new Set(all.filter((other) => other !== rule))))
    enforce(elastic, highs, new Set())
    highs.absoluteGap(0.99)
    highs.objective(repairPrice(elastic), 'min')
    const run = highs.run(1e9)
    if (!run.values || run.status !== 'optimal') throw new Error('the repair problem always has a plan')
    const plan = planOf(elastic.columns, run.values)
    const relaxation = relaxationOf(elastic, run.values, plan)
    const prices = instance.policy.relax_cost
    const cost = relaxation.reduce((sum, { rule, by }) => sum + prices[rule] * by, 0)
    const { moves, flows } = planLines(elastic, plan)
    return {
      rules,
      each_alone_restores: restores,
      relaxation,
      cost,
      bound: run.bound === null ? cost : Math.ceil(run.bound - 1e-3),
      moves,
      ...(flows.length > 0 ? { flows } : {}),
    }
  } finally {
    lp.dispose()
    highs.dispose()
  }
}
