import loadHighs, { type Highs, type Model } from 'highs'
import type { SparseModel, Sum } from '../model/matrix.ts'

/** What the solver says while it works; numbers are of the level at hand, constant included. */
export interface SolverNews {
  bound: number | null
  incumbent: number | null
  nodes: number
}

export interface RunHooks {
  news?(news: SolverNews): void
  /** A better plan, as values of all columns. */
  better?(values: Float64Array): void
  /** Asked at the solver's checkpoints; true stops it with the best plan so far. */
  stop?(): boolean
}

export interface RunOutcome {
  status: 'optimal' | 'infeasible' | 'stopped'
  values: Float64Array | null
  /** Proven bound of the objective without its constant; null when none is known. */
  bound: number | null
  nodes: number
  seconds: number
}

/** The relaxation without whole numbers: its optimum bounds the plan's, its reduced costs say what no best plan does. */
export interface RelaxedOutcome {
  status: 'optimal' | 'infeasible' | 'stopped'
  objective: number
  values: Float64Array
  reducedCosts: Float64Array
  /** What one more of a row's bound is worth. */
  rowPrices: Float64Array
  seconds: number
}

export interface SolverSettings {
  /** Leave out whole numbers: the model is a linear program and keeps its basis from one objective to the next. */
  relaxed?: boolean
  /** Interior point for the first LP: a must above one district, no clear difference on one. */
  interiorPoint?: boolean
  /** Prove the optimum only to this distance; whole-number objectives need less than 1. */
  absoluteGap?: number
  /** Further options by HiGHS's own names, for measurements. */
  extra?: Record<string, string | number | boolean>
}

let loaded: Promise<Highs> | null = null

/** The solver compiled to WebAssembly, once per process. */
export function highsRuntime(): Promise<Highs> {
  loaded ??= loadHighs()
  return loaded
}

const finite = (value: unknown): number | null => (typeof value === 'number' && Math.abs(value) < 1e15 ? value : null)

/**
 * One model in the solver. Integers, one thread, seed 0: the same model gives the same answer. The objective is
 * replaced level by level and rows are added to hold what is proven; `dispose` frees memory no collector sees.
 */
export class HighsModel {
  private readonly model: Model
  readonly columnCount: number

  constructor(
    private readonly highs: Highs,
    sparse: SparseModel,
    settings: SolverSettings = {},
  ) {
    const numCols = sparse.columns.lower.length
    const numRows = sparse.rows.lower.length
    this.columnCount = numCols
    this.model = highs.createModel({
      numCols,
      numRows,
      colCost: new Float64Array(numCols),
      colLower: sparse.columns.lower,
      colUpper: sparse.columns.upper,
      rowLower: sparse.rows.lower,
      rowUpper: sparse.rows.upper,
      ...(settings.relaxed ? {} : { integrality: Int32Array.from(sparse.columns.integer) }),
      matrix: {
        format: 'csr',
        numRows,
        numCols,
        starts: sparse.starts,
        indices: sparse.indices,
        values: sparse.values,
      },
    })
    this.model.options.set({
      // Progress callbacks fire only with output on; nothing is printed.
      output_flag: true,
      log_to_console: false,
      random_seed: 0,
      mip_rel_gap: 0,
      mip_abs_gap: settings.absoluteGap ?? 0.99,
      ...(settings.interiorPoint ? (settings.relaxed ? { solver: 'ipm' } : { mip_lp_solver: 'ipm' }) : {}),
      ...settings.extra,
    })
  }

  objective(sum: Sum, sense: 'min' | 'max'): void {
    const costs = new Float64Array(this.columnCount)
    for (const [column, coefficient] of sum.terms) costs[column] = coefficient
    const { minimize, maximize } = this.highs.constants.objectiveSense
    this.model.changeObjectiveSense(sense === 'min' ? minimize : maximize)
    this.model.changeColsCost({ kind: 'range', from: 0, to: this.columnCount - 1 }, costs)
  }

  /** Adds `lower ≤ sum ≤ upper`. */
  hold(sum: Sum, lower: number, upper: number): void {
    const terms = [...sum.terms].sort((a, b) => a[0] - b[0])
    this.model.addRow(lower, upper, {
      indices: Int32Array.from(terms, ([column]) => column),
      values: Float64Array.from(terms, ([, coefficient]) => coefficient),
    })
  }

  get rowCount(): number {
    return this.model.getDimensions().numRows
  }

  /** Takes out the rows from this position on. */
  dropRows(from: number): void {
    if (from < this.rowCount) this.model.deleteRows({ kind: 'range', from, to: this.rowCount - 1 })
  }

