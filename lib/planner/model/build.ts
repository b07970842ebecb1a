import type { PlanInstance } from '@/lib/rules/planner/format.ts'
import type { Plan } from '../certificate/plan.ts'
import { buildFlows } from './flows.ts'
import { ModelBuilder, type SparseModel, Sum } from './matrix.ts'
import { buildObjectives, type Objective } from './objectives.ts'
import { listOptions, type OptionTable } from './options.ts'
import { type Roll, readRoll } from './roll.ts'
import { chosenRow, type RuleRow, ruleRows } from './rows.ts'

export interface PlanModel {
  roll: Roll
  table: OptionTable
  /** Column of each option. */
  columns: number[]
  objectives: Objective[]
  /** The rules over the options alone, without partial sums: to test a plan that did not come from the solver. */
  ruleRows: RuleRow[]
  sparse: SparseModel
  /** Where the objectives are not the five of a round: what they are worth for a plan. */
  values?: (plan: Plan) => number[]
  size: { columns: number; integer: number; rows: number; nonzeros: number }
}

export interface BuildOptions {
  /** Off only to measure what the partial sums give. */
  partialSums?: boolean
  /** Off: without the rules that span the round (H5, H6, H10, H15), so that zones share no row. */
  spans?: boolean
  /** Somebody listed singly who has to go somewhere: what choosing them costs is asked this way. */
  mustMove?: string | undefined
}

/** Rules that span the round: no zone can keep them alone. */
export const SPANS: ReadonlySet<string> = new Set(['H5', 'H6', 'H10', 'H15'])

/** One integer column per option, and H1 for everybody with more than one. */
export function optionColumns(roll: Roll, table: OptionTable, builder: ModelBuilder): number[] {
  const columns = table.options.map((option) => builder.column(0, roll.movers[option.mover]!.n, true))
  table.of.forEach((mine, mover) => {
    if (mine.length < 2) return
    const sum = new Sum()
    for (const at of mine) sum.add(columns[at]!)
    builder.row(sum, Number.NEGATIVE_INFINITY, roll.movers[mover]!.n)
  })
  return columns
}

export function sizeOf(sparse: SparseModel): PlanModel['size'] {
  return {
    columns: sparse.columns.lower.length,
    integer: sparse.columns.integer.reduce((sum, one) => sum + one, 0),
    rows: sparse.rows.lower.length,
    nonzeros: sparse.indices.length,
  }
}

/** The mixed-integer model of H0–H16 and the five levels (planner.md §3, §4). */
export function buildModel(
  instance: PlanInstance,
  { partialSums = true, spans = true, mustMove }: BuildOptions = {},
): PlanModel {
  const roll = readRoll(instance)
  const table = listOptions(roll, false)
  const builder = new ModelBuilder(partialSums)
  const columns = optionColumns(roll, table, builder)
  const flows = buildFlows(roll, table, columns, builder, spans)
  const rows = ruleRows(roll, table, columns, flows).filter((row) => spans || !SPANS.has(row.rule))
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]!
    // H3 and H4 limit the same sum from two sides: one row.
    const next = rows[at + 1]
    const twin = row.rule === 'H3' && next?.rule === 'H4' && next.item === row.item
    const lower = twin ? next.lower : row.lower
    if (twin) at++
    const impossible = row.sum.size === 0 && (lower > 0 || row.upper < 0)
    if (row.sum.size > 0 || impossible) builder.row(row.sum, lower, row.upper)
  }
  const chosen = mustMove === undefined ? [] : [chosenRow(roll, table, columns, mustMove)]
  for (const row of chosen) builder.row(row.sum, row.lower, row.upper)
  const objectives = buildObjectives(roll, table, columns, flows, builder)
  const sparse = builder.finish()
  const bare = new ModelBuilder(false)
  const bareRows = ruleRows(roll, table, columns, buildFlows(roll, table, columns, bare))
  return { roll, table, columns, objectives, ruleRows: [...bareRows, ...chosen], sparse, size: sizeOf(sparse) }
}
