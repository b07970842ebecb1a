import { formatMonths } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { PlanPerson } from '@/lib/rotation/queries/scenario-view.ts'

/** What made somebody eligible, and why this member of a group goes first (R-TEN-1). */
export const eligibleReason = (t: Translate, person: PlanPerson, isGroup: boolean): string =>
  t(isGroup ? 'plan.reason.eligibleFirst' : 'plan.reason.eligible', {
    months: formatMonths(person.months ?? 0, t.locale),
    since: person.since?.slice(0, 7) ?? '—',
  })
