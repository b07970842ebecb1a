import { afterDecisionOperation } from './after-decision.ts'
import { changeServiceOperation } from './change-service.ts'
import { issueOrdersOperation } from './issue-orders.ts'
import { publishNoticeOperation, withdrawNoticeOperation } from './publish-notice.ts'

/** The two-person operations after 局审定. */
export const AFTER_DECIDING_OPERATIONS = [
  publishNoticeOperation,
  withdrawNoticeOperation,
  issueOrdersOperation,
  afterDecisionOperation,
  changeServiceOperation,
] as const
