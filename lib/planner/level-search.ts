import { LEVELS, type PlanLevel } from '@/lib/rules/planner/format.ts'
import { type Plan, planOf, planValues } from './certificate/plan.ts'
import type { PlanModel } from './model/build.ts'
import { type Bounds, type Chain, holdLevel, relaxLevels, type Step, tighter, wholeBound } from './relaxed-chain.ts'
import type { LevelsOutcome, SolveHooks, SolveOptions } from './search-terms.ts'
import { HighsModel, type highsRuntime, type RunOutcome } from './solver/highs.ts'

/** Models larger than this are relaxed by interior point; smaller ones by simplex, which keeps its basis. */
const INTERIOR_POINT_FROM = 5000
/** How far a try that skips levels may search before a shorter one is made: nodes, and share of the time left. */
const TRY_NODES = 500
const TRY_SHARE = 0.25

/** One search through the five levels on one model; `solveLevels` is its door. */
export class LevelSearch {
  private readonly began = performance.now()
  private readonly levels: PlanLevel[] = []
  private best: Plan | null
  /** All columns of the best plan, where the solver gave them. */
  private bestValues: Float64Array | null = null
  /** Bounds as they stand, and the steps whose columns are fixed for good. */
  private readonly bounds: Bounds
  private readonly fixed: Step[] = []
  private readonly mip: HighsModel
  private readonly lp: HighsModel

