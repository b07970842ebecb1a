import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton } from '@/app/_ui/action-form.tsx'
import { addressOf, pagingQuery, textQuery } from '@/app/_ui/address.ts'
import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import { ButtonLink, Card, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { orderNumber } from '@/lib/rotation/documents/words.ts'
import { roundsWithDecided } from '@/lib/rotation/queries/notices.ts'
import { listBatches, listOrders } from '@/lib/rotation/queries/orders.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { RotationTabs } from '../_parts/rotation-tabs.tsx'
import { OrderTable } from './_parts/order-table.tsx'
import { prepareOrdersAction } from './actions.ts'

const query = z.object({ ...pagingQuery, who: textQuery, late: z.literal('1').optional().catch(undefined) })

export default definePage('rotation.order.list', {
  query,
  load: async (tx, { actor, query: asked }) => {
    const isBureau = mayUse(actor, 'rotation.order.prepare') || actor.role === 'bureau_reviewer'
    return {
      isBureau,
      batches: isBureau ? await listBatches(tx) : [],
      rounds: mayUse(actor, 'rotation.order.prepare') ? await roundsWithDecided(tx) : [],
      orders: await listOrders(tx, { ...asked, late: asked.late === '1' }, actor.today),
    }
  },
  view: ({ isBureau, batches, rounds, orders }, { t, actor, query: asked }) => {
    const ready = rounds.filter((round) => round.ready > 0)
    return (
      <Screen
        title={t('order.title')}
        tools={isBureau ? <ButtonLink href="/rotation/orders/changes">{t('order.after.title')}</ButtonLink> : undefined}
      >
        <RotationTabs t={t} actor={actor} current="orders" />
        {ready.length > 0 && (
          <Card title={t('order.prepare.title')}>
            <ActionForm action={prepareOrdersAction}>
              <SelectField
                name="roundId"
                label={t('order.prepare.round')}
                required
                options={ready.map((round) => ({
                  value: round.id,
                  text: t('order.prepare.option', { name: round.name, count: round.ready }),
                }))}
              />
              <p className="noted">{t('order.prepare.effect')}</p>
              <div className="actions">
                <SubmitButton>{t('order.prepare.submit')}</SubmitButton>
              </div>
            </ActionForm>
          </Card>
        )}
        {isBureau && (
          <DataTable
            label={t('order.batches')}
            rows={batches}
            rowKey={(batch) => batch.batchId ?? batch.roundId}
            cards
            empty={<EmptyState title={t('order.noBatch')} text={t('order.noBatchText')} />}
            columns={[
              {
                key: 'numbers',
                head: t('order.column.numbers'),
                cell: (batch) => (
                  <Link href={`/rotation/orders/${batch.batchId}` as never}>
                    {t('order.numbers', {
                      first: orderNumber(batch.prefix, batch.year, batch.first),
                      last: batch.last,
                    })}
                  </Link>
                ),
              },
              { key: 'round', head: t('notice.column.round'), cell: (batch) => batch.round },
              { key: 'total', head: t('order.column.total'), kind: 'num', cell: (batch) => batch.total },
              {
                key: 'state',
                head: t('order.column.state'),
                cell: (batch) =>
                  batch.issued > 0 ? (
                    <State kind="good">{t('order.state.issued')}</State>
                  ) : batch.prepared > 0 ? (
                    <State kind="wait">{t('order.state.prepared')}</State>
                  ) : (
                    <State kind="off">{t('order.state.cancelled')}</State>
                  ),
              },
              { key: 'effective', head: t('order.column.effective'), cell: (batch) => batch.effectiveOn },
              { key: 'applied', head: t('order.column.applied'), kind: 'num', cell: (batch) => batch.applied },
              { key: 'reported', head: t('order.column.reported'), kind: 'num', cell: (batch) => batch.reported },
            ]}
          />
        )}
        <h2 style={{ fontSize: 15, margin: '18px 0 8px' }}>{t('order.all')}</h2>
        <QueryForm t={t} path="/rotation/orders">
          <QueryText name="who" label={t('order.column.teacher')} value={asked.who} placeholder={t('order.whoHint')} />
          <QuerySelect
            name="late"
            label={t('order.column.report')}
            value={asked.late}
            all={t('order.anyReport')}
            options={[{ value: '1', text: t('order.state.overdue') }]}
          />
        </QueryForm>
        <OrderTable t={t} actor={actor} rows={orders.rows} />
        <TableFoot
          t={t}
          total={orders.total}
          page={asked.page}
          size={asked.size}
          href={(change) => addressOf('/rotation/orders', { ...asked, ...change })}
        />
      </Screen>
    )
  },
})
