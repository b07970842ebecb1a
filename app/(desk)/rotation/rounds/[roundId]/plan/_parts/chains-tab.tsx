import Link from 'next/link'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { OfferedExchange } from '@/lib/rotation/queries/exchanges.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import { exchangesOf } from '@/lib/rotation/scenarios/exchanges.ts'
import { isRunningExchange } from '@/lib/rules/rotation/exchange.ts'
import { ExchangeCard } from '../../../../_parts/exchange-card.tsx'
import { offerExchangeAction } from '../../../../exchanges/actions.ts'
import { searchExchangesAction } from '../actions.ts'

/** Chains of the plan (planner.md §10), and the search for exchanges among wishes. */
export function ChainsTab({
  t,
  view,
  exchanges,
  sealedUntil,
  mayEdit,
  mayOffer,
}: {
  t: Translate
  view: ScenarioView
  exchanges: OfferedExchange[]
  sealedUntil: string | null
  mayEdit: boolean
  /** Asking people goes on when the plan itself stands. */
  mayOffer: boolean
}) {
  const lineOf = new Map(view.lines.map((line) => [line.teacherId as string, line]))
  const long = view.chains.map((chain, at) => ({ chain, at })).filter(({ chain }) => chain.teachers.length > 1)
  const found = exchangesOf(view.row.exchanges)
  // Whom an exchange already asks, or has sent, is not offered another.
  const held = new Set<string>(
    exchanges.flatMap(({ state, parts }) =>
      isRunningExchange(state) || state === 'made' ? parts.map(({ teacherId }) => teacherId) : [],
    ),
  )
  const open = (found?.cycles ?? []).filter(({ parts }) => !parts.some(({ teacherId }) => held.has(teacherId)))
  const schoolName = (id: string) => {
    const code = view.codeOf(id as never)
    return code ? view.place(code).name : ''
  }
  const name = (id: string) => view.person(id as never)?.name ?? id
  return (
    <>
      <Card title={t('plan.chains.exchangeTitle')}>
        <p className="muted">{t('plan.chains.exchangeAbout')}</p>
        {sealedUntil && <p className="warned">{t('plan.new.sealed', { until: sealedUntil })}</p>}
        {found?.state === 'waiting' && <p>{t('plan.chains.searching')}</p>}
        {found?.state === 'failed' && <p>{t('plan.chains.searchFailed')}</p>}
        {found?.state === 'done' && (
          <p>{t('plan.chains.found', { cycles: found.cycles.length, points: found.points })}</p>
        )}
        {open.map((cycle) => (
          <div key={cycle.parts.map(({ teacherId }) => teacherId).join()} className="noted">
            <ul className="lines">
              {cycle.parts.map((part) => (
                <li key={part.teacherId}>
                  {name(part.teacherId)} · {label(t, 'subject', part.subject)} · {schoolName(part.from)} →{' '}
                  {t('platform.named', {
                    name: schoolName(part.to),
                    detail: t('plan.exchange.wish', { rank: part.rank }),
                  })}
                </li>
              ))}
            </ul>
            {mayOffer && (
              <ActionForm action={offerExchangeAction} hidden={{ scenarioId: view.row.id }}>
                {cycle.parts.map(({ teacherId }) => (
                  <input key={teacherId} type="hidden" name="teacherIds" value={teacherId} />
                ))}
                <div className="row">
                  <TextField
                    name="answerUntil"
                    type="date"
                    label={t('plan.chains.until')}
                    hint={t('plan.chains.untilHint')}
                  />
                </div>
                <div>
                  <SubmitButton kind="plain">{t('plan.chains.offer', { people: cycle.parts.length })}</SubmitButton>
                </div>
              </ActionForm>
            )}
          </div>
        ))}
        {mayEdit && found?.state !== 'waiting' && (
          <ActionForm action={searchExchangesAction} hidden={{ scenarioId: view.row.id }} className="">
            <SubmitButton kind="plain">{t('plan.chains.search')}</SubmitButton>
          </ActionForm>
        )}
        {exchanges.length > 0 && (
          <p>
            <Link href="/rotation/exchanges">{t('plan.exchange.all')}</Link>
          </p>
        )}
      </Card>
      {exchanges.map((exchange) => (
        <ExchangeCard key={exchange.id} t={t} exchange={exchange} mayAct={mayOffer} />
      ))}
      {view.solved && (
        <Card title={t('plan.chains.title', { count: formatCount(long.length) })}>
          <p className="muted">{t('plan.chains.about')}</p>
          <DataTable
            label={t('plan.chains.heading')}
            rows={long}
            rowKey={({ at }) => String(at)}
            columns={[
              {
                key: 'kind',
                head: t('plan.chains.kind'),
                kind: 'nowrap',
                cell: ({ chain, at }) => (
                  <span id={`chain-${at}`}>{t(`plan.chains.${chain.kind}`, { length: chain.teachers.length })}</span>
                ),
              },
              {
                key: 'steps',
                head: t('plan.chains.steps'),
                cell: ({ chain }) =>
                  chain.teachers
                    .map((id) => {
                      const line = lineOf.get(id)
                      return line
                        ? t('platform.named', {
                            name: name(id),
                            detail: `${view.place(line.from).name} → ${view.place(line.to).name}`,
                          })
                        : name(id)
                    })
                    .join(t('board.schools.join')),
              },
              {
                key: 'wished',
                head: t('plan.chains.wished'),
                cell: ({ chain }) => (chain.all_wished ? t('plan.yes') : '—'),
              },
            ]}
            empty={<EmptyState title={t('plan.chains.none')} />}
          />
        </Card>
      )}
    </>
  )
}
