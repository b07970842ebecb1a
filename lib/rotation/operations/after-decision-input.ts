import { z } from 'zod'
import { type CaseId, idSchema, type SchoolId, type TeacherId } from '@/lib/rules/values/ids.ts'
import { daySchema } from './day-schema.ts'

const base = {
  caseId: idSchema<CaseId>(),
  version: z.coerce.number().int(),
  documentNo: z.string().trim().min(3).max(60),
}
const optionalDay = z.union([z.literal('').transform(() => undefined), daySchema]).optional()
const optionalSchool = z.union([z.literal('').transform(() => undefined), idSchema<SchoolId>()]).optional()

/** 更正公示、暂缓报到、改派、撤销调令、递补: what each needs to know. */
export const AFTER_KINDS = ['correct', 'defer_report', 'reassign', 'revoke', 'substitute'] as const
export type AfterKind = (typeof AFTER_KINDS)[number]

export const afterPayload = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('correct'),
    ...base,
    toSchoolId: optionalSchool,
    form: z.coerce.number().int().min(1).max(9).optional(),
    startsOn: optionalDay,
    endsOn: optionalDay,
  }),
  z.object({ kind: z.literal('defer_report'), ...base, until: daySchema }),
  z.object({ kind: z.literal('reassign'), ...base, toSchoolId: idSchema<SchoolId>(), startsOn: optionalDay }),
  z.object({ kind: z.literal('revoke'), ...base }),
  z.object({ kind: z.literal('substitute'), ...base, teacherId: idSchema<TeacherId>() }),
])
export type AfterPayload = z.infer<typeof afterPayload>
export type AfterOf<K extends AfterKind> = Extract<AfterPayload, { kind: K }>
