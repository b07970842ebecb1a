import { eq } from 'drizzle-orm'
import { rotationRounds } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { relaxPolicyInput } from '../inputs/scenarios.ts'
import { roundPolicy } from '../queries/round-policy.ts'
import { handOf } from '../scenarios/hand.ts'
import { reliefOf } from '../scenarios/relief.ts'
import { lockScenario, storedInstance, storedResult } from '../scenarios/scenario-row.ts'
import { insertPolicyDraft } from '../store/policy-draft.ts'

/**
 * 按最小放宽起草补充规定: the settings of the round's policy that the cheapest repair asks for, and nothing else, as a draft for
 * this round. It gets its document number and comes into force by two people like every policy; no scenario changes.
 */
export const draftReliefPolicy = defineCommand({
  name: 'rotation.scenario.relaxPolicy',
  input: relaxPolicyInput,
  target: lockScenario,
  run: async ({ tx, actor, input, before, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.roundId === null) return refuse('plan.refusal.readOnly')
    const result = storedResult(before)
    if (before.state !== 'infeasible' || result?.status !== 'infeasible') return refuse('plan.refusal.noConflict')
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, before.roundId))
    if (round?.state !== 'open') return refuse('policy.refusal.roundNotOpen')
    const policy = await roundPolicy(tx, before.roundId)
    const relief = reliefOf(policy, storedInstance(before), handOf(before.hand), result.conflict, before)
    if (!relief.ok) return relief
    if (relief.value.policy === null)
      return refuse(relief.value.places.policy === 0 ? 'plan.refusal.notByPolicy' : 'plan.refusal.policyLooser')
    const { id, version } = await insertPolicyDraft(
      tx,
      actor,
      { year: round.year, title: input.title, content: relief.value.policy, forRoundId: round.id },
      at,
    )
    return finished(
      { policyId: id },
      {
        message: { key: 'policy.draft.done', values: { version } },
        audit: {
          resource: 'policy',
          objectId: id,
          details: {
            year: round.year,
            version,
            from: round.policyId,
            round: round.id,
            scenario: before.id,
            fields: relief.value.changes.map(({ section, field }) => `${section}.${field}`),
          },
        },
      },
    )
  },
})
