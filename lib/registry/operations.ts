import type { Operation } from '@/lib/platform/two-person.ts'
import { overruleOperation } from '@/lib/rotation/operations/overrule-quota.ts'
import { reopenOperation } from '@/lib/rotation/operations/reopen-round.ts'

/** Every two-person operation of all areas. */
export const OPERATIONS: readonly Operation<never>[] = [
  overruleOperation,
  reopenOperation,
] as unknown as readonly Operation<never>[]
