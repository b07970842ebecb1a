import type { HonourLevel } from '../register/vocabulary.ts'
import { addMonthsToDay, type LocalDate, overlaps, type Period } from '../values/dates.ts'
import type { Refusal } from '../values/outcome.ts'

export const STUDIO_KINDS = { principal: '名校长工作室', subject: '学科名师工作室', moral: '德育名师工作室' } as const
export type StudioKind = keyof typeof STUDIO_KINDS
/** Levels a studio is set up at, highest first. */
export const STUDIO_LEVELS = ['national', 'region', 'city', 'county'] as const satisfies readonly HonourLevel[]

export interface StudioMembership extends Period {
  studioId: string
  personId: string
  role: 'host' | 'member'
}

export interface StudioLevel {
  id: string
  level: HonourLevel
}

/**
 * What stands against a membership beside those known (domain.md §1.5): one host of a studio at a time; nobody twice in
 * one studio; a host is not a member of another studio of the same level, nor a member a host there.
 */
export function membershipRefusals(
  next: StudioMembership,
  known: readonly StudioMembership[],
  studios: readonly StudioLevel[],
): Refusal[] {
  const levelOf = (id: string) => studios.find((studio) => studio.id === id)?.level
  const found: Refusal[] = []
  for (const other of known) {
    if (!overlaps(next, other)) continue
    const sameStudio = other.studioId === next.studioId
    if (sameStudio && next.role === 'host' && other.role === 'host')
      found.push({ code: 'talent.refusal.studio.secondHost', values: { from: other.from } })
    else if (sameStudio && other.personId === next.personId)
      found.push({ code: 'talent.refusal.studio.alreadyMember', values: { from: other.from } })
    else if (
      !sameStudio &&
      other.personId === next.personId &&
      levelOf(other.studioId) === levelOf(next.studioId) &&
      (other.role === 'host' || next.role === 'host')
    )
      found.push({ code: 'talent.refusal.studio.hostElsewhere', values: { studio: other.studioId } })
  }
  return found
}

/** Days of a studio's cycle 周期 of 2 or 3 years from its founding or renewal. */
export const studioCycle = (from: LocalDate, years: 2 | 3): Period => ({
  from,
  until: addMonthsToDay(from, years * 12),
})

/** Host of a studio on a day; null when vacant. */
export const hostOn = (memberships: readonly StudioMembership[], studioId: string, on: LocalDate): string | null =>
  memberships.find(
    (one) =>
      one.studioId === studioId && one.role === 'host' && one.from <= on && (one.until === null || on < one.until),
  )?.personId ?? null
