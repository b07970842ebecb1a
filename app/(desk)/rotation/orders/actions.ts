'use server'
import { defineAction } from '@/app/_server/action.ts'
import { askAfterDecision } from '@/lib/rotation/commands/ask-after-decision.ts'
import { askIssueOrders } from '@/lib/rotation/commands/ask-issue.ts'
import { makePapers } from '@/lib/rotation/commands/make-papers.ts'
import { discardOrders, prepareOrders } from '@/lib/rotation/commands/prepare-orders.ts'
import { reportIn } from '@/lib/rotation/commands/report-in.ts'

const pages = { refresh: ['/rotation/orders', '/inbox'] }

export const prepareOrdersAction = defineAction(prepareOrders, {
  ...pages,
  redirectTo: ({ batchId }) => `/rotation/orders/${batchId}`,
})
export const discardOrdersAction = defineAction(discardOrders, pages)
export const askIssueOrdersAction = defineAction(askIssueOrders, pages)
export const makePapersAction = defineAction(makePapers, pages)
export const reportInAction = defineAction(reportIn, pages)
export const askAfterDecisionAction = defineAction(askAfterDecision, pages)
