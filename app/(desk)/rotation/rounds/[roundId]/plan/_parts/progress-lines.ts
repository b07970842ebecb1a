import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { ScenarioSummary } from '@/lib/rotation/queries/scenarios.ts'
import { levelName, progressOf } from '@/lib/rotation/scenarios/progress.ts'
import type { ProgressAnswer } from './live-progress.tsx'

/** How far a solve is, in sentences: level, best plan and bound, gap, elapsed, place in the queue. */
export function progressAnswer(t: Translate, row: ScenarioSummary, nowMs: number): ProgressAnswer {
  const progress = progressOf(row.progress)
  if (row.state === 'queued')
    return {
      state: row.state,
      done: 0,
      lines: [t('plan.progress.waiting', { before: Math.max(0, (row.place ?? 1) - 1) })],
    }
  const began = row.startedAt ? Date.parse(row.startedAt) : nowMs
  const elapsed = Math.max(0, Math.round((nowMs - began) / 1000))
  const time = t(row.cancelAsked ? 'plan.progress.stopping' : 'plan.progress.elapsed', {
    seconds: elapsed,
    limit: row.timeLimit ?? 0,
  })
  if (progress.conflict) return { state: row.state, done: 0.9, lines: [t('plan.progress.conflict'), time] }
  const number = (value: number | null) => (value === null ? '—' : formatCount(value))
  return {
    state: row.state,
    done: Math.min(1, (progress.level - 1 + (progress.gap === 0 ? 1 : 0.3)) / 5),
    lines: [
      t('plan.progress.level', { level: progress.level, name: t(`planner.level.${levelName(progress.level)}`) }),
      // The first linear programme says nothing while it runs: three dashes would not either.
      ...(progress.incumbent === null && progress.bound === null
        ? []
        : [
            t('plan.progress.bounds', {
              incumbent: number(progress.incumbent),
              bound: number(progress.bound),
              gap: number(progress.gap),
            }),
          ]),
      progress.best
        ? t('plan.progress.best', { moves: progress.moves ?? 0, seconds: progress.firstPlanAt ?? 0 })
        : t('plan.progress.noPlanYet'),
      time,
    ],
  }
}
