import { z } from 'zod'
import { pagingQuery, textQuery } from '@/app/_ui/address.ts'
import { type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'
import { isUuid } from '@/lib/rules/values/ids.ts'

const idQuery = z.string().refine(isUuid).optional().catch(undefined)

/** Everything that makes up the list is in the address; every field falls back, so an old link never breaks. */
export const rollQuery = z.object({
  snapshot: z
    .string()
    .refine((text) => parseDay(text) !== null)
    .transform((text) => text as LocalDate)
    .optional()
    .catch(undefined),
  policy: idQuery,
  roll: idQuery,
  school: idQuery,
  subject: textQuery,
  state: textQuery,
  rule: textQuery,
  backbone: z.enum(['yes', 'no']).optional().catch(undefined),
  who: textQuery,
  person: idQuery,
  ...pagingQuery,
})
export type RollQuery = z.output<typeof rollQuery>
