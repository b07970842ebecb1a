import { defineCommand, finished } from '@/lib/platform/command.ts'
import { askSecondPerson } from '@/lib/platform/two-person.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { roundContext } from '../cases/facts.ts'
import { adoptInput } from '../inputs/scenarios.ts'
import { adoptOperation } from '../operations/adopt-scenario.ts'
import { adoptable } from '../scenarios/check-scenario.ts'
import { lockScenario } from '../scenarios/scenario-row.ts'

/** 提请采用: HR submits a solved scenario; a reviewer approves it, and it becomes the round's cases. */
export const askAdoption = defineCommand({
  name: 'rotation.scenario.adopt',
  input: adoptInput,
  target: lockScenario,
  run: async ({ tx, actor, input, before }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    if (before.version !== input.version) return refuse('plan.refusal.stale')
    const plan = await adoptable(tx, before)
    if (!plan.ok) return plan
    const context = await roundContext(tx, before.roundId!)
    if (context?.round.state !== 'open') return refuse('case.unmet.roundOpen')
    const moves = plan.value.moves.length + plan.value.flows.reduce((sum, { n }) => sum + n, 0)
    const asked = await askSecondPerson(tx, actor, adoptOperation, {
      subjectId: before.id,
      payload: {
        scenarioId: before.id,
        roundId: before.roundId!,
        version: before.version,
        instanceSha256: before.instanceSha256,
        grantId: actor.grantId,
      },
      summary: { round: context.round.name, scenario: before.name, moves },
      reason: input.reason,
    })
    if (!asked.ok) return asked
    return finished(
      { requestId: asked.value },
      {
        message: { key: 'plan.done.adoptAsked', values: { name: before.name, moves } },
        audit: {
          resource: 'round',
          objectId: before.roundId!,
          reason: input.reason,
          details: { scenario: before.id, sha256: before.instanceSha256 },
        },
      },
    )
  },
})
