'use server'
import { defineAction } from '@/app/_server/action.ts'
import { withdrawRequest } from '@/lib/platform/commands/two-person.ts'
import { answerTwoPerson } from '@/lib/registry/commands.ts'

export const answerTwoPersonAction = defineAction(answerTwoPerson, { refresh: ['/'] })
export const withdrawRequestAction = defineAction(withdrawRequest, { refresh: ['/'] })