  constructor(
    private readonly model: PlanModel,
    private readonly options: SolveOptions,
    private readonly hooks: SolveHooks,
    runtime: Awaited<ReturnType<typeof highsRuntime>>,
  ) {
    const interiorPoint = options.interiorPoint ?? model.size.columns > INTERIOR_POINT_FROM
    this.best = options.start ?? null
    const { lower, upper } = model.sparse.columns
    this.bounds = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) }
    this.mip = new HighsModel(runtime, model.sparse, { ...options, interiorPoint })
    this.lp = new HighsModel(runtime, model.sparse, { ...options, interiorPoint, relaxed: true })
  }

  private valuesOf(plan: Plan): number[] {
    return this.model.values?.(plan) ?? planValues(this.model, plan)
  }

  private elapsed = () => (performance.now() - this.began) / 1000
  /** Seconds of the whole run, what was proven elsewhere included. */
  private sinceStart = () =>
    this.elapsed() + (this.options.proven?.levels.reduce((sum, { seconds }) => sum + seconds, 0) ?? 0)
  private left = () => (this.options.timeLimit === undefined ? 1e9 : this.options.timeLimit - this.elapsed())
  private isOver = () => this.left() <= 0.01 || this.hooks.stop?.() === true

  dispose(): void {
    this.mip.dispose()
    this.lp.dispose()
  }

  /** Relaxed values from the first open level on; unbeatable values save their relaxations, as far as they fit. */
  private relax(from: number): Chain {
    const { unbeatable = [] } = this.options
    const { stop } = this.hooks
    for (const known of from === 0 ? [3, 1] : []) {
      if (unbeatable.length < known) continue
      const chain = relaxLevels(this.model, this.lp, this.bounds, 0, unbeatable.slice(0, known), this.left, stop)
      if (chain.end !== 'infeasible') return chain
    }
    return relaxLevels(this.model, this.lp, this.bounds, from, [], this.left, stop)
  }

  private level(at: number, value: number, bound: number | null, seconds: number, nodes: number): void {
    const { level, name, sense } = LEVELS[at]!
    const gap = bound === null ? null : Math.abs(value - bound)
    const status = gap === 0 ? 'optimal' : 'feasible'
    this.levels.push({ level, name, sense, value, bound, gap, status, seconds: Math.round(seconds * 100) / 100, nodes })
    this.hooks.level?.(this.levels.at(-1)!)
  }

  private run(at: number, seconds: number, nodes: number): RunOutcome {
    const objective = this.model.objectives[at]!
    const { level, name } = LEVELS[at]!
    this.mip.objective(objective.sum, objective.sense)
    return this.mip.run(
      seconds,
      {
        ...(this.hooks.stop ? { stop: this.hooks.stop } : {}),
        news: ({ bound, incumbent }) => {
          const whole = wholeBound(bound, objective)
          const value = incumbent === null ? null : Math.round(incumbent) + objective.constant
          const gap = whole === null || value === null ? null : Math.abs(value - whole)
          this.hooks.news?.({ level, name, bound: whole, incumbent: value, gap, elapsed: this.sinceStart() })
        },
        better: (values) => {
          if (!this.hooks.plan) return
          const plan = planOf(this.model.columns, values)
          this.hooks.plan(plan, this.valuesOf(plan), level)
        },
      },
      nodes,
    )
  }

  /**
   * Looks for a plan that has the steps before `at` at their relaxed values, best in level `at`.
   * Rows and fixed columns stay in the model when it is found, and are taken out when not.
   */
  private attempt(steps: readonly Step[], at: number): RunOutcome {
    const held = steps.filter((step) => step.at < at)
    const mark = this.mip.rowCount
    for (const step of held) {
      holdLevel(this.model, this.mip, step.at, step.value)
      for (const [column, value] of step.fixes) this.mip.columnBounds(column, value, value)
    }
    const isTry = held.length > 0
    const first = this.run(
      at,
      isTry && this.options.timeLimit ? this.left() * TRY_SHARE : this.left(),
      isTry ? TRY_NODES : 0,
    )
    if (first.status !== 'stopped' || !isTry || this.isOver()) {
      if (!first.values) this.undo(held, mark)
      return first
    }
    if (!first.values) {
      this.undo(held, mark)
      return first
    }
    // A plan, not yet proven best in this level: it deserves the rest of the time.
    this.mip.start(first.values)
    const second = this.run(at, this.left(), 0)
    return second.values ? { ...second, seconds: first.seconds + second.seconds } : first
  }

  private fixForGood(step: Step): void {
    this.fixed.push(step)
    for (const [column, value] of step.fixes) {
      this.bounds.lower[column] = value
      this.bounds.upper[column] = value
      this.mip.columnBounds(column, value, value)
      this.lp.columnBounds(column, value, value)
    }
  }

  private undo(held: readonly Step[], mark: number): void {
    const { lower, upper } = this.bounds
    for (const { fixes } of held)
      for (const [column] of fixes) this.mip.columnBounds(column, lower[column]!, upper[column]!)
    this.mip.dropRows(mark)
  }

  /** Books the levels a found plan settles; false when the search ends with it. */
  private settle(steps: readonly Step[], open: number, at: number, run: RunOutcome): boolean {
    const plan = planOf(this.model.columns, run.values!)
    const values = this.valuesOf(plan)
    this.best = plan
    for (let level = open; level < at; level++) {
      const step = steps.find((one) => one.at === level)!
      if (values[level] !== step.value)
        throw new Error(`level ${level + 1}: value ${values[level]} where the rows held hold ${step.value}`)
      this.level(level, step.value, step.value, step.seconds, 0)
    }
    const objective = this.model.objectives[at]!
    const value = values[at]!
    let bound = objective.sum.size === 0 ? value : wholeBound(run.bound, objective)
    const relaxed = steps.find((step) => step.at === at)
    if (run.status === 'stopped') {
      bound = tighter(bound, relaxed?.value ?? null, objective.sense)
      bound = tighter(bound, this.boundElsewhere(at), objective.sense)
    }
    const isBeyond = bound !== null && (objective.sense === 'min' ? value < bound : value > bound)
    if (isBeyond || (run.status === 'optimal' && bound !== value))
      throw new Error(`level ${at + 1}: value ${value} does not meet the proven bound ${bound}`)
    this.hooks.plan?.(plan, values, at + 1)
    this.level(at, value, bound, (relaxed?.seconds ?? 0) + run.seconds, run.nodes)
    if (this.levels.at(-1)!.status !== 'optimal') return false
    holdLevel(this.model, this.mip, at, value)
    for (const step of this.levels.slice(open)) holdLevel(this.model, this.lp, step.level - 1, step.value)
    for (const step of steps) if (step.at < at || (step.at === at && step.value === value)) this.fixForGood(step)
    this.bestValues = run.values
    return true
  }

  /** Solves the levels from `open` on as far as one plan reaches; the next open level, or why it ends. */
  private advance(open: number): number | 'over' | 'infeasible' {
    const noSteps: Chain = { steps: [], end: 'done', seconds: 0 }
    const chain = this.options.relaxations === false ? noSteps : this.relax(open)
    if (chain.end === 'infeasible' && chain.steps.length === 0) return 'infeasible'
    const first = chain.steps[0]
    if (first) {
      const { level, name } = LEVELS[open]!
      this.hooks.news?.({ level, name, bound: first.value, incumbent: null, gap: null, elapsed: this.sinceStart() })
    }
    const deepest = chain.steps.length === 0 ? open : Math.min(chain.steps.at(-1)!.at, LEVELS.length - 1)
    const { sense } = this.model.objectives[open]!
    let bound = tighter(first?.value ?? null, this.boundElsewhere(open), sense)
    for (let at = deepest; at >= open && !this.isOver(); at--) {
      if (at === open) this.startFromBest()
      const run = this.attempt(chain.steps, at)
      if (run.values) return this.settle(chain.steps, open, at, run) ? at + 1 : 'over'
      if (run.status === 'infeasible' && at === open) return 'infeasible'
      if (at === open) {
        bound = tighter(bound, wholeBound(run.bound, this.model.objectives[open]!), sense)
      }
    }
    this.closeOpen(open, bound, first?.seconds ?? 0)
    return 'over'
  }

  /** States the level the run stopped in: the best plan so far against the proven bound. */
  private closeOpen(open: number, bound: number | null, seconds: number): void {
    if (!this.best) return
    const value = this.valuesOf(this.best)[open]!
    this.level(open, value, bound, seconds, 0)
  }

  /** Rows and bounds changed since make the solver forget its plan: it is given again before each run. */
  private startFromBest(): void {
    if (!this.best) return
    if (this.bestValues) {
      this.mip.start(this.bestValues)
      return
    }
    const values = new Float64Array(this.model.columns.length)
    for (const [option, n] of this.best) values[option] = n
    this.mip.startSparse(Int32Array.from(this.model.columns), values)
  }

  /** A bound zones have proven for the first level they left open. */
  private boundElsewhere(at: number): number | null {
    const { proven } = this.options
    return proven?.levels.length === at ? proven.bound : null
  }

  /** Takes over the levels proven elsewhere and holds them. */
  private takeProven(): number {
    const { proven } = this.options
    if (!proven) return 0
    const { plan, levels, rows, fixes } = proven
    this.best = plan
    this.levels.push(...levels)
    for (const { sum, lower, upper } of rows) for (const side of [this.mip, this.lp]) side.hold(sum, lower, upper)
    this.fixForGood({ at: 0, value: levels[0]!.value, fixes, seconds: 0 })
    return levels.length
  }

  solve(): LevelsOutcome {
    for (let open = this.takeProven(); open < LEVELS.length; ) {
      const next = this.advance(open)
      if (next === 'infeasible') {
        if (this.levels.length > 0) throw new Error(`level ${open + 1} has no plan although one was found before`)
        return { kind: 'infeasible' }
      }
      if (next === 'over') break
      open = next
    }
    if (!this.best) return { kind: 'nothing' }
    const isProven = this.levels.length === LEVELS.length && this.levels.every((level) => level.status === 'optimal')
    return {
      kind: 'plan',
      status: isProven ? 'optimal' : 'feasible',
      plan: this.best,
      levels: this.levels,
      fixed: this.fixed,
    }
  }
}
