import { State } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { ScenarioSummary } from '@/lib/rotation/queries/scenarios.ts'

const KIND = {
  draft: 'plain',
  queued: 'wait',
  solving: 'wait',
  solved: 'good',
  infeasible: 'bad',
  failed: 'bad',
  cancelled: 'off',
  adopted: 'good',
} as const

/** State of a scenario in a word; a solved one says whether it is proven. */
export function ScenarioState({
  t,
  row,
}: {
  t: Translate
  row: Pick<ScenarioSummary, 'state' | 'status' | 'place' | 'cancelAsked'>
}) {
  const key =
    row.state === 'solved' && row.status === 'feasible'
      ? 'feasible'
      : row.state === 'solving' && row.cancelAsked
        ? 'stopping'
        : row.state
  return <State kind={KIND[row.state]}>{t(`plan.state.${key}`, { place: row.place ?? 0 })}</State>
}
