import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { EmptyState, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { orderNumber } from '@/lib/rotation/documents/words.ts'
import type { OrderListRow } from '@/lib/rotation/queries/orders.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { reportInAction } from '../actions.ts'

/** Orders with what has become of each, their papers, and 报到 where it is this school's to write. */
export function OrderTable({ t, actor, rows }: { t: Translate; actor: UserActor; rows: OrderListRow[] }) {
  return (
    <DataTable
      label={t('order.title')}
      rows={rows}
      rowKey={({ order }) => order.id}
      cards
      empty={<EmptyState title={t('order.none')} text={t('order.noneText')} />}
      columns={[
        {
          key: 'number',
          head: t('order.column.number'),
          cell: ({ order }) => orderNumber(order.prefix, order.year, order.serial),
        },
        { key: 'teacher', head: t('order.column.teacher'), cell: ({ teacher }) => teacher },
        {
          key: 'move',
          head: t('order.column.move'),
          cell: ({ from, to }) => t('order.move', { from, to: to ?? '—' }),
        },
        {
          key: 'kind',
          head: t('order.column.kind'),
          cell: ({ order }) => <span className="nowrap">{t(`order.kind.${order.kind}`)}</span>,
        },
        {
          key: 'effective',
          head: t('order.column.effective'),
          cell: ({ order }) => (
            <span className="nowrap">
              {order.deferredTo ? t('order.deferredTo', { on: order.deferredTo }) : order.effectiveOn}
            </span>
          ),
        },
        {
          key: 'state',
          head: t('order.column.state'),
          cell: (row) => <OrderState t={t} row={row} today={actor.today} />,
        },
        {
          key: 'report',
          head: t('order.column.report'),
          cell: ({ order, reportedOn }) => (
            <span className="nowrap">{reportedOn ?? t('order.reportBy', { until: order.reportBy })}</span>
          ),
        },
        { key: 'act', head: t('order.column.act'), cell: (row) => <OrderActs t={t} actor={actor} row={row} /> },
      ]}
    />
  )
}

function OrderState({ t, row, today }: { t: Translate; row: OrderListRow; today: string }) {
  const { order, state } = row
  if (order.state === 'cancelled') return <State kind="off">{t('order.state.cancelled')}</State>
  if (order.state === 'prepared') return <State kind="plain">{t('order.state.prepared')}</State>
  if (state === 'ordered' && order.reportBy < today) return <State kind="bad">{t('order.state.overdue')}</State>
  const late = order.appliedLate ? t('order.madeUp') : ''
  return (
    <State kind={state === 'ordered' ? 'wait' : 'good'}>
      {t(`order.caseState.${state}`)} {late}
    </State>
  )
}

function OrderActs({ t, actor, row }: { t: Translate; actor: UserActor; row: OrderListRow }) {
  const { order, state, caseId, toSchoolId } = row
  const isMine = actor.role === 'bureau_hr' || (toSchoolId !== null && actor.schoolIds.includes(toSchoolId))
  const mayReport = ['principal', 'school_hr', 'bureau_hr'].includes(actor.role) && isMine
  return (
    <>
      {order.state === 'issued' && (
        <>
          <a href={`/rotation/orders/paper/${caseId}?kind=orders`}>{t('document.order')}</a>{' '}
          <a href={`/rotation/orders/paper/${caseId}?kind=introductions`}>{t('document.introduction')}</a>{' '}
        </>
      )}
      {order.state === 'issued' && state === 'ordered' && mayReport && (
        <DialogButton
          label={t('order.report.open')}
          title={t('order.report.title', { teacher: row.teacher })}
          close={t('platform.close')}
        >
          <ActionForm action={reportInAction} hidden={{ caseId }} closeDialog>
            <p>{t('order.report.effect', { from: row.from, until: order.reportBy })}</p>
            <TextField name="reportedOn" type="date" label={t('order.report.on')} required defaultValue={actor.today} />
            <div className="actions">
              <SubmitButton>{t('order.report.submit')}</SubmitButton>
            </div>
          </ActionForm>
        </DialogButton>
      )}
    </>
  )
}
