import type { Operation } from '@/lib/platform/two-person.ts'
import { undoOperation } from '@/lib/register/commands/import-batch.ts'

/** Every two-person operation of all areas. */
export const OPERATIONS: readonly Operation<never>[] = [undoOperation as unknown as Operation<never>]
