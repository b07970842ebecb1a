import type { Operation } from '@/lib/platform/two-person.ts'
import { revokeHonourOperation } from '@/lib/register/commands/record-standing.ts'
import { activatePolicy } from '@/lib/rotation/operations/activate-policy.ts'

/** Every two-person operation of all areas. */
export const OPERATIONS = [revokeHonourOperation, activatePolicy] as unknown as readonly Operation<never>[]
