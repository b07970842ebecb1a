import Link from 'next/link'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { effectOf, summaryOf } from '@/lib/i18n/two-person-summary.ts'
import { askedByMe, settledRequests, waitingFor } from '@/lib/platform/queries/two-person.ts'
import { OPERATIONS } from '@/lib/registry/operations.ts'
import { answerTwoPersonAction, withdrawRequestAction } from './actions.ts'

type Request = Awaited<ReturnType<typeof waitingFor>>[number]

export default definePage('platform.twoPerson.view', {
  load: async (tx, { actor }) => ({
    waiting: await waitingFor(tx, actor, OPERATIONS),
    mine: await askedByMe(tx, actor),
    settled: await settledRequests(tx, actor),
  }),
  view: ({ waiting, mine, settled }, { actor, session, t }) => {
    const zone = session.district.timeZone
    const hrefOf = (request: Request) =>
      OPERATIONS.find((operation) => operation.name === request.operation)?.href(request.subjectId)
    return (
      <Screen title={t('twoPerson.title')}>
        <p className="muted" style={{ marginBottom: 10 }}>
          {t('twoPerson.about')}
        </p>
        {waiting.length === 0 && (
          <Card>
            <EmptyState title={t('twoPerson.none')} text={t('twoPerson.noneText')} />
          </Card>
        )}
        {waiting.map((request) => (
          <Card key={request.id} title={t(`twoPerson.operation.${request.operation}`)}>
            <p style={{ fontSize: 15 }}>{summaryOf(request, t)}</p>
            <p>{t('twoPerson.willHappen', { effect: effectOf(request, t) })}</p>
            <p className="muted small">{askedText(request, t, zone)}</p>
            {hrefOf(request) && (
              <p style={{ margin: '6px 0' }}>
                <Link href={hrefOf(request) as never}>{t('twoPerson.read')}</Link>
              </p>
            )}
            <ActionForm action={answerTwoPersonAction} hidden={{ requestId: request.id }}>
              <TextField name="reason" label={t('twoPerson.reason')} hint={t('twoPerson.reasonHint')} maxLength={500} />
              <div className="actions">
                <SubmitButton name="verdict" value="approved">
                  {t('twoPerson.approve')}
                </SubmitButton>
                <SubmitButton kind="danger" name="verdict" value="refused">
                  {t('twoPerson.refuse')}
                </SubmitButton>
              </div>
            </ActionForm>
          </Card>
        ))}
        {mine.length > 0 && (
          <Card title={t('twoPerson.mine')}>
            {mine.map((request) => (
              <div key={request.id} style={{ padding: '6px 0', borderBottom: '1px solid var(--line)' }}>
                <p>{summaryOf(request, t)}</p>
                <p className="muted small">{askedText(request, t, zone)}</p>
                <ActionForm action={withdrawRequestAction} hidden={{ requestId: request.id }} className="actions">
                  <SubmitButton kind="plain">{t('twoPerson.withdraw')}</SubmitButton>
                </ActionForm>
              </div>
            ))}
          </Card>
        )}
        <DataTable
          label={t('twoPerson.settled')}
          cards
          rows={settled}
          rowKey={(row) => row.id}
          empty={
            <EmptyState title={t(actor.role === 'bureau_auditor' ? 'twoPerson.noneEver' : 'twoPerson.noneSettled')} />
          }
          columns={[
            { key: 'what', head: t('twoPerson.what'), cell: (row) => summaryOf(row, t) },
            { key: 'by', head: t('twoPerson.askedBy'), cell: (row) => row.askedByName },
            { key: 'answer', head: t('twoPerson.answer'), cell: (row) => <Verdict request={row} t={t} /> },
            { key: 'answeredBy', head: t('twoPerson.answeredBy'), cell: (row) => row.answeredByName ?? '—' },
            {
              key: 'at',
              head: t('twoPerson.at'),
              kind: 'nowrap',
              cell: (row) => formatMoment(row.answeredAt ?? row.expiresAt, zone),
            },
            { key: 'reason', head: t('account.reason'), kind: 'clip', cell: (row) => row.answerReason ?? '—' },
          ]}
        />
      </Screen>
    )
  },
})

const askedText = (request: Request, t: Translate, zone: string) =>
  t('twoPerson.asked', {
    by: request.askedByName,
    at: formatMoment(request.askedAt, zone),
    until: formatMoment(request.expiresAt, zone),
    reason: request.reason ?? t('twoPerson.noReason'),
  })

function Verdict({ request, t }: { request: Request; t: Translate }) {
  if (request.verdict === 'approved') return <State kind="good">{t('twoPerson.approved')}</State>
  if (request.verdict === 'refused') return <State kind="bad">{t('twoPerson.refused')}</State>
  return <State kind="off">{t('twoPerson.lapsed')}</State>
}
