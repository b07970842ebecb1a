/** A sum of columns with whole coefficients. */
export class Sum {
  readonly terms = new Map<number, number>()

  add(column: number, coefficient = 1): this {
    const next = (this.terms.get(column) ?? 0) + coefficient
    if (next === 0) this.terms.delete(column)
    else this.terms.set(column, next)
    return this
  }

  addSum(other: Sum, factor = 1): this {
    for (const [column, coefficient] of other.terms) this.add(column, coefficient * factor)
    return this
  }

  get size(): number {
    return this.terms.size
  }
}

export interface SparseModel {
  columns: { lower: Float64Array; upper: Float64Array; integer: Uint8Array }
  rows: { lower: Float64Array; upper: Float64Array }
  /** Row-wise: starts per row, columns ascending within a row. */
  starts: Int32Array
  indices: Int32Array
  values: Float64Array
}

/** Grows a mixed-integer model column by column and row by row; order of calls is the order of the model. */
export class ModelBuilder {
  readonly lower: number[] = []
  readonly upper: number[] = []
  private readonly integer: number[] = []
  private readonly rowLower: number[] = []
  private readonly rowUpper: number[] = []
  private readonly starts: number[] = [0]
  private readonly indices: number[] = []
  private readonly values: number[] = []

  /** `partialSums` gives sums used more than once a column of their own: a third of the nonzeros on a district. */
  constructor(readonly partialSums: boolean) {}

  column(lower: number, upper: number, integer: boolean): number {
    this.lower.push(lower)
    this.upper.push(upper)
    this.integer.push(integer ? 1 : 0)
    return this.lower.length - 1
  }

  row(sum: Sum, lower: number, upper: number): number {
    const terms = [...sum.terms].sort((a, b) => a[0] - b[0])
    for (const [column, coefficient] of terms) {
      this.indices.push(column)
      this.values.push(coefficient)
    }
    this.starts.push(this.indices.length)
    this.rowLower.push(lower)
    this.rowUpper.push(upper)
    return this.rowLower.length - 1
  }

  /** A sum under a name of its own, when it has more than one term. */
  partial(sum: Sum): Sum {
    if (!this.partialSums || sum.size < 2) return sum
    let most = 0
    for (const [column, coefficient] of sum.terms) most += coefficient * this.upper[column]!
    const column = this.column(0, most, false)
    this.row(new Sum().addSum(sum).add(column, -1), 0, 0)
    return new Sum().add(column)
  }

  /** The column `partial` would make, without its row: keeps the places of later columns the same. */
  reserve(sum: Sum): void {
    if (this.partialSums && sum.size >= 2) this.column(0, 0, false)
  }

  get columnCount(): number {
    return this.lower.length
  }

  finish(): SparseModel {
    // A model without columns has no solution status at all; one that is always 0 changes nothing.
    if (this.lower.length === 0) this.column(0, 0, false)
    return {
      columns: {
        lower: Float64Array.from(this.lower),
        upper: Float64Array.from(this.upper),
        integer: Uint8Array.from(this.integer),
      },
      rows: { lower: Float64Array.from(this.rowLower), upper: Float64Array.from(this.rowUpper) },
      starts: Int32Array.from(this.starts),
      indices: Int32Array.from(this.indices),
      values: Float64Array.from(this.values),
    }
  }
}
