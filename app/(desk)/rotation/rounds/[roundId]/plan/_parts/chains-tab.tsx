import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import { exchangesOf } from '@/lib/rotation/scenarios/exchanges.ts'
import { offerExchangeAction, searchExchangesAction } from '../actions.ts'

export interface ConsentOf {
  teacherId: string
  cycle: number
  agreed: boolean | null
}

/** Chains of the plan (planner.md §10), and the search for exchanges among wishes. */
export function ChainsTab({
  t,
  view,
  consents,
  mayEdit,
}: {
  t: Translate
  view: ScenarioView
  consents: ConsentOf[]
  mayEdit: boolean
}) {
  const lineOf = new Map(view.lines.map((line) => [line.teacherId as string, line]))
  const long = view.chains.map((chain, at) => ({ chain, at })).filter(({ chain }) => chain.teachers.length > 1)
  const found = exchangesOf(view.row.exchanges)
  const schoolName = (id: string) => {
    const code = view.codeOf(id as never)
    return code ? view.place(code).name : ''
  }
  const name = (id: string) => view.person(id as never)?.name ?? ''
  return (
    <>
      <Card title={t('plan.chains.exchangeTitle')}>
        <p className="muted">{t('plan.chains.exchangeAbout')}</p>
        {found?.state === 'waiting' && <p>{t('plan.chains.searching')}</p>}
        {found?.state === 'failed' && <p>{t('plan.chains.searchFailed')}</p>}
        {found?.state === 'done' && (
          <p>{t('plan.chains.found', { cycles: found.cycles.length, points: found.points })}</p>
        )}
        {found?.cycles.map((cycle, at) => {
          const answers = consents.filter((one) => one.cycle === at)
          return (
            <div key={cycle.parts.map(({ teacherId }) => teacherId).join()} className="noted">
              <ul>
                {cycle.parts.map((part) => {
                  const answer = answers.find(({ teacherId }) => teacherId === part.teacherId)
                  return (
                    <li key={part.teacherId}>
                      {name(part.teacherId)} · {label(t, 'subject', part.subject)} · {schoolName(part.from)} →{' '}
                      {schoolName(part.to)}{' '}
                      {answer && (
                        <State kind={answer.agreed === null ? 'wait' : answer.agreed ? 'good' : 'bad'}>
                          {t(`plan.chains.${answer.agreed === null ? 'asked' : answer.agreed ? 'agreed' : 'declined'}`)}
                        </State>
                      )}
                    </li>
                  )
                })}
              </ul>
              {mayEdit && answers.length === 0 && (
                <ActionForm action={offerExchangeAction} hidden={{ scenarioId: view.row.id, cycle: at }} className="">
                  <SubmitButton kind="plain">{t('plan.chains.offer', { people: cycle.parts.length })}</SubmitButton>
                </ActionForm>
              )}
            </div>
          )
        })}
        {mayEdit && found?.state !== 'waiting' && (
          <ActionForm action={searchExchangesAction} hidden={{ scenarioId: view.row.id }} className="">
            <SubmitButton kind="plain">{t('plan.chains.search')}</SubmitButton>
          </ActionForm>
        )}
      </Card>
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
                      ? `${name(id)}（${view.place(line.from).name} → ${view.place(line.to).name}）`
                      : name(id)
                  })
                  .join('，'),
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
    </>
  )
}
