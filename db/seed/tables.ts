/** Whole-number tables with given sums of rows and columns, near to proportional. */
import { apportion, type Random } from './random.ts'

/**
 * @param rows sums of the rows @param columns sums of the columns; both add up to the same
 * @param spread 0.1 lets a cell's share wander 10 % either way before rounding
 */
export function fillTable(random: Random, rows: readonly number[], columns: readonly number[], spread = 0): number[][] {
  const total = rows.reduce((a, b) => a + b, 0)
  if (total !== columns.reduce((a, b) => a + b, 0)) throw new RangeError('rows and columns differ in sum')
  const wanted = rows.map((row) =>
    columns.map((column) => ((row * column) / (total || 1)) * (1 - spread + 2 * spread * random.next())),
  )
  const table = rows.map(() => columns.map(() => 0))
  columns.forEach((column, c) => {
    const shares = apportion(
      column,
      wanted.map((row) => row[c]!),
    )
    shares.forEach((share, r) => {
      table[r]![c] = share
    })
  })
  const surplus = rows.map((row, r) => table[r]!.reduce((a, b) => a + b, 0) - row)
  for (;;) {
    const over = surplus.findIndex((value) => value > 0)
    if (over < 0) return table
    const under = surplus.findIndex((value) => value < 0)
    const column = bestMove(table, wanted, over, under)
    table[over]![column]!--
    table[under]![column]!++
    surplus[over]!--
    surplus[under]!++
  }
}

/** The column whose unit is least missed in one row and most wanted in the other. */
function bestMove(table: number[][], wanted: number[][], over: number, under: number): number {
  let best = -1
  let gain = Number.NEGATIVE_INFINITY
  table[over]!.forEach((have, c) => {
    if (have === 0) return
    const value = have - wanted[over]![c]! - (table[under]![c]! - wanted[under]![c]!)
    if (value > gain) {
      gain = value
      best = c
    }
  })
  return best
}
