'use server'
import { defineAction } from '@/app/_server/action.ts'
import {
  askUndo,
  chooseConflicts,
  chooseMissing,
  confirmBatch,
  discardBatch,
  remapBatch,
  submitBatch,
  undoBatchCommand,
} from '@/lib/register/commands/import-batch.ts'

const refresh = ['/imports']
export const remapBatchAction = defineAction(remapBatch, { refresh })
export const chooseConflictsAction = defineAction(chooseConflicts, { refresh })
export const chooseMissingAction = defineAction(chooseMissing, { refresh })
export const submitBatchAction = defineAction(submitBatch, { refresh })
export const confirmBatchAction = defineAction(confirmBatch, { refresh })
export const discardBatchAction = defineAction(discardBatch, { redirectTo: () => '/imports?said=discarded' })
export const undoBatchAction = defineAction(undoBatchCommand, { refresh })
export const askUndoAction = defineAction(askUndo, { refresh })
