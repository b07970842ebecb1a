import { definePage } from '@/app/_server/page.tsx'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { offeredExchanges } from '@/lib/rotation/queries/exchanges.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { ExchangeCard } from '../_parts/exchange-card.tsx'
import { RotationTabs } from '../_parts/rotation-tabs.tsx'

/** 校际互换 of the open rounds: who was asked, who answered, and the step that makes cases of one all agreed to. */
export default definePage('rotation.exchange.list', {
  load: (tx, { actor }) => offeredExchanges(tx, actor.today),
  view: (exchanges, { t, actor }) => (
    <Screen title={t('plan.exchange.title')}>
      <RotationTabs t={t} actor={actor} current="exchanges" />
      <p className="noted">{t('plan.exchange.about')}</p>
      {exchanges.length === 0 && (
        <Card>
          <EmptyState title={t('plan.exchange.none')} text={t('plan.exchange.noneText')} />
        </Card>
      )}
      {exchanges.map((exchange) => (
        <ExchangeCard
          key={exchange.id}
          t={t}
          exchange={exchange}
          mayAct={mayUse(actor, 'rotation.scenario.makeExchange')}
          scenarioHref={`/rotation/rounds/${exchange.round.id}/plan/${exchange.scenarioId}?tab=chains`}
        />
      ))}
    </Screen>
  ),
})
