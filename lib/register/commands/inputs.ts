import { z } from 'zod'
import { type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'
import { idSchema, type TeacherId } from '@/lib/rules/values/ids.ts'

/** A day as a date field sends it. */
export const dayInput = z
  .string()
  .refine((text) => parseDay(text) !== null, 'register.refusal.notADay')
  .transform((text) => text as LocalDate)

/** An empty field is no value. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), schema.nullable())

export const codeOf = <T extends string>(terms: Record<T, unknown>) => z.enum(Object.keys(terms) as [T, ...T[]])

/** Why a record is changed; kept with the change. */
export const reasonInput = z.string().trim().min(2, 'register.refusal.reasonMissing').max(300)

/** What every change of a person sends: who, the version that was on the page, why. */
export const ofTeacher = {
  teacherId: idSchema<TeacherId>(),
  version: z.coerce.number().int(),
  reason: reasonInput,
}
