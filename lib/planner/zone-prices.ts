import { LEVELS, type PlanLevel } from '@/lib/rules/planner/format.ts'
import { type Plan, planValues } from './certificate/plan.ts'
import type { PlanModel } from './model/build.ts'
import { isPlan } from './model/holds.ts'
import type { HeldRow, SolveHooks } from './search-terms.ts'
import type { highsRuntime } from './solver/highs.ts'
import { type Offer, ZoneMaster } from './zone-master.ts'
import { type Asked, GRAIN, type Zone, ZoneSolvers } from './zone-solvers.ts'

/** Turns of one level; each solves every zone once. Ten districts take one to eight. */
const MOST_TURNS = 60
/** How long the best choice among the offers may be looked for, in seconds. */
const CHOICE_SECONDS = 20

/** The best prices so far: what each zone is worth at least at them, and with the rules the bound of the round, in sixteenths. */
interface Best {
  prices: number[]
  least: number[]
  bound: number
}

/** How a level ended: proven, or as near as the prices came. */
interface Priced extends Best {
  offers: Offer[][]
  chosen: Offer[]
}

const union = (plans: readonly Plan[]): Plan => new Map(plans.flatMap((plan) => [...plan]))
const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)
const costOf = (chosen: readonly Offer[]) => total(chosen.map(({ cost }) => cost))
const isMet = ({ bound, chosen }: Pick<Priced, 'bound' | 'chosen'>) => costOf(chosen) <= Math.ceil(bound / GRAIN)

/**
 * Levels 3–5 of a round whose zones share nothing but the rules that span it (planner.md §13): Dantzig and Wolfe's
 * decomposition. A price on each such rule lets every zone be solved alone; what the zones can reach at the prices bounds
 * the round, and a choice of one plan from each zone makes the round's plan. Prices follow from the choice until plan and
 * bound meet. A zone can then lose no more than what lies between them: that holds in the zone alone, and makes the next
 * level small.
 */
export class ZonePrices {
  /** Levels proven here, rows that hold them, and the bound of the level left open. */
  readonly levels: PlanLevel[] = []
  readonly held: HeldRow[] = []
  bound: number | null = null
  plan: Plan
  private readonly solvers: ZoneSolvers

  constructor(
    private readonly runtime: Awaited<ReturnType<typeof highsRuntime>>,
    private readonly model: PlanModel,
    private readonly zones: readonly Zone[],
    private readonly left: () => number,
    private readonly elapsed: () => number,
    private readonly hooks: SolveHooks,
  ) {
    this.solvers = new ZoneSolvers(runtime, model, zones)
    this.plan = union(zones.map(({ plans }) => plans[0]!))
  }

  dispose(): void {
    this.solvers.dispose()
  }

  /** From this level on as far as plan and bound meet; the plan is the best found, whatever the end. */
  solve(from: number): void {
    for (let at = from; at < LEVELS.length; at++) {
      const began = performance.now()
      const priced = this.level(at)
      const plan = union(priced.chosen.map((offer) => offer.plan))
      const value = this.inLevel(at, costOf(priced.chosen))
      // Sums of offers say so already; a plan is handed on only when every rule says so too.
      if (!isPlan(this.model, plan) || planValues(this.model, plan)[at] !== value) return
      this.plan = plan
      if (!isMet(priced)) {
        this.bound = this.boundOf(at, priced)
        return
      }
      const { level, name, sense } = LEVELS[at]!
      const seconds = Math.round((performance.now() - began) / 10) / 100
      this.levels.push({ level, name, sense, value, bound: value, gap: 0, status: 'optimal', seconds, nodes: 0 })
      this.hooks.level?.(this.levels.at(-1)!)
      this.hold(at, priced)
    }
  }

  private isOver = () => this.left() <= 0.01 || this.hooks.stop?.() === true
  private ask(at: number, prices: readonly number[]): Asked {
    const { sum, sense } = this.model.objectives[at]!
    return { cost: sum, sign: sense === 'max' ? -1 : 1, prices }
  }
  /** A cost to be made small, as the level's own value. */
  private inLevel(at: number, cost: number): number {
    const { constant, sense } = this.model.objectives[at]!
    return (sense === 'max' ? -cost : cost) + constant
  }
  private boundOf(at: number, { bound }: Best): number | null {
    return Number.isFinite(bound) ? this.inLevel(at, Math.ceil(bound / GRAIN)) : null
  }

