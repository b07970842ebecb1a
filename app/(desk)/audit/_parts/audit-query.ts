import { z } from 'zod'
import { pagingQuery, textQuery } from '@/app/_ui/address.ts'
import { parseDay } from '@/lib/rules/values/dates.ts'

export const OUTCOMES = ['done', 'refused', 'failed'] as const

const dayQuery = z
  .string()
  .trim()
  .refine((text) => parseDay(text) !== null)
  .optional()
  .catch(undefined)

export const auditFilter = {
  who: textQuery,
  action: textQuery,
  object: textQuery,
  outcome: z.enum(OUTCOMES).optional().catch(undefined),
  from: dayQuery,
  to: dayQuery,
}
export const auditQuery = z.object({ ...auditFilter, ...pagingQuery })
