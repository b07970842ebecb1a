import { z } from 'zod'

const within = (least: number, most: number, usual: number) =>
  z.coerce.number().int().min(least).max(most).default(usual)

/**
 * Limits of a district, all settings with bounds (security.md §4.3): a bureau of two clerks must be able to work on a
 * Friday evening, and a request asked then may be answered on Monday.
 */
export const limitsSchema = z.strictObject({
  /** Minutes without a click after which a session ends. */
  idleMinutes: within(5, 240, 20),
  sessionHours: within(1, 24, 12),
  signInFailures: within(3, 20, 5),
  lockMinutes: within(1, 1440, 15),
  /** Hours an unanswered two-person request stays valid. */
  twoPersonHours: within(1, 168, 24),
  /** Hours a one-time link opens an account. */
  linkHours: within(1, 168, 24),
  revealsPerHour: within(1, 1000, 60),
  exportsPerHour: within(1, 500, 10),
  importsPerHour: within(1, 100, 5),
})
export type Limits = z.output<typeof limitsSchema>
export const LIMIT_NAMES = Object.keys(limitsSchema.shape) as (keyof Limits)[]

/** A district's limits; one that is missing or out of bounds has its usual value. */
export function limitsOf(settings: Record<string, unknown>): Limits {
  const stored = (settings.limits ?? {}) as Record<string, unknown>
  const usual = limitsSchema.parse({})
  const entries = LIMIT_NAMES.map((name) => {
    const field = limitsSchema.shape[name].safeParse(stored[name])
    return [name, field.success ? field.data : usual[name]] as const
  })
  return Object.fromEntries(entries) as Limits
}
