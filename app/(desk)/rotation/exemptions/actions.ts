'use server'
import { defineAction } from '@/app/_server/action.ts'
import {
  askExemption,
  checkExemption,
  decideExemption,
  endExemption,
  withdrawExemption,
} from '@/lib/rotation/commands/exemption-commands.ts'

const refresh = ['/rotation/exemptions', '/']

export const askExemptionAction = defineAction(askExemption, { refresh })
export const checkExemptionAction = defineAction(checkExemption, { refresh })
export const decideExemptionAction = defineAction(decideExemption, { refresh })
export const withdrawExemptionAction = defineAction(withdrawExemption, { refresh })
export const endExemptionAction = defineAction(endExemption, { refresh })
