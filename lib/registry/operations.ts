import type { Operation } from '@/lib/platform/two-person.ts'
import { afterDecisionOperation } from '@/lib/rotation/operations/after-decision.ts'
import { changeServiceOperation } from '@/lib/rotation/operations/change-service.ts'
import { issueOrdersOperation } from '@/lib/rotation/operations/issue-orders.ts'
import { publishNoticeOperation, withdrawNoticeOperation } from '@/lib/rotation/operations/publish-notice.ts'

/** Every two-person operation of all areas. */
export const OPERATIONS: readonly Operation<never>[] = [
  publishNoticeOperation,
  withdrawNoticeOperation,
  issueOrdersOperation,
  afterDecisionOperation,
  changeServiceOperation,
] as unknown as readonly Operation<never>[]