  private offer({ cost, sign }: Asked, plan: Plan): Offer {
    const onRows = this.solvers.rules.map(({ sum }) => this.solvers.worth(sum, plan))
    return { plan, cost: sign * this.solvers.worth(cost, plan), onRows }
  }

  private level(at: number): Priced {
    const still = this.ask(
      at,
      this.solvers.rules.map(() => 0),
    )
    const offers = this.zones.map(({ plans }) => plans.map((plan) => this.offer(still, plan)))
    // Where nothing is counted everything is best
    const bound = still.cost.size === 0 ? 0 : Number.NEGATIVE_INFINITY
    const priced: Priced = {
      prices: [...still.prices],
      least: [],
      bound,
      offers,
      chosen: offers.map(([first]) => first!),
    }
    for (let turn = 0; turn < MOST_TURNS && !isMet(priced) && !this.isOver(); turn++) {
      const found = new ZoneMaster(this.runtime, this.solvers.rules, offers).prices(this.left())
      if (!found) break
      const wanted = this.solvers.rounded(found)
      // Every other turn halfway to the best so far: alone, prices swing from one end to the other.
      const isHalf = turn % 2 === 1
      const prices = isHalf ? wanted.map((price, row) => Math.round((price + priced.prices[row]!) / 2)) : wanted
      const isNew = this.answers(at, prices, priced)
      if (isNew && !isMet(priced)) this.choose(at, priced)
      this.tell(at, priced)
      if (!isNew && !isHalf) break
    }
    return priced
  }

  /** Asks every zone at the prices; true when one of them offers a plan not met before. */
  private answers(at: number, prices: number[], priced: Priced): boolean {
    const asked = this.ask(at, prices)
    const least: number[] = []
    let isNew = false
    for (const [zone, offers] of priced.offers.entries()) {
      const answer = this.isOver() ? null : this.solvers.answer(asked, zone, this.left(), this.hooks.stop)
      if (!answer) return isNew
      least.push(answer.least)
      if (offers.some(({ plan }) => isSame(plan, answer.plan))) continue
      offers.push(this.offer(asked, answer.plan))
      isNew = true
    }
    const bound = this.solvers.rulesAt(prices) + total(least)
    if (bound > priced.bound) Object.assign(priced, { prices, least, bound } satisfies Best)
    return isNew
  }

  private choose(at: number, priced: Priced): void {
    const master = new ZoneMaster(this.runtime, this.solvers.rules, priced.offers)
    const better = master.choose(Math.min(CHOICE_SECONDS, this.left()))
    if (!better || costOf(better) >= costOf(priced.chosen)) return
    priced.chosen = better
    const plan = union(better.map((offer) => offer.plan))
    this.hooks.plan?.(plan, planValues(this.model, plan), LEVELS[at]!.level)
  }

  private tell(at: number, priced: Priced): void {
    const { level, name } = LEVELS[at]!
    const incumbent = this.inLevel(at, costOf(priced.chosen))
    const bound = this.boundOf(at, priced)
    const gap = bound === null ? null : Math.abs(incumbent - bound)
    this.hooks.news?.({ level, name, bound, incumbent, gap, elapsed: this.elapsed() })
  }

  /** Holds a proven level: over the round, and in each zone by what lies between its least and the value. */
  private hold(at: number, { chosen, offers, prices, least, bound }: Priced): void {
    const { sum, constant, sense } = this.model.objectives[at]!
    if (sum.size === 0) return
    const asked = this.ask(at, prices)
    const room = GRAIN * costOf(chosen) - bound
    for (const [index, zone] of this.zones.entries()) {
      const limit = least[index]! + room
      this.held.push(this.solvers.hold(asked, index, limit))
      const { plan: kept } = chosen[index]!
      const others = offers[index]!.map(({ plan }) => plan).filter((plan) => plan !== kept)
      // What goes beyond is in no best plan any more
      zone.plans = [kept, ...others.filter((plan) => this.solvers.worthAt(asked, plan) <= limit)]
    }
    const value = this.inLevel(at, costOf(chosen)) - constant
    const row = {
      sum,
      lower: sense === 'max' ? value : Number.NEGATIVE_INFINITY,
      upper: sense === 'min' ? value : Number.POSITIVE_INFINITY,
    }
    this.solvers.rules.push(row)
    this.held.push(row)
  }
}

const isSame = (a: Plan, b: Plan): boolean => a.size === b.size && [...a].every(([option, n]) => b.get(option) === n)
