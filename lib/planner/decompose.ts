import { planCounts } from './certificate/figures.ts'
import { type Plan, planValues } from './certificate/plan.ts'
import type { PlanModel } from './model/build.ts'
import { type SparseModel, Sum } from './model/matrix.ts'
import type { Objective } from './model/objectives.ts'

/** A piece of the round that shares no row with the others, with the way back to the whole. */
export interface Piece {
  model: PlanModel
  /** Option of the piece → option of the whole. */
  options: number[]
  /** Column of the piece → column of the whole. */
  columns: number[]
}

/** Least number of columns worth a split: smaller rounds are solved as one faster than cut up. */
const LEAST_COLUMNS = 40_000

function find(parent: Int32Array, at: number): number {
  let root = at
  while (parent[root] !== root) root = parent[root]!
  while (parent[at] !== root) {
    const next = parent[at]!
    parent[at] = root
    at = next
  }
  return root
}

/** Columns that share a row belong together. */
function components({ columns, starts, indices }: SparseModel): { of: Int32Array; count: number } {
  const parent = Int32Array.from(columns.lower, (_, at) => at)
  for (let row = 0; row + 1 < starts.length; row++)
    for (let at = starts[row]! + 1; at < starts[row + 1]!; at++) {
      const [a, b] = [find(parent, indices[starts[row]!]!), find(parent, indices[at]!)]
      // The smaller column becomes the root, so that pieces come in the order of the model.
      if (a < b) parent[b] = a
      else parent[a] = b
    }
  const number = new Map<number, number>()
  const of = new Int32Array(parent.length)
  for (let at = 0; at < parent.length; at++) {
    const root = find(parent, at)
    if (!number.has(root)) number.set(root, number.size)
    of[at] = number.get(root)!
  }
  return { of, count: number.size }
}

/**
 * Splits a model built without the four rules that span the round (H5, H6, H10, H15) into pieces that share nothing:
 * zones, where moves stay inside them. Pieces without a choice are joined into the first.
 */
export function splitModel(model: PlanModel): Piece[] {
  const { sparse, columns, table, objectives } = model
  const { of, count } = components(sparse)
  const place = new Int32Array(of.length)
  const members: number[][] = Array.from({ length: count }, () => [])
  of.forEach((piece, column) => {
    place[column] = members[piece]!.length
    members[piece]!.push(column)
  })
  const rows: number[][] = Array.from({ length: count }, () => [])
  for (let row = 0; row + 1 < sparse.starts.length; row++) {
    const first = sparse.starts[row]!
    // A row without columns cannot be kept by any piece; the caller has refused the split.
    rows[first < sparse.starts[row + 1]! ? of[sparse.indices[first]!]! : 0]!.push(row)
  }
  const optionsOf: number[][] = Array.from({ length: count }, () => [])
  columns.forEach((column, option) => {
    optionsOf[of[column]!]!.push(option)
  })
  const still = planValues(model, new Map())
  const sums: Sum[][] = Array.from({ length: count }, () => objectives.map(() => new Sum()))
  objectives.forEach((objective, level) => {
    for (const [column, coefficient] of objective.sum.terms) sums[of[column]!]![level]!.add(place[column]!, coefficient)
  })
  return members.map((own, piece): Piece => {
    const pick = (from: Float64Array) => Float64Array.from(own, (column) => from[column]!)
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    for (const row of rows[piece]!) {
      for (let at = sparse.starts[row]!; at < sparse.starts[row + 1]!; at++) {
        indices.push(place[sparse.indices[at]!]!)
        values.push(sparse.values[at]!)
      }
      starts.push(indices.length)
    }
    const options = optionsOf[piece]!
    const small: SparseModel = {
      columns: {
        lower: pick(sparse.columns.lower),
        upper: pick(sparse.columns.upper),
        integer: Uint8Array.from(own, (column) => sparse.columns.integer[column]!),
      },
      rows: {
        lower: Float64Array.from(rows[piece]!, (row) => sparse.rows.lower[row]!),
        upper: Float64Array.from(rows[piece]!, (row) => sparse.rows.upper[row]!),
      },
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    }
    return {
      options,
      columns: own,
      model: {
        ...model,
        sparse: small,
        columns: options.map((option) => place[columns[option]!]!),
        table: { ...table, options: options.map((option) => table.options[option]!) },
        objectives: objectives.map((objective, level): Objective => {
          // A piece is worth what the whole is worth when nobody else moves, so that the same count serves both.
          let constant = still[level]!
          for (const [column, value] of objective.atRest)
            if (of[column] === piece) constant -= value * (objective.sum.terms.get(column) ?? 0)
          return { ...objective, constant, sum: sums[piece]![level]! }
        }),
        size: { ...model.size, columns: own.length, rows: rows[piece]!.length, nonzeros: indices.length },
      },
    }
  })
}

export const isWorthSplitting = (model: Pick<PlanModel, 'roll' | 'size'>): boolean =>
  model.roll.policy.zone_only && model.size.columns >= LEAST_COLUMNS

/** Does the sum of the pieces meet the rules that span the round? */
export function spansMet(model: Pick<PlanModel, 'roll' | 'table'>, plan: Plan): boolean {
  const { roll, table } = model
  const { R, RB, need_R, need_RB } = planCounts(model, plan)
  let moves = 0
  let forward = 0
  for (const [at, n] of plan) {
    const { mover, post } = table.options[at]!
    moves += n
    if (roll.schools[roll.movers[mover]!.home]!.sender && roll.schools[post.school]!.receiver) forward += n
  }
  const [n, d] = roll.policy.direction_rate
  return R >= need_R && RB >= need_RB && d * forward >= n * moves && moves <= roll.policy.max_moves
}
