'use server'
import { defineAction } from '@/app/_server/action.ts'
import { compareRollNow, decideRollChanges } from '@/lib/rotation/commands/roll-change-commands.ts'

const refresh = ['/rotation']

export const compareRollAction = defineAction(compareRollNow, { refresh })
export const decideRollChangesAction = defineAction(decideRollChanges, { refresh })
