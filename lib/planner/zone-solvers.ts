import { type Plan, planOf } from './certificate/plan.ts'
import type { Piece } from './decompose.ts'
import { type PlanModel, SPANS } from './model/build.ts'
import { Sum } from './model/matrix.ts'
import type { HeldRow } from './search-terms.ts'
import { HighsModel, type highsRuntime } from './solver/highs.ts'

/** Prices are whole sixteenths, so that what a plan is worth at them is a whole number and sums are exact. */
export const GRAIN = 16

/** A zone with its first two levels held, its columns its own. */
export interface Zone {
  piece: Piece
  held: { sum: Sum; upper: number }[]
  fixes: [column: number, value: number][]
  /** Plans known so far, in options of the round; the first is the one chosen. */
  plans: Plan[]
}

/** A level as the zones are asked for it: least of `sign` times its sum, less what the round's rules cost at the prices. */
export interface Asked {
  cost: Sum
  /** −1 where the level is to be as large as possible. */
  sign: 1 | -1
  /** In sixteenths, one for each rule of the round. */
  prices: readonly number[]
}

/** The zones of a round, each in a solver of its own, and the rules that bind them together. */
export class ZoneSolvers {
  readonly rules: HeldRow[]
  private readonly solvers: HighsModel[]
  /** Column of the round → column of its zone. */
  private readonly places: Map<number, number>[]

  constructor(
    runtime: Awaited<ReturnType<typeof highsRuntime>>,
    private readonly model: PlanModel,
    private readonly zones: readonly Zone[],
  ) {
    this.rules = model.ruleRows.filter(({ rule, sum }) => SPANS.has(rule) && sum.size > 0)
    this.places = zones.map(({ piece }) => new Map(piece.columns.map((column, at) => [column, at])))
    this.solvers = zones.map(({ piece, held, fixes }) => {
      const highs = new HighsModel(runtime, piece.model.sparse)
      for (const [column, value] of fixes) highs.columnBounds(column, value, value)
      for (const { sum, upper } of held) highs.hold(sum, Number.NEGATIVE_INFINITY, upper)
      return highs
    })
  }

  dispose(): void {
    for (const highs of this.solvers) highs.dispose()
  }

  /** What a plan adds to a sum over options. */
  worth(sum: Sum, plan: Plan): number {
    let total = 0
    for (const [option, n] of plan) total += n * (sum.terms.get(this.model.columns[option]!) ?? 0)
    return total
  }

  /** What a plan is worth at the prices, in sixteenths. */
  worthAt({ cost, sign, prices }: Asked, plan: Plan): number {
    return prices.reduce(
      (total, price, row) => (price === 0 ? total : total - price * this.worth(this.rules[row]!.sum, plan)),
      GRAIN * sign * this.worth(cost, plan),
    )
  }

  /** What the rules themselves are worth at the prices: with the zones' least together a bound of the round. */
  rulesAt(prices: readonly number[]): number {
    return prices.reduce((total, price, row) => {
      const { lower, upper } = this.rules[row]!
      return price === 0 ? total : total + price * (price > 0 ? lower : upper)
    }, 0)
  }

  /** Prices in whole sixteenths; one on a side that is open is nothing. */
  rounded(prices: readonly number[]): number[] {
    return prices.map((price, row) => {
      const { lower, upper } = this.rules[row]!
      const whole = Math.round(price * GRAIN)
      return Number.isFinite(whole > 0 ? lower : upper) ? whole : 0
    })
  }

  private sumAt({ cost, sign, prices }: Asked, zone: number): Sum {
    const sum = new Sum()
    const add = ({ terms }: Sum, factor: number) => {
      for (const [column, coefficient] of terms) {
        const own = this.places[zone]!.get(column)
        if (own !== undefined) sum.add(own, factor * coefficient)
      }
    }
    add(cost, GRAIN * sign)
    prices.forEach((price, row) => {
      if (price !== 0) add(this.rules[row]!.sum, -price)
    })
    return sum
  }

  /**
   * The zone's best plan at the prices, and what no plan of it can be worth less than.
   * @returns null when the time ends before there is one
   */
  answer(asked: Asked, zone: number, seconds: number, stop?: () => boolean): { plan: Plan; least: number } | null {
    const highs = this.solvers[zone]!
    const { piece } = this.zones[zone]!
    highs.objective(this.sumAt(asked, zone), 'min')
    const run = highs.run(seconds, stop ? { stop } : {})
    if (!run.values || run.bound === null) return null
    const own = planOf(piece.model.columns, run.values)
    const plan: Plan = new Map([...own].map(([option, n]) => [piece.options[option]!, n]))
    // Values are whole numbers: a bound within one of the value is the value.
    return { plan, least: Math.min(this.worthAt(asked, plan), Math.ceil(run.bound - 1e-3)) }
  }

  /** From now on the zone keeps within a limit at these prices; the row in columns of the round. */
  hold(asked: Asked, zone: number, limit: number): HeldRow {
    const sum = this.sumAt(asked, zone)
    this.solvers[zone]!.hold(sum, Number.NEGATIVE_INFINITY, limit)
    return { sum: inWhole(this.zones[zone]!.piece, sum), lower: Number.NEGATIVE_INFINITY, upper: limit }
  }
}

/** A zone's sum in columns of the round. */
export function inWhole({ columns }: Piece, sum: Sum): Sum {
  const whole = new Sum()
  for (const [column, coefficient] of sum.terms) whole.add(columns[column]!, coefficient)
  return whole
}
