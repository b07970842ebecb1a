import Link from 'next/link'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { Card, State } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { OfferedExchange } from '@/lib/rotation/queries/exchanges.ts'
import { type ExchangeState, isRunningExchange } from '@/lib/rules/rotation/exchange.ts'
import { makeExchangeAction, withdrawExchangeAction } from '../exchanges/actions.ts'

const KIND: Record<ExchangeState, 'good' | 'bad' | 'wait' | 'off'> = {
  waiting: 'wait',
  agreed: 'good',
  declined: 'bad',
  lapsed: 'bad',
  withdrawn: 'off',
  made: 'good',
}

/** An exchange its people were asked about: who answered what, the cases made of it, and what HR can do now. */
export function ExchangeCard({
  t,
  exchange,
  mayAct,
  scenarioHref,
}: {
  t: Translate
  exchange: OfferedExchange
  mayAct: boolean
  /** Where it was found; left out where one is already. */
  scenarioHref?: string
}) {
  const { state, parts } = exchange
  const people = parts.length
  const acts = mayAct && exchange.round.isOpen && isRunningExchange(state)
  return (
    <Card
      title={
        <>
          {t('plan.exchange.of', { people })} <State kind={KIND[state]}>{t(`plan.exchange.state.${state}`)}</State>
        </>
      }
    >
      <p className="small muted">
        {exchange.round.name}
        {(state === 'waiting' || state === 'lapsed') && (
          <> · {t('plan.exchange.until', { until: exchange.answerUntil })}</>
        )}
        {scenarioHref && (
          <>
            {' · '}
            <Link href={scenarioHref as never}>{t('plan.exchange.fromScenario')}</Link>
          </>
        )}
      </p>
      <ul className="lines">
        {parts.map((part) => (
          <li key={part.teacherId}>
            <Link href={`/teachers/${part.teacherId}` as never}>{part.name}</Link> · {part.from} ·{' '}
            {label(t, 'subject', part.subject)} →{' '}
            {t('platform.named', { name: part.to, detail: t('plan.exchange.wish', { rank: part.rank }) })}{' '}
            {part.caseId && part.caseState && part.caseNumber !== null ? (
              <Link href={`/rotation/cases/${part.caseId}` as never}>
                {t('plan.exchange.case', { number: part.caseNumber, state: t(`board.state.${part.caseState}`) })}
              </Link>
            ) : (
              <State kind={part.agreed === null ? 'wait' : part.agreed ? 'good' : 'bad'}>
                {t(`plan.chains.${part.agreed === null ? 'asked' : part.agreed ? 'agreed' : 'declined'}`)}
              </State>
            )}
          </li>
        ))}
      </ul>
      {acts && (
        <div className="actions">
          {state === 'agreed' && (
            <DialogButton
              label={t('plan.exchange.make', { people })}
              title={t('plan.exchange.of', { people })}
              kind="primary"
              close={t('platform.close')}
            >
              <p>{t('plan.exchange.effect', { people })}</p>
              <ActionForm action={makeExchangeAction} hidden={{ exchangeId: exchange.id }} closeDialog>
                <SubmitButton>{t('plan.exchange.make', { people })}</SubmitButton>
              </ActionForm>
            </DialogButton>
          )}
          <ActionForm action={withdrawExchangeAction} hidden={{ exchangeId: exchange.id }} className="">
            <SubmitButton kind="plain">{t('plan.exchange.withdraw')}</SubmitButton>
          </ActionForm>
        </div>
      )}
    </Card>
  )
}
