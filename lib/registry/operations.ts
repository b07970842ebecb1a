import type { Operation } from '@/lib/platform/two-person.ts'
import { revokeHonourOperation } from '@/lib/register/commands/record-standing.ts'

/** Every two-person operation of all areas. */
export const OPERATIONS = [revokeHonourOperation] as unknown as readonly Operation<never>[]
