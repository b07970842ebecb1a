import { LEVELS } from '@/lib/rules/planner/format.ts'

/** One point of the picture “gap over time”: bound and best plan of a level. */
export interface TrailPoint {
  level: number
  elapsed: number
  bound: number | null
  incumbent: number | null
}

/** What the page shows while a plan is being found. */
export interface SolveProgress {
  level: number
  bound: number | null
  incumbent: number | null
  gap: number | null
  elapsed: number
  /** Values of the best plan so far, level by level; null before there is any. */
  best: number[] | null
  /** Seconds until the first plan that could be shown. */
  firstPlanAt: number | null
  moves: number | null
  /** Proven to have no plan: the rules in conflict are being looked for. */
  conflict: boolean
  trail: TrailPoint[]
}

export const NO_PROGRESS: SolveProgress = {
  level: 1,
  bound: null,
  incumbent: null,
  gap: null,
  elapsed: 0,
  best: null,
  firstPlanAt: null,
  moves: null,
  conflict: false,
  trail: [],
}

const MOST_POINTS = 400

/** The trail with one more point; equal neighbours and the oldest beyond the limit fall out. */
export function withPoint(trail: readonly TrailPoint[], point: TrailPoint): TrailPoint[] {
  const last = trail.at(-1)
  if (last && last.level === point.level && last.bound === point.bound && last.incumbent === point.incumbent)
    return [...trail]
  return [...trail, point].slice(-MOST_POINTS)
}

export const progressOf = (stored: unknown): SolveProgress => ({
  ...NO_PROGRESS,
  ...(stored as Partial<SolveProgress> | null),
})

export const levelName = (level: number) => LEVELS[level - 1]?.name ?? 'slack'
