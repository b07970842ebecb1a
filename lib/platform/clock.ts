import { addDays, type LocalDate } from '@/lib/rules/values/dates.ts'

/** A moment as ISO text with milliseconds, UTC. */
export type Instant = string & { readonly __brand: 'Instant' }

/** The only place that asks the machine for the time. */
export const now = (): Instant => new Date().toISOString() as Instant

/** Milliseconds, for measuring and expiry only. */
export const nowMs = (): number => Date.now()

/** A moment `seconds` from now (earlier when negative). */
export const fromNow = (seconds: number): Instant => new Date(Date.now() + seconds * 1000).toISOString() as Instant

/** The calendar day of a moment in a time zone. */
export function dayIn(timeZone: string, at: Instant = now()): LocalDate {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(at),
  ) as LocalDate
}

export interface DistrictClock {
  timeZone: string
  demo: boolean
  exercise: boolean
  settings: Record<string, unknown>
}

/**
 * Today in a district. Only a demo or exercise district may live on another day (`settings.demoDays`, days ahead),
 * so that a whole rotation year can be walked through in an afternoon.
 */
export function todayIn(district: DistrictClock): LocalDate {
  const real = dayIn(district.timeZone)
  const ahead = district.demo || district.exercise ? Number(district.settings.demoDays ?? 0) : 0
  return Number.isInteger(ahead) && ahead !== 0 ? addDays(real, ahead) : real
}
