import type { Tx } from '@/db/scope.ts'
import type { PlanInput } from '@/lib/planner/instance/plan-input.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { roundContext } from '../cases/facts.ts'
import type { RoundRow } from '../cases/lock.ts'
import { roundPlanInput } from './plan-input.ts'
import { listScenarios } from './scenarios.ts'

export interface PlanPreview {
  people: number
  schools: number
  wishes: number
  settled: number
  places: number
  need: number
  policy: PlanInput['policy']
}

/** What a new scenario of the round would start from, for the form; `preview` is null before the roll is frozen. */
export async function planPreview(
  tx: Tx,
  roundId: RoundId,
): Promise<{ round: RoundRow; preview: PlanPreview | null; name: number } | null> {
  const context = await roundContext(tx, roundId)
  if (!context) return null
  const source = await roundPlanInput(tx, context.round, context.policy, { useVacancies: true, keepCases: true })
  const name = (await listScenarios(tx, roundId)).length + 1
  if (!source || context.round.state !== 'open') return { round: context.round, preview: null, name }
  const { input, settled } = source
  const [num, den] = input.policy.rate_total
  const base = input.people.filter(({ status }) => status === 'eligible').length + input.policy.extra_eligible.E
  return {
    round: context.round,
    preview: {
      people: input.people.length,
      schools: input.schools.length,
      wishes: input.people.filter(({ wishes }) => wishes.length > 0).length,
      settled: settled.length,
      places: (input.vacancies ?? []).reduce((sum, { places }) => sum + places, 0),
      need: Math.ceil((base * num) / den),
      policy: input.policy,
    },
    name,
  }
}
