'use server'
import { defineAction } from '@/app/_server/action.ts'
import { saveCell } from '@/lib/register/commands/collection-cells.ts'
import { checkPart, closeCollection, confirmPart, createCollection } from '@/lib/register/commands/collections.ts'

const refresh = ['/collections', '/inbox']
export const createCollectionAction = defineAction(createCollection, { redirectTo: ({ id }) => `/collections/${id}` })
export const closeCollectionAction = defineAction(closeCollection, { refresh })
export const saveCellAction = defineAction(saveCell, { refresh })
export const checkPartAction = defineAction(checkPart, { refresh })
export const confirmPartAction = defineAction(confirmPart, { refresh })
