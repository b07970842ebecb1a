import { z } from 'zod'
import { type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'

/** A calendar day as a form sends it. */
export const daySchema = z.string().transform((value, context) => {
  const on = parseDay(value)
  if (!on) context.addIssue({ code: 'custom', message: 'platform.refusal.invalid' })
  return on as LocalDate
})
