import type { Plan } from '../certificate/plan.ts'
import type { PlanModel } from './build.ts'

/**
 * Does a plan keep every row of the model? Partial sums and the columns of objectives follow from the options, so the
 * rules are written once more over the options alone.
 */
export function isPlan(model: Pick<PlanModel, 'columns' | 'ruleRows' | 'roll' | 'table'>, plan: Plan): boolean {
  const { roll, table, columns, ruleRows } = model
  const values = new Map<number, number>()
  const sent = new Array<number>(roll.movers.length).fill(0)
  for (const [at, n] of plan) {
    values.set(columns[at]!, n)
    sent[table.options[at]!.mover]! += n
  }
  if (sent.some((n, mover) => n > roll.movers[mover]!.n)) return false
  return ruleRows.every((row) => {
    let sum = 0
    for (const [column, coefficient] of row.sum.terms) sum += coefficient * (values.get(column) ?? 0)
    return sum >= row.lower && sum <= row.upper
  })
}
