import { LEVELS, type PlanLevel } from '@/lib/rules/planner/format.ts'
import { type Plan, planOf, planValues } from './certificate/plan.ts'
import type { PlanModel } from './model/build.ts'
import { HighsModel, highsRuntime, type RunOutcome, type SolverSettings } from './solver/highs.ts'

/** What a page shows while a plan is being found. */
export interface LevelNews {
  level: number
  name: PlanLevel['name']
  bound: number | null
  incumbent: number | null
  gap: number | null
  /** Seconds since the run began. */
  elapsed: number
}

export interface SolveHooks {
  news?(news: LevelNews): void
  /** Every better plan, with its five values. */
  plan?(plan: Plan, values: number[], level: number): void
  /** A level is finished. */
  level?(level: PlanLevel): void
  stop?(): boolean
}

export interface SolveOptions extends SolverSettings {
  /** Seconds for all levels together; none is no limit. */
  timeLimit?: number
  /** A plan to start from, as heads per option. */
  start?: Plan
  /** Stop after this level (5 is all). */
  lastLevel?: number
  /**
   * Proven values of the same instance with fewer rules (one lock less): no plan can be better, so a plan that reaches
   * them level by level is proven at once and only the levels that get worse are solved again.
   */
  unbeatable?: readonly number[]
}

export type LevelsOutcome =
  | { kind: 'plan'; status: 'optimal' | 'feasible'; plan: Plan; levels: PlanLevel[] }
  | { kind: 'infeasible' }
  /** Stopped before any plan was found. */
  | { kind: 'nothing' }

/** A whole-number bound from the solver's float: nothing between two integers can be reached. */
function wholeBound(bound: number | null, constant: number, sense: 'min' | 'max'): number | null {
  if (bound === null) return null
  return (sense === 'min' ? Math.ceil(bound - 1e-3) : Math.floor(bound + 1e-3)) + constant
}

/** All columns of the solver from a plan: only the options; the solver completes the sums and steps. */
function startValues(model: PlanModel, plan: Plan, highs: HighsModel): void {
  const values = new Float64Array(model.columns.length)
  for (const [option, n] of plan) values[option] = n
  highs.startSparse(Int32Array.from(model.columns), values)
}

function levelOf(
  at: number,
  value: number,
  run: Pick<RunOutcome, 'status' | 'seconds' | 'nodes'>,
  bound: number | null,
): PlanLevel {
  const { level, name, sense } = LEVELS[at]!
  const gap = bound === null ? null : Math.abs(value - bound)
  return {
    level,
    name,
    sense,
    value,
    bound,
    gap,
    status: gap === 0 ? 'optimal' : 'feasible',
    seconds: run.seconds,
    nodes: run.nodes,
  }
}

interface Probe {
  /** How many first levels reach the unbeatable values. */
  held: number
  plan: Plan | null
  seconds: number
}

/**
 * How many of the first levels keep the values no plan can beat: three, one or none are tried, each held at its value
 * while the next level is solved anyway. Levels held stay in the model as rows; a try that fails is taken out again.
 */
function probeUnbeatable(
  model: PlanModel,
  highs: HighsModel,
  unbeatable: readonly number[],
  left: () => number,
  stop?: () => boolean,
): Probe {
  let seconds = 0
  for (const held of [3, 1]) {
    if (unbeatable.length < held) continue
    const mark = highs.rowCount
    for (let at = 0; at < held; at++) holdLevel(model, highs, at, unbeatable[at]!)
    const next = model.objectives[held]!
    highs.objective(next.sum, next.sense)
    const run = highs.run(left(), { stop })
    seconds += run.seconds
    if (run.values) {
      highs.start(run.values)
      return { held, plan: planOf(model.columns, run.values), seconds }
    }
    highs.dropRows(mark)
    if (run.status === 'stopped') break
  }
  return { held: 0, plan: null, seconds }
}

