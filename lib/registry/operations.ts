import type { Operation } from '@/lib/platform/two-person.ts'

/** Every two-person operation of all areas. */
export const OPERATIONS: readonly Operation<never>[] = []
