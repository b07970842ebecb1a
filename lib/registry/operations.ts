import { limitsOperation } from '@/lib/platform/commands/settings.ts'
import { endGrantOperation, giveGrantOperation, proposeGrantOperation } from '@/lib/platform/grant-operations.ts'
import type { RegisteredOperation } from '@/lib/platform/two-person.ts'
import { disableAuditorOperation } from '@/lib/platform/user-state.ts'
import { revokeHonourOperation } from '@/lib/register/commands/record-standing.ts'
import { activatePolicy } from '@/lib/rotation/operations/activate-policy.ts'
import { afterDecisionOperation } from '@/lib/rotation/operations/after-decision.ts'
import { changeServiceOperation } from '@/lib/rotation/operations/change-service.ts'
import { issueOrdersOperation } from '@/lib/rotation/operations/issue-orders.ts'
import { publishNoticeOperation, withdrawNoticeOperation } from '@/lib/rotation/operations/publish-notice.ts'

/** Every two-person operation of all areas. */
export const OPERATIONS: readonly RegisteredOperation[] = [
  giveGrantOperation,
  endGrantOperation,
  proposeGrantOperation,
  limitsOperation,
  disableAuditorOperation,
  revokeHonourOperation,
  activatePolicy,
  publishNoticeOperation,
  withdrawNoticeOperation,
  issueOrdersOperation,
  afterDecisionOperation,
  changeServiceOperation,
]
