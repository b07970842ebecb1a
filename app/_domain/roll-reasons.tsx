import Link from 'next/link'
import type { ReactNode } from 'react'
import { State } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { RollRow } from '@/lib/rotation/queries/roll-list.ts'
import { monthsLeft, shownReason } from '@/lib/rotation/roll/reason-text.ts'
import type { EligibilityState } from '@/lib/rules/rotation/eligibility-result.ts'
import { type LocalDate, monthOf } from '@/lib/rules/values/dates.ts'

const KIND: Record<EligibilityState, 'good' | 'wait' | 'off' | 'plain'> = {
  eligible: 'good',
  deferred: 'wait',
  exempt: 'off',
  not_yet: 'plain',
  out_of_scope: 'off',
}

/** 符合 · 暂缓 · 免于 · 未满年限 · 不在范围, in a word and a shape. */
export function EligibilityWord({ state, t }: { state: EligibilityState; t: Translate }) {
  return <State kind={KIND[state]}>{t(`rotation.eligibility.state.${state}`)}</State>
}

/**
 * Why somebody is eligible or not, as a sentence of clauses (ux.md §4): each opens the record behind it and the line of
 * the policy it comes from.
 */
export function ReasonSentence({
  row,
  t,
  readBy,
  snapshot,
  tenureNeeded,
  recordHref,
  policyHref,
}: {
  row: RollRow
  t: Translate
  readBy: string
  snapshot: LocalDate
  tenureNeeded: number
  /** The person's record; null where the reader has none to open. */
  recordHref: string | null
  /** The policy's page; null while the defaults stand in. */
  policyHref: string | null
}) {
  const policyLine = (anchor: string, rule: string | null): ReactNode =>
    rule === null ? null : policyHref ? (
      <a className="small" href={`${policyHref}#${anchor}`}>
        {rule}
      </a>
    ) : (
      <span className="small muted">{rule}</span>
    )
  const clause = (key: string, text: string, rule: ReactNode) => (
    <li key={key}>
      {recordHref ? <Link href={recordHref as never}>{text}</Link> : text} {rule}
    </li>
  )
  const isShort = row.reasons.some(({ rule }) => rule === 'R-ELIG-3')
  const nearsRetirement = row.reasons.some(({ rule }) => rule === 'R-ELIG-5')
  return (
    <ul className="clauses">
      {row.tenureStart &&
        !isShort &&
        clause(
          'tenure',
          t('rotation.eligibility.clause.tenure', {
            since: monthOf(row.tenureStart),
            until: monthOf(snapshot),
            months: row.tenureMonths,
            needed: tenureNeeded,
          }),
          policyLine('eligibility.tenureMonths', 'R-ELIG-3'),
        )}
      {row.retirementDate &&
        !nearsRetirement &&
        clause(
          'retirement',
          t('rotation.eligibility.clause.retirement', {
            date: row.retirementDate,
            left: monthsLeft(t, snapshot, row.retirementDate),
          }),
          policyLine('eligibility.retirementMonths', 'R-ELIG-5'),
        )}
      {row.reasons.map((reason) => {
        const shown = shownReason(t, reason, readBy)
        return clause(
          `${reason.rule} ${reason.finding} ${reason.from}`,
          shown.text,
          policyLine('eligibility', shown.rule),
        )
      })}
      {row.state === 'eligible' && <li>{t('rotation.eligibility.clause.nothingElse')}</li>}
      <li>
        → <EligibilityWord state={row.state} t={t} />
      </li>
      <li className="muted">
        {row.nextChange
          ? t('rotation.eligibility.clause.next', { date: row.nextChange })
          : t('rotation.eligibility.clause.noNext')}
      </li>
    </ul>
  )
}
