import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { label } from '@/lib/i18n/vocabulary.ts'
import { myExchanges } from '@/lib/rotation/queries/my-exchanges.ts'
import { answerExchangeAction } from '../../rotation/rounds/[roundId]/plan/actions.ts'

export default definePage('rotation.scenario.answerExchange', {
  load: async (tx, { actor }) => (actor.teacherId ? myExchanges(tx, actor.teacherId) : null),
  view: (offers, { t }) => (
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
          {offer.agreed === null ? (
            <ActionForm action={answerExchangeAction} hidden={{ consentId: offer.id }}>
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
            <p>{t(offer.agreed ? 'plan.my.agreed' : 'plan.my.declined')}</p>
          )}
        </Card>
      ))}
    </Screen>
  ),
})
