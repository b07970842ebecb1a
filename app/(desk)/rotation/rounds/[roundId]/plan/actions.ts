'use server'
import { defineAction } from '@/app/_server/action.ts'
import { answerTwoPerson } from '@/lib/registry/commands.ts'
import { askAdoption } from '@/lib/rotation/commands/scenario-adopt.ts'
import { addHand, dropHand, relaxScenario, swapMembers } from '@/lib/rotation/commands/scenario-hand.ts'
import { draftReliefPolicy } from '@/lib/rotation/commands/scenario-policy.ts'
import {
  cancelScenario,
  priceScenario,
  searchExchanges,
  solveScenario,
} from '@/lib/rotation/commands/scenario-solve.ts'
import { createScenario, deleteScenario, duplicateScenario, reviseScenario } from '@/lib/rotation/commands/scenarios.ts'

const plan = { refresh: ['/rotation'] }
const at = ({ roundId, scenarioId }: { roundId: string; scenarioId: string }, rest = '') =>
  `/rotation/rounds/${roundId}/plan/${scenarioId}${rest}`

export const createScenarioAction = defineAction(createScenario, { ...plan, redirectTo: (value) => at(value) })
export const reviseScenarioAction = defineAction(reviseScenario, { ...plan, redirectTo: (value) => at(value) })
export const duplicateScenarioAction = defineAction(duplicateScenario, { ...plan, redirectTo: (value) => at(value) })
export const deleteScenarioAction = defineAction(deleteScenario, {
  ...plan,
  redirectTo: ({ roundId }) => (roundId ? `/rotation/rounds/${roundId}/plan` : '/rotation'),
})
export const addHandAction = defineAction(addHand, { ...plan, redirectTo: (value) => at(value, '?tab=hand&said=hand') })
export const dropHandAction = defineAction(dropHand, {
  ...plan,
  redirectTo: (value) => at(value, '?tab=hand&said=hand'),
})
export const swapMembersAction = defineAction(swapMembers, plan)
export const relaxScenarioAction = defineAction(relaxScenario, { ...plan, redirectTo: (value) => at(value) })
export const draftReliefPolicyAction = defineAction(draftReliefPolicy, {
  refresh: ['/policies'],
  redirectTo: ({ policyId }) => `/policies/${policyId}`,
})
export const solveScenarioAction = defineAction(solveScenario, plan)
export const cancelScenarioAction = defineAction(cancelScenario, plan)
export const priceScenarioAction = defineAction(priceScenario, plan)
export const searchExchangesAction = defineAction(searchExchanges, plan)
export const askAdoptionAction = defineAction(askAdoption, plan)
export const answerAdoptionAction = defineAction(answerTwoPerson, plan)
