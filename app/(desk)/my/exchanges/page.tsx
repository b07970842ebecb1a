import Link from 'next/link'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { label } from '@/lib/i18n/vocabulary.ts'
import { myExchanges } from '@/lib/rotation/queries/my-exchanges.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { answerExchangeAction } from '../../rotation/exchanges/actions.ts'

type Offer = Awaited<ReturnType<typeof myExchanges>>[number]

const mayAnswer = ({ agreed, withdrawnAt, answerUntil, roundState }: Offer, today: LocalDate): boolean =>
  agreed === null && withdrawnAt === null && answerUntil >= today && roundState === 'open'

/** What became of an offer that no longer waits for this person. */
const outcome = ({ agreed, withdrawnAt, caseId }: Offer): string =>
  caseId ? 'made' : withdrawnAt ? 'withdrawn' : agreed === null ? 'lapsed' : agreed ? 'agreed' : 'declined'

export default definePage('rotation.scenario.answerExchange', {
  load: async (tx, { actor }) => (actor.teacherId ? myExchanges(tx, actor.teacherId) : null),
  view: (offers, { t, actor }) => (
    <Screen title={t('plan.my.title')}>
      <p className="muted">{t('plan.my.about')}</p>
      {offers.length === 0 && <EmptyState title={t('plan.my.none')} />}
      {offers.map((offer) => (
        <Card key={offer.id} title={t('plan.my.offer', { from: offer.from, to: offer.to })}>
          <p>
            {t('plan.my.letter', {
              round: offer.round,
              subject: label(t, 'subject', offer.subject),
              from: offer.from,
              to: offer.to,
              day: offer.effectiveOn,
            })}
          </p>
          {mayAnswer(offer, actor.today) ? (
            <ActionForm action={answerExchangeAction} hidden={{ consentId: offer.id }}>
              <p className="muted">{t('plan.my.until', { until: offer.answerUntil })}</p>
              <div className="actions thumb">
                <SubmitButton name="agreed" value="yes">
                  {t('plan.my.agree')}
                </SubmitButton>
                <SubmitButton name="agreed" value="no" kind="plain">
                  {t('plan.my.decline')}
                </SubmitButton>
              </div>
            </ActionForm>
          ) : (
            <p>
              {t(`plan.my.${outcome(offer)}`, { until: offer.answerUntil })}{' '}
              {offer.caseId && <Link href={`/rotation/cases/${offer.caseId}` as never}>{t('plan.my.case')}</Link>}
            </p>
          )}
        </Card>
      ))}
    </Screen>
  ),
})
