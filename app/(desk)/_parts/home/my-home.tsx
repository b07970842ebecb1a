import Link from 'next/link'
import { EligibilityWord, ReasonSentence } from '@/app/_domain/roll-reasons.tsx'
import { ButtonLink, Card, EmptyState } from '@/app/_ui/screen.tsx'
import type { MyCase, MyPosting } from '@/lib/home/queries/my-moves.ts'
import { formatPeriod, formatSchoolYear } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { MyEligibility } from '@/lib/rotation/queries/my-eligibility.ts'
import { liveRows } from '@/lib/rotation/queries/roll-list.ts'
import { snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { addDays } from '@/lib/rules/values/dates.ts'

/** Teacher: whether I stand on the roll and why, my case, my postings and papers; words before numbers. */
export function MyHome({
  t,
  role,
  eligibility,
  cases,
  postings,
}: {
  t: Translate
  /** Whose eyes: some reasons are worded by role. */
  role: string
  eligibility: MyEligibility | null
  cases: MyCase[]
  postings: MyPosting[]
}) {
  const row = eligibility && liveRows([eligibility.line])[0]
  return (
    <div className="columns">
      <Card title={t('home.my.eligibility')}>
        {eligibility && row ? (
          <>
            <p style={{ marginBottom: 6 }}>
              {t('home.my.forYear', { year: formatSchoolYear(eligibility.year, t.locale) })}{' '}
              <EligibilityWord t={t} state={row.state} />
            </p>
            <ReasonSentence
              row={row}
              t={t}
              readBy={role}
              snapshot={snapshotOf(eligibility.year)}
              tenureNeeded={eligibility.tenureNeeded}
              recordHref="/my"
              policyHref={null}
            />
            <p className="small muted" style={{ marginTop: 8 }}>
              {t('home.my.notADecision')} <Link href="/my?tab=corrections">{t('home.my.wrong')}</Link>
            </p>
          </>
        ) : (
          <EmptyState title={t('home.my.none')} text={t('home.my.noneText')} />
        )}
      </Card>
      <Card title={t('home.my.case')}>
        {cases.length === 0 ? (
          <EmptyState title={t('home.my.noCase')} text={t('home.my.noCaseText')} />
        ) : (
          <ul className="lines">
            {cases.map((one) => (
              <li key={one.id}>
                <Link href={`/rotation/cases/${one.id}` as never}>
                  {t('home.my.caseLine', { round: one.round, from: one.from, to: one.to ?? '—' })}
                </Link>{' '}
                <span className="muted">{t('home.my.from', { on: one.startsOn })}</span>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('home.my.papers')} tools={<ButtonLink href="/my">{t('home.my.record')}</ButtonLink>}>
        {postings.length === 0 ? (
          <EmptyState title={t('home.my.noPostings')} text={t('home.my.noPostingsText')} />
        ) : (
          <ul className="timeline">
            {postings.map((one) => (
              <li key={one.id}>
                {t('home.my.postingLine', {
                  from: one.from,
                  to: one.to,
                  period: formatPeriod(
                    { from: one.startsOn, until: one.endsOn ? addDays(one.endsOn, 1) : null },
                    t.locale,
                  ),
                })}
              </li>
            ))}
          </ul>
        )}
      </Card>
    </div>
  )
}
