import type { Operation } from '@/lib/platform/two-person.ts'
import { activatePolicy } from '@/lib/rotation/operations/activate-policy.ts'

/** Every two-person operation of all areas. */
export const OPERATIONS = [activatePolicy] as unknown as readonly Operation<never>[]
