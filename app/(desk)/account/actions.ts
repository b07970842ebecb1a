'use server'
import { defineAction } from '@/app/_server/action.ts'
import { proposeClerk } from '@/lib/platform/commands/grants.ts'

export const proposeClerkAction = defineAction(proposeClerk)
