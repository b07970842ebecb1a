import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { Card, Screen } from '@/app/_ui/screen.tsx'
import { TableFoot } from '@/app/_ui/table.tsx'
import { orderNumber } from '@/lib/rotation/documents/words.ts'
import { listBatches, listOrders } from '@/lib/rotation/queries/orders.ts'
import { INLINE_MOST, PAPER_SETS } from '@/lib/rotation/queries/paper-files.ts'
import { paperJobs } from '@/lib/rotation/queries/paper-jobs.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { OrderTable } from '../_parts/order-table.tsx'
import { askIssueOrdersAction, discardOrdersAction, makePapersAction } from '../actions.ts'

export default definePage('rotation.order.list', {
  params: z.object({ batchId: idSchema<string>() }),
  query: z.object(pagingQuery),
  load: async (tx, { params, query, actor }) => {
    const batch = (await listBatches(tx)).find(({ batchId }) => batchId === params.batchId)
    if (!batch) return null
    return {
      batch,
      orders: await listOrders(tx, { ...query, batchId: params.batchId }, actor.today),
      jobs: await paperJobs(tx, actor, params.batchId),
    }
  },
  view: ({ batch, orders, jobs }, { t, actor, params, query }) => {
    const base = `/rotation/orders/${params.batchId}`
    const first = orderNumber(batch.prefix, batch.year, batch.first)
    const isBig = batch.total > INLINE_MOST
    return (
      <Screen
        title={batch.first === batch.last ? first : t('order.numbers', { first, last: batch.last })}
        crumbs={[{ text: t('order.title'), href: '/rotation/orders' }, { text: batch.round }]}
      >
        {actor.role === 'bureau_hr' && batch.prepared > 0 && (
          <Card title={t('order.issue.title')}>
            <p className="noted">
              {t('order.issue.effect', { count: batch.prepared, first, last: batch.last, on: batch.effectiveOn })}
            </p>
            <div className="actions">
              <ActionForm action={askIssueOrdersAction} hidden={{ batchId: params.batchId }}>
                <SubmitButton>{t('order.issue.submit')}</SubmitButton>
              </ActionForm>
              <DialogButton
                label={t('order.discard.open')}
                title={t('order.discard.title')}
                kind="danger"
                close={t('platform.close')}
              >
                <ActionForm action={discardOrdersAction} hidden={{ batchId: params.batchId }} closeDialog>
                  <p>{t('order.discard.effect')}</p>
                  <TextField name="reason" label={t('order.reason')} required maxLength={500} />
                  <div className="actions">
                    <SubmitButton kind="danger">{t('order.discard.submit')}</SubmitButton>
                  </div>
                </ActionForm>
              </DialogButton>
            </div>
          </Card>
        )}
        {(actor.role === 'bureau_hr' || actor.role === 'bureau_reviewer') && (
          <Card title={t('document.sets')}>
            {isBig && actor.role === 'bureau_hr' ? (
              <ActionForm action={makePapersAction} hidden={{ batchId: params.batchId }}>
                <p className="muted">{t('document.big', { count: batch.total })}</p>
                <div className="actions">
                  {PAPER_SETS.map((set) => (
                    <SubmitButton key={set} kind={set === 'all' ? 'primary' : 'plain'} name="set" value={set}>
                      {t(`document.set.${set}`)}
                    </SubmitButton>
                  ))}
                </div>
              </ActionForm>
            ) : (
              <div className="actions">
                {PAPER_SETS.map((set) => (
                  <a
                    key={set}
                    className={set === 'all' ? 'button primary' : 'button'}
                    href={`${base}/download?set=${set}`}
                  >
                    {t(`document.set.${set}`)}
                  </a>
                ))}
              </div>
            )}
            {jobs.length > 0 && (
              <ul>
                {jobs.map((job) => (
                  <li key={job.id}>
                    {t(`document.set.${job.set}`)}:{' '}
                    {job.fileId ? (
                      <a href={`/rotation/orders/files/${job.fileId}`}>{t('document.ready')}</a>
                    ) : job.state === 'failed' ? (
                      t('document.failed')
                    ) : (
                      t('document.progress', { done: job.done, of: job.of || batch.total })
                    )}
                  </li>
                ))}
              </ul>
            )}
          </Card>
        )}
        <OrderTable t={t} actor={actor} rows={orders.rows} />
        <TableFoot
          t={t}
          total={orders.total}
          page={query.page}
          size={query.size}
          href={(change) => addressOf(base, { ...query, ...change })}
        />
      </Screen>
    )
  },
})
