import type { PlanLevel } from '@/lib/rules/planner/format.ts'
import type { Plan } from './certificate/plan.ts'
import type { Sum } from './model/matrix.ts'
import type { Step } from './relaxed-chain.ts'
import type { SolverSettings } from './solver/highs.ts'

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

/** A row that keeps part of a proven level, in columns of the model. */
export interface HeldRow {
  sum: Sum
  lower: number
  upper: number
}

export interface ProvenStart {
  plan: Plan
  /** The first levels, proven; they may be all five. */
  levels: PlanLevel[]
  /** Proven bound of the level after them; null when none is known. */
  bound: number | null
  /** Rows and fixed columns that hold them. */
  rows: HeldRow[]
  fixes: [column: number, value: number][]
}

export interface SolveOptions extends SolverSettings {
  /** Seconds for all levels together; none is no limit. */
  timeLimit?: number
  /** A plan to start from, as heads per option; it must keep every rule. */
  start?: Plan
  /**
   * Proven values of the same instance with fewer rules (one lock less): no plan can be better, so levels that reach
   * them need no proof of their own.
   */
  unbeatable?: readonly number[]
  /** A plan that is best in the first levels, by a proof made elsewhere (zone by zone); the search begins after them. */
  proven?: ProvenStart
  /** Off only to measure what the relaxations give: every level is then solved in whole numbers at once. */
  relaxations?: boolean
}

export type LevelsOutcome =
  | { kind: 'plan'; status: 'optimal' | 'feasible'; plan: Plan; levels: PlanLevel[]; fixed: Step[] }
  | { kind: 'infeasible' }
  /** Stopped before any plan was found. */
  | { kind: 'nothing' }
