import { z } from 'zod'
import { RELATIONS } from '@/lib/rules/rotation/recusal.ts'
import { idSchema, type TeacherId, type UserId } from '@/lib/rules/values/ids.ts'

export const declareRecusalInput = z
  .strictObject({
    teacherId: idSchema<TeacherId>(),
    /** Who must stand aside; empty: I myself. */
    userId: z.preprocess((value) => (value === '' ? undefined : value), idSchema<UserId>().optional()),
    relation: z.enum(RELATIONS, { error: 'recusal.refusal.relationMissing' }),
    reason: z.string().trim().max(200).default(''),
  })
  .refine(({ relation, reason }) => relation !== 'other' || reason !== '', {
    path: ['reason'],
    error: 'recusal.refusal.whichOther',
  })

export const endRecusalInput = z.strictObject({
  recusalId: idSchema<string>(),
  reason: z.string().trim().min(1).max(200),
})
