import type { Tx } from '@/db/scope.ts'
import type { PlanInput } from '@/lib/planner/instance/plan-input.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
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
  /** Applications run until this day, and their wishes are sealed till then; null when they can be read. */
  sealedUntil: LocalDate | null
  policy: PlanInput['policy']
}

/** Until when the wishes of a round are sealed, if they still are. */
export const sealedUntil = ({ applyUntil }: Pick<RoundRow, 'applyUntil'>, today: LocalDate): LocalDate | null =>
  applyUntil !== null && today <= applyUntil ? applyUntil : null

/** What a new scenario of the round would start from, for the form; `preview` is null before the roll is frozen. */
export async function planPreview(
  tx: Tx,
  roundId: RoundId,
  { today }: Pick<UserActor, 'today'>,
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
      sealedUntil: sealedUntil(context.round, today),
      policy: input.policy,
    },
    name,
  }
}
