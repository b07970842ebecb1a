'use server'
import { defineAction } from '@/app/_server/action.ts'
import { answerCommand } from '@/lib/platform/two-person.ts'
import { OPERATIONS } from '@/lib/registry/operations.ts'
import { draftPolicy } from '@/lib/rotation/commands/draft-policy.ts'
import { editPolicy } from '@/lib/rotation/commands/edit-policy.ts'
import { submitPolicy, takeBackPolicy } from '@/lib/rotation/commands/submit-policy.ts'

export const draftPolicyAction = defineAction(draftPolicy, {
  redirectTo: ({ policyId }) => `/policies/${policyId}`,
})
export const editPolicyAction = defineAction(editPolicy, {
  refresh: ['/policies'],
  redirectTo: ({ policyId }) => `/policies/${policyId}`,
})
export const submitPolicyAction = defineAction(submitPolicy, { refresh: ['/policies'] })
export const takeBackPolicyAction = defineAction(takeBackPolicy, { refresh: ['/policies'] })
export const answerPolicyAction = defineAction(answerCommand(OPERATIONS), { refresh: ['/policies', '/rotation'] })
