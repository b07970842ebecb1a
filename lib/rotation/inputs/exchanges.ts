import { z } from 'zod'
import type { ExchangeId, ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { idSchema, type TeacherId } from '@/lib/rules/values/ids.ts'
import { optionalDay } from './cases.ts'

/** Days people have to answer, where HR says nothing else. */
export const ANSWER_DAYS = 7

export const offerInput = z.strictObject({
  scenarioId: idSchema<ScenarioId>(),
  /** Everybody of the cycle. */
  teacherIds: z.array(idSchema<TeacherId>()).min(2).max(200),
  answerUntil: optionalDay,
})
export const answerInput = z.strictObject({ consentId: idSchema<string>(), agreed: z.enum(['yes', 'no']) })
export const exchangeInput = z.strictObject({ exchangeId: idSchema<ExchangeId>() })
