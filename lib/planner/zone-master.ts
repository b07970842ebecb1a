import type { Plan } from './certificate/plan.ts'
import { type SparseModel, Sum } from './model/matrix.ts'
import { HighsModel, type highsRuntime } from './solver/highs.ts'

/** A plan of one zone, and what it adds to the level and to each rule of the round. */
export interface Offer {
  plan: Plan
  /** To be as small as possible. */
  cost: number
  onRows: number[]
}

/** Chooses one offer of each zone so that the rules of the round hold: offers are columns, rules and zones are rows. */
export class ZoneMaster {
  private readonly offers: { zone: number; offer: Offer }[]
  private readonly sparse: SparseModel
  private readonly cost = new Sum()

  constructor(
    private readonly runtime: Awaited<ReturnType<typeof highsRuntime>>,
    private readonly rows: readonly { lower: number; upper: number }[],
    zones: readonly (readonly Offer[])[],
  ) {
    this.offers = zones.flatMap((offers, zone) => offers.map((offer) => ({ zone, offer })))
    const lines = [
      ...rows.map(({ lower, upper }, row) => ({
        of: this.offers.map(({ offer }) => offer.onRows[row]!),
        lower,
        upper,
      })),
      ...zones.map((_, at) => ({ of: this.offers.map(({ zone }) => (zone === at ? 1 : 0)), lower: 1, upper: 1 })),
    ]
    const starts = [0]
    const indices: number[] = []
    const values: number[] = []
    for (const { of } of lines) {
      of.forEach((value, column) => {
        if (value === 0) return
        indices.push(column)
        values.push(value)
      })
      starts.push(indices.length)
    }
    this.offers.forEach(({ offer }, column) => {
      this.cost.add(column, offer.cost)
    })
    this.sparse = {
      columns: {
        lower: new Float64Array(this.offers.length),
        upper: new Float64Array(this.offers.length).fill(1),
        integer: new Uint8Array(this.offers.length).fill(1),
      },
      rows: {
        lower: Float64Array.from(lines, ({ lower }) => lower),
        upper: Float64Array.from(lines, ({ upper }) => upper),
      },
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    }
  }

  /** What one more of each rule's bound is worth while offers may be mixed; null when the time is over. */
  prices(seconds: number): number[] | null {
    const run = this.with({ relaxed: true }, (highs) => highs.runRelaxed(seconds))
    return run.status === 'optimal' ? [...run.rowPrices.subarray(0, this.rows.length)] : null
  }

  /** The best choice found in the time; null when there is none. */
  choose(seconds: number): Offer[] | null {
    const { values } = this.with({}, (highs) => highs.run(seconds))
    if (!values) return null
    const chosen: Offer[] = []
    this.offers.forEach(({ zone, offer }, column) => {
      if (values[column]! > 0.5) chosen[zone] = offer
    })
    return chosen
  }

  private with<T>(settings: { relaxed?: boolean }, work: (highs: HighsModel) => T): T {
    const highs = new HighsModel(this.runtime, this.sparse, settings)
    try {
      highs.objective(this.cost, 'min')
      return work(highs)
    } finally {
      highs.dispose()
    }
  }
}