  /** How near the bound a plan must come before the search ends; a huge one: the first plan will do. */
  absoluteGap(gap: number): void {
    this.model.options.set({ mip_abs_gap: gap })
  }

  columnBounds(column: number, lower: number, upper: number): void {
    this.model.changeColBounds(column, lower, upper)
  }

  /** A plan to start from; the solver checks it and ignores it when it breaks a row. */
  start(values: Float64Array): void {
    this.model.setSolution({ colValue: values })
  }

  /** The same from some of the columns; the solver completes the rest. */
  startSparse(indices: Int32Array, values: Float64Array): void {
    this.model.setSolution({ indices, values })
  }

  /** @param mostNodes nodes to search, 0 no limit: unlike seconds, the same on every machine */
  run(secondsLeft: number, hooks: RunHooks = {}, mostNodes = 0): RunOutcome {
    const { callbackType, modelStatus } = this.highs.constants
    const stop = (event: { interrupt(): void }): undefined => {
      if (hooks.stop?.()) event.interrupt()
    }
    this.model.zeroAllClocks()
    this.model.options.set({ time_limit: Math.max(0.01, secondsLeft), mip_max_nodes: mostNodes || 2_147_483_647 })
    let isBounded = false
    const began = performance.now()
    this.model.run({
      [callbackType.mipLogging](event): undefined {
        isBounded ||= finite(event.data.mip_dual_bound) !== null
        hooks.news?.({
          bound: finite(event.data.mip_dual_bound),
          incumbent: finite(event.data.mip_primal_bound),
          nodes: Number(event.data.mip_node_count ?? 0n),
        })
      },
      [callbackType.mipImprovingSolution](event): undefined {
        if (event.data.mip_solution) hooks.better?.(event.data.mip_solution)
      },
      ...(hooks.stop ? { [callbackType.mipInterrupt]: stop, [callbackType.simplexInterrupt]: stop } : {}),
    })
    const seconds = Math.round((performance.now() - began) / 10) / 100
    const status = this.model.getModelStatus()
    const nodes = Math.max(0, Number(this.model.info.get('mip_node_count')))
    if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible)
      return { status: 'infeasible', values: null, bound: null, nodes, seconds }
    const hasPlan = this.model.info.get('primal_solution_status') === 2
    if (status === modelStatus.optimal && hasPlan)
      return {
        status: 'optimal',
        values: this.model.getSolution().colValue,
        bound: finite(this.model.info.get('mip_dual_bound')),
        nodes,
        seconds,
      }
    const limits: number[] = [
      modelStatus.timeLimit,
      modelStatus.interrupted,
      modelStatus.solutionLimit,
      modelStatus.iterationLimit,
    ]
    if (limits.includes(status))
      return {
        status: 'stopped',
        values: hasPlan ? this.model.getSolution().colValue : null,
        // Stopped before its first bound, the solver says 0: no bound at all.
        bound: isBounded ? finite(this.model.info.get('mip_dual_bound')) : null,
        nodes,
        seconds,
      }
    throw new Error(`the solver ended with status ${status}`)
  }

  /** Solves the linear program, from the last basis where there is one. */
  runRelaxed(secondsLeft: number, stopped?: () => boolean): RelaxedOutcome {
    const { callbackType, modelStatus } = this.highs.constants
    const stop = (event: { interrupt(): void }): undefined => {
      if (stopped?.()) event.interrupt()
    }
    this.model.zeroAllClocks()
    this.model.options.set({ time_limit: Math.max(0.01, secondsLeft) })
    const began = performance.now()
    this.model.run(stopped ? { [callbackType.simplexInterrupt]: stop, [callbackType.ipmInterrupt]: stop } : {})
    const seconds = Math.round((performance.now() - began) / 10) / 100
    const status = this.model.getModelStatus()
    const none = new Float64Array(0)
    if (status === modelStatus.infeasible || status === modelStatus.unboundedOrInfeasible)
      return { status: 'infeasible', objective: 0, values: none, reducedCosts: none, rowPrices: none, seconds }
    if (status !== modelStatus.optimal)
      return { status: 'stopped', objective: 0, values: none, reducedCosts: none, rowPrices: none, seconds }
    const { colValue, colDual, rowDual } = this.model.getSolution()
    return {
      status: 'optimal',
      objective: this.model.getObjectiveValue(),
      values: colValue,
      reducedCosts: colDual,
      rowPrices: rowDual,
      seconds,
    }
  }

  dispose(): void {
    this.model.dispose()
  }
}
