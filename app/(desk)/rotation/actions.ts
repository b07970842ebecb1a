'use server'
import { defineAction } from '@/app/_server/action.ts'
import { applyForMove } from '@/lib/rotation/commands/apply.ts'
import { bulkStep } from '@/lib/rotation/commands/bulk.ts'
import {
  acceptShortage,
  approveCase,
  checkCase,
  refuseCase,
  rejectCase,
  returnCase,
  ruleCase,
  submitCase,
  takeBackCase,
  withdrawCase,
} from '@/lib/rotation/commands/case-steps.ts'
import { addFromRoll, createCase, nominate } from '@/lib/rotation/commands/create-case.ts'
import { decideCases, overruleQuota } from '@/lib/rotation/commands/decide-batch.ts'
import { delegate, endDelegation } from '@/lib/rotation/commands/delegation.ts'
import { acknowledge, acknowledgeOnPaper, assignDestination, editCase } from '@/lib/rotation/commands/edit-case.ts'
import { confirmPaper, enterPaper } from '@/lib/rotation/commands/paper.ts'
import { declareRecusal, endRecusal } from '@/lib/rotation/commands/recusal.ts'
import { remind } from '@/lib/rotation/commands/remind.ts'
import { closeRound, createRound, openRound, reopenRound } from '@/lib/rotation/commands/rounds.ts'
import { closeVacancies, publishVacancies, saveVacancy, suggestVacancies } from '@/lib/rotation/commands/vacancies.ts'

const desk = { refresh: ['/rotation', '/inbox'] }

export const createRoundAction = defineAction(createRound, {
  redirectTo: ({ roundId }) => `/rotation/rounds/${roundId}`,
})
export const openRoundAction = defineAction(openRound, desk)
export const closeRoundAction = defineAction(closeRound, desk)
export const reopenRoundAction = defineAction(reopenRound, desk)
export const suggestVacanciesAction = defineAction(suggestVacancies, desk)
export const saveVacancyAction = defineAction(saveVacancy, desk)
export const publishVacanciesAction = defineAction(publishVacancies, desk)
export const closeVacanciesAction = defineAction(closeVacancies, desk)
export const applyAction = defineAction(applyForMove, desk)
export const createCaseAction = defineAction(createCase, desk)
export const nominateAction = defineAction(nominate, desk)
export const addFromRollAction = defineAction(addFromRoll, desk)
export const editCaseAction = defineAction(editCase, desk)
export const acknowledgeAction = defineAction(acknowledge, desk)
export const acknowledgeOnPaperAction = defineAction(acknowledgeOnPaper, desk)
export const assignAction = defineAction(assignDestination, desk)
export const submitAction = defineAction(submitCase, desk)
export const approveAction = defineAction(approveCase, desk)
export const returnAction = defineAction(returnCase, desk)
export const refuseAction = defineAction(refuseCase, desk)
export const ruleAction = defineAction(ruleCase, desk)
export const takeBackAction = defineAction(takeBackCase, desk)
export const withdrawAction = defineAction(withdrawCase, desk)
export const checkAction = defineAction(checkCase, desk)
export const rejectAction = defineAction(rejectCase, desk)
export const acceptShortageAction = defineAction(acceptShortage, desk)
export const enterPaperAction = defineAction(enterPaper, desk)
export const confirmPaperAction = defineAction(confirmPaper, desk)
export const bulkAction = defineAction(bulkStep, desk)
export const decideAction = defineAction(decideCases, desk)
export const overruleAction = defineAction(overruleQuota, desk)
export const remindAction = defineAction(remind, desk)
export const delegateAction = defineAction(delegate, { refresh: ['/rotation/delegations'] })
export const endDelegationAction = defineAction(endDelegation, { refresh: ['/rotation/delegations'] })
export const declareRecusalAction = defineAction(declareRecusal, desk)
export const endRecusalAction = defineAction(endRecusal, { refresh: ['/rotation/recusals'] })
