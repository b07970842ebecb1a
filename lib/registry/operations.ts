import { limitsOperation } from '@/lib/platform/commands/settings.ts'
import { endGrantOperation, giveGrantOperation, proposeGrantOperation } from '@/lib/platform/grant-operations.ts'
import type { RegisteredOperation } from '@/lib/platform/two-person.ts'
import { disableAuditorOperation } from '@/lib/platform/user-state.ts'
import { undoOperation } from '@/lib/register/commands/import-batch.ts'
import { revokeHonourOperation } from '@/lib/register/commands/record-standing.ts'
import { activatePolicy } from '@/lib/rotation/operations/activate-policy.ts'
import { adoptOperation } from '@/lib/rotation/operations/adopt-scenario.ts'
import { AFTER_DECIDING_OPERATIONS } from '@/lib/rotation/operations/after-deciding.ts'
import { overruleOperation } from '@/lib/rotation/operations/overrule-quota.ts'
import { reopenOperation } from '@/lib/rotation/operations/reopen-round.ts'

/** Every two-person operation of all areas. */
export const OPERATIONS: readonly RegisteredOperation[] = [
  giveGrantOperation,
  endGrantOperation,
  proposeGrantOperation,
  limitsOperation,
  disableAuditorOperation,
  revokeHonourOperation,
  activatePolicy,
  overruleOperation,
  reopenOperation,
  adoptOperation,
  ...AFTER_DECIDING_OPERATIONS,
  undoOperation,
]