function holdLevel(model: PlanModel, highs: HighsModel, at: number, value: number): void {
  const { sum, constant, sense } = model.objectives[at]!
  if (sum.size === 0) return
  const held = value - constant
  highs.hold(sum, sense === 'max' ? held : Number.NEGATIVE_INFINITY, sense === 'min' ? held : Number.POSITIVE_INFINITY)
}

/**
 * Solves the five levels one after the other, each to proven optimality and then held as a row (planner.md §4, §11).
 * Values come from the rounded plan in whole numbers; a value worse than its proven bound is an error, not a warning.
 */
export async function solveLevels(
  model: PlanModel,
  options: SolveOptions = {},
  hooks: SolveHooks = {},
): Promise<LevelsOutcome> {
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  const left = () => (options.timeLimit === undefined ? 1e9 : options.timeLimit - elapsed())
  const highs = new HighsModel(await highsRuntime(), model.sparse, options)
  try {
    let best: Plan | null = null
    const levels: PlanLevel[] = []
    if (options.start) startValues(model, options.start, highs)
    const probe = probeUnbeatable(model, highs, options.unbeatable ?? [], left, hooks.stop)
    best = probe.plan
    const values = best ? planValues(model, best) : []
    for (let at = 0; at < probe.held; at++) {
      levels.push(
        levelOf(at, values[at]!, { status: 'optimal', seconds: at === 0 ? probe.seconds : 0, nodes: 0 }, values[at]!),
      )
      hooks.level?.(levels.at(-1)!)
    }
    if (best) hooks.plan?.(best, values, probe.held)
    for (let at = probe.held; at < (options.lastLevel ?? 5); at++) {
      const { sum, constant, sense } = model.objectives[at]!
      const { level, name } = LEVELS[at]!
      if (best && sum.size === 0) {
        const value = planValues(model, best)[at]!
        levels.push(levelOf(at, value, { status: 'optimal', seconds: 0, nodes: 0 }, value))
        hooks.level?.(levels.at(-1)!)
        continue
      }
      highs.objective(sum, sense)
      const run = highs.run(left(), {
        stop: hooks.stop,
        news: ({ bound, incumbent }) => {
          const whole = wholeBound(bound, constant, sense)
          const value = incumbent === null ? null : Math.round(incumbent) + constant
          const gap =
            whole === null || value === null ? null : Math.max(0, sense === 'min' ? value - whole : whole - value)
          hooks.news?.({ level, name, bound: whole, incumbent: value, gap, elapsed: elapsed() })
        },
        better: (values) => {
          if (!hooks.plan) return
          const plan = planOf(model.columns, values)
          hooks.plan(plan, planValues(model, plan), level)
        },
      })
      if (run.status === 'infeasible') {
        if (best) throw new Error(`level ${level} has no plan although level ${level - 1} had one`)
        return { kind: 'infeasible' }
      }
      if (run.values) best = planOf(model.columns, run.values)
      if (!best) return { kind: 'nothing' }
      const value = planValues(model, best)[at]!
      let bound = wholeBound(run.bound, constant, sense)
      // Nothing to optimise: any plan is the best one.
      if (sum.size === 0 && run.status === 'optimal') bound = value
      const worse = bound !== null && (sense === 'min' ? value < bound : value > bound)
      if (worse) throw new Error(`level ${level}: value ${value} lies beyond the proven bound ${bound}`)
      if (run.status === 'optimal' && bound !== value)
        throw new Error(`level ${level}: value ${value} is not the proven bound ${bound}`)
      levels.push(levelOf(at, value, run, bound))
      hooks.plan?.(best, planValues(model, best), level)
      hooks.level?.(levels.at(-1)!)
      if (levels.at(-1)!.status !== 'optimal') break
      holdLevel(model, highs, at, value)
      if (run.values) highs.start(run.values)
    }
    const proven = levels.length === LEVELS.length && levels.every((one) => one.status === 'optimal')
    return { kind: 'plan', status: proven ? 'optimal' : 'feasible', plan: best!, levels }
  } finally {
    highs.dispose()
  }
}
