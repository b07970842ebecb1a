import Link from 'next/link'
import { formatCount, formatShare } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { ELIGIBILITY_STATES, type EligibilityState } from '@/lib/rules/rotation/eligibility-result.ts'
import { ratio } from '@/lib/rules/values/ratio.ts'

const KIND: Partial<Record<EligibilityState, string>> = { eligible: 'good', deferred: 'wait' }

/** One bar an outcome; each opens its people. */
export function OutcomeBars({
  counts,
  total,
  current,
  href,
  t,
}: {
  counts: Record<EligibilityState, number>
  total: number
  current: string | undefined
  href: (state: EligibilityState | undefined) => string
  t: Translate
}) {
  return (
    <div className="outcomes">
      {ELIGIBILITY_STATES.map((state) => (
        <OutcomeBar key={state} {...{ state, counts, total, current, href, t }} />
      ))}
    </div>
  )
}

function OutcomeBar({
  state,
  counts,
  total,
  current,
  href,
  t,
}: Parameters<typeof OutcomeBars>[0] & { state: EligibilityState }) {
  const isOpen = current === state
  const share = total === 0 ? 0 : (counts[state] / total) * 100
  return (
    <>
      <Link href={href(isOpen ? undefined : state) as never} aria-current={isOpen ? 'true' : undefined}>
        {t(`rotation.eligibility.state.${state}`)}
      </Link>
      <span className={`bar ${KIND[state] ?? ''}`} aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </span>
      <Link className="num" href={href(isOpen ? undefined : state) as never}>
        {t('roll.people', { count: formatCount(counts[state]) })}{' '}
        <span className="small muted">{formatShare(ratio(counts[state], total), t.locale)}</span>
      </Link>
    </>
  )
}
