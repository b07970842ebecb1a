'use server'
import { defineAction } from '@/app/_server/action.ts'
import { askPublishNotice, askWithdrawNotice } from '@/lib/rotation/commands/ask-notice.ts'
import {
  assignObjection,
  decideObjection,
  enterObjection,
  objectToEntry,
  proposeOutcome,
} from '@/lib/rotation/commands/objections.ts'
import { dropNoticeEntry, prepareNotice } from '@/lib/rotation/commands/prepare-notice.ts'

const pages = { refresh: ['/rotation/notices', '/inbox'] }

export const prepareNoticeAction = defineAction(prepareNotice, {
  ...pages,
  redirectTo: ({ noticeId }) => `/rotation/notices/${noticeId}`,
})
export const dropNoticeEntryAction = defineAction(dropNoticeEntry, pages)
export const askPublishNoticeAction = defineAction(askPublishNotice, pages)
export const askWithdrawNoticeAction = defineAction(askWithdrawNotice, pages)
export const enterObjectionAction = defineAction(enterObjection, pages)
export const assignObjectionAction = defineAction(assignObjection, pages)
export const proposeOutcomeAction = defineAction(proposeOutcome, pages)
export const decideObjectionAction = defineAction(decideObjection, pages)
export const objectToEntryAction = defineAction(objectToEntry, { refresh: ['/my/papers'] })
