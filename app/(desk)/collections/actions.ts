'use server'
import { defineAction } from '@/app/_server/action.ts'
import { checkPart, closeCollection, confirmPart, createCollection } from '@/lib/register/commands/collections.ts'

const refresh = ['/collections', '/inbox']
export const createCollectionAction = defineAction(createCollection, { redirectTo: ({ id }) => `/collections/${id}` })
export const closeCollectionAction = defineAction(closeCollection, { refresh })
export const checkPartAction = defineAction(checkPart, { refresh })
export const confirmPartAction = defineAction(confirmPart, { refresh })
