import { formatMonths } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { EligibilityRule, Reason } from '@/lib/rules/rotation/eligibility-result.ts'
import { addDays, type LocalDate, monthsBetween } from '@/lib/rules/values/dates.ts'

/** Vocabulary of the code a finding carries. */
const CODES: Partial<Record<Reason['finding'], { value: string; vocabulary: string }>> = {
  leftService: { value: 'status', vocabulary: 'status' },
  outsideEstablishment: { value: 'form', vocabulary: 'employmentForm' },
  notTeacher: { value: 'category', vocabulary: 'category' },
  otherStage: { value: 'stage', vocabulary: 'stage' },
  discipline: { value: 'kind', vocabulary: 'discipline' },
}

/** A reason as a role may read it: where the kind is not for it, outcome and end only (security.md §2.2, f3 and f6). */
export interface ShownReason {
  /** Null where the rule itself would tell. */
  rule: EligibilityRule | null
  text: string
}

const spanText = (t: Translate, until: LocalDate | null): string =>
  until === null
    ? t('rotation.eligibility.span.open')
    : t('rotation.eligibility.span.until', { last: addDays(until, -1) })

/** The sentence of one reason, with its evidence in words. */
export function reasonText(t: Translate, reason: Reason): string {
  const code = CODES[reason.finding]
  const stored = code ? String(reason.values[code.value] ?? '') : ''
  const values = {
    ...reason.values,
    span: spanText(t, reason.until),
    what: code && stored !== '' ? t(`vocabulary.${code.vocabulary}.${stored}`) : '—',
    ...(reason.finding === 'postingDone' && reason.from ? { ended: addDays(reason.from, -1) } : {}),
  }
  return t(`rotation.eligibility.reason.${reason.finding}`, values)
}

const FAMILY_AND_HEALTH: readonly EligibilityRule[] = ['R-ELIG-6', 'R-ELIG-7', 'R-ELIG-12']

/** Who may read why: personnel and the person all; the leadership no family or health; schools neither that nor conduct. */
export function shownReason(t: Translate, reason: Reason, role: string): ShownReason {
  const isSchool = role === 'principal' || role === 'school_hr'
  if (FAMILY_AND_HEALTH.includes(reason.rule) && (isSchool || role === 'bureau_reviewer'))
    return { rule: null, text: t('rotation.eligibility.masked.deferred', { span: spanText(t, reason.until) }) }
  if (reason.rule === 'R-ELIG-8' && isSchool) return { rule: null, text: t('rotation.eligibility.masked.conduct') }
  return { rule: reason.rule, text: reasonText(t, reason) }
}

/** "6 年 4 个月" from a day to another, whole months. */
export const monthsLeft = (t: Translate, on: LocalDate, date: LocalDate): string => {
  const whole = monthsBetween(on, date) - (date.slice(8) < on.slice(8) ? 1 : 0)
  return formatMonths(Math.max(0, whole), t.locale)
}
