import type { PlanFlow, PlanLevel, PlanMove, PlanResult } from '@/lib/rules/planner/format.ts'
import type { LevelNews } from './search-terms.ts'

/** What the solver process reads, once, from its standard input. */
export interface SolveRequest {
  /** The stored instance, exactly as hashed. */
  instance: string
  instanceSha256: string
  timeLimit?: number
  /** Earlier scenario of the round, for a re-solve with more locks. */
  previous?: { instance: string; result: string }
  /** Somebody who has to go somewhere. */
  mustMove?: string
  /** Also price every lock: one more solve each. */
  lockPrices?: boolean
}

/** What it writes, one JSON line each, to its standard output. */
export type SolveMessage =
  /** The instance is read: time counts from here. */
  | { kind: 'begun' }
  | ({ kind: 'news' } & LevelNews)
  | { kind: 'plan'; level: number; moves: PlanMove[]; flows: PlanFlow[]; values: number[] }
  | { kind: 'level'; level: PlanLevel }
  /** Proven to have no plan; the rules in conflict are being looked for. */
  | { kind: 'conflict' }
  | { kind: 'result'; result: PlanResult }
  | { kind: 'error'; message: string }
