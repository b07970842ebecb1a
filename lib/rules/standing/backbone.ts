import type { HonourKind, HonourLevel } from '../register/vocabulary.ts'
import { addMonths, firstDayOf, type LocalDate, monthOf, type YearMonth } from '../values/dates.ts'

/** An honour as held. `validUntil` (first day no longer valid) is what its certificate states; else the default by kind. */
export interface Honour {
  kind: HonourKind
  level: HonourLevel
  awarded: YearMonth | null
  validUntil?: LocalDate | null
  revokedOn?: LocalDate | null
}

export interface BackboneSettings {
  /** Kinds that count as 骨干 (R-HON-1). */
  backboneKinds: readonly HonourKind[]
  /** Default validity in months by kind; null = no end. */
  honourValidityMonths: Readonly<Record<HonourKind, number | null>>
}

export const DEFAULT_BACKBONE_KINDS: HonourKind[] = [
  'teaching_expert',
  'subject_leader',
  'backbone',
  'famous',
  'special_grade',
]

/** Ordos chooses 教学能手 and 学科带头人 every 3 years; 骨干教师 and 名师 are re-assessed within 3–5 (domain.md §1.4). */
export const DEFAULT_HONOUR_VALIDITY: Record<HonourKind, number | null> = {
  teaching_expert: 36,
  subject_leader: 36,
  backbone: 60,
  famous: 60,
  special_grade: null,
  young_star: 36,
}

/** Days an honour is valid: from the first day of the month awarded, half-open; null when the month is unknown. */
export function honourValidity(
  honour: Honour,
  months: BackboneSettings['honourValidityMonths'],
): { from: LocalDate; until: LocalDate | null } | null {
  if (honour.awarded === null) return null
  const from = firstDayOf(honour.awarded)
  const byKind = months[honour.kind]
  const stated = honour.validUntil ?? (byKind === null ? null : firstDayOf(addMonths(honour.awarded, byKind)))
  const revoked = honour.revokedOn ?? null
  if (revoked !== null && (stated === null || revoked < stated)) return { from, until: revoked }
  return { from, until: stated }
}

/** Honours that make a person 县级及以上骨干教师 on a day (R-HON-1): counted kind, county level or above, valid, not revoked. */
export function countedHonours(honours: readonly Honour[], on: LocalDate, settings: BackboneSettings): Honour[] {
  return honours.filter((honour) => {
    if (honour.level === 'school' || !settings.backboneKinds.includes(honour.kind)) return false
    const valid = honourValidity(honour, settings.honourValidityMonths)
    return valid !== null && valid.from <= on && (valid.until === null || on < valid.until)
  })
}

/**
 * The same from the other side (R-HON-1): an honour of this kind whose certificate states no end counts on the day when it
 * was awarded in this month or later.
 * @returns null where the kind has no end: whenever awarded
 */
export function countsFrom(
  kind: HonourKind,
  on: LocalDate,
  { honourValidityMonths }: Pick<BackboneSettings, 'honourValidityMonths'>,
): YearMonth | null {
  const months = honourValidityMonths[kind]
  return months === null ? null : addMonths(monthOf(on), 1 - months)
}

/** R-HON-1. A person counts once, however many honours. */
export const isBackbone = (honours: readonly Honour[], on: LocalDate, settings: BackboneSettings): boolean =>
  countedHonours(honours, on, settings).length > 0
