import { z } from 'zod'
import type { PolicyId } from '@/lib/rules/values/ids.ts'
import { idSchema, type RoundId, type SchoolId, type UserId } from '@/lib/rules/values/ids.ts'
import { daySchema, optionalDay } from './cases.ts'

export const createRoundInput = z.strictObject({
  year: z.coerce.number().int().min(2000).max(2100),
  name: z.string().trim().min(1).max(80),
  policyId: idSchema<PolicyId>(),
  /** 基准日; 31 August before the school year starts unless set. */
  snapshotDate: optionalDay,
  /** First day at the destination; 1 September of the school year unless set. */
  effectiveOn: optionalDay,
  applyUntil: optionalDay,
})
export const roundInput = z.strictObject({ roundId: idSchema<RoundId>(), version: z.coerce.number().int() })
export const openRoundInput = roundInput.extend({ applyUntil: optionalDay })
export const reopenRoundInput = roundInput.extend({ reason: z.string().trim().min(1).max(500) })

export const suggestVacanciesInput = z.strictObject({
  roundId: idSchema<RoundId>(),
  /** Empty: all schools of the actor's scope. */
  schoolIds: z.array(idSchema<SchoolId>()).max(2000).default([]),
})
export const saveVacancyInput = z.strictObject({
  roundId: idSchema<RoundId>(),
  schoolId: idSchema<SchoolId>(),
  stage: z.enum(['P', 'J', 'S', 'K']),
  subject: z.string().min(1).max(10),
  places: z.coerce.number().int().min(0).max(99),
  note: z.string().trim().max(300).default(''),
  /** 0 for a new one. */
  version: z.coerce.number().int().default(0),
})
export const vacanciesInput = z.strictObject({
  roundId: idSchema<RoundId>(),
  vacancyIds: z.array(idSchema<string>()).min(1).max(2000),
})

export const delegateInput = z.strictObject({
  toUserId: idSchema<UserId>(),
  from: daySchema,
  /** Last day, counted. */
  until: daySchema,
  reason: z.string().trim().max(300).default(''),
})
export const endDelegationInput = z.strictObject({ delegationId: idSchema<string>() })
