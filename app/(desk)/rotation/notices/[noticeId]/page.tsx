import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton, PrintButton } from '@/app/_ui/dialog.tsx'
import { Card, Facts, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { keyring } from '@/lib/platform/crypto.ts'
import { findNotice, listObjections, possibleHandlers } from '@/lib/rotation/queries/notices.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { idSchema, type NoticeId } from '@/lib/rules/values/ids.ts'
import { noticeStateKind } from '../_parts/notice-state.ts'
import { ObjectionCard } from '../_parts/objection-card.tsx'
import {
  askPublishNoticeAction,
  askWithdrawNoticeAction,
  dropNoticeEntryAction,
  enterObjectionAction,
} from '../actions.ts'

export default definePage('rotation.notice.list', {
  params: z.object({ noticeId: idSchema<NoticeId>() }),
  load: async (tx, { params, actor }) => {
    const found = await findNotice(tx, params.noticeId)
    if (!found) return null
    const objections = mayUse(actor, 'rotation.objection.list')
      ? await listObjections(tx, actor, () => keyring(tx, actor.districtId), params.noticeId)
      : []
    const withHandlers = await Promise.all(
      objections.map(async (row) => ({
        row,
        handlers: await possibleHandlers(tx, row.objection.caseId, actor.today),
      })),
    )
    return { ...found, objections: withHandlers }
  },
  view: ({ notice, round, preparer, entries, objections }, { t, actor }) => {
    const isHr = actor.role === 'bureau_hr'
    const draft = notice.state === 'draft'
    return (
      <Screen
        title={notice.title}
        crumbs={[{ text: t('notice.title'), href: '/rotation/notices' }, { text: round }]}
        tools={
          <>
            <a className="button" href={`/rotation/notices/${notice.id}/download?format=docx`}>
              {t('document.word')}
            </a>
            <a className="button" href={`/rotation/notices/${notice.id}/download?format=xlsx`}>
              {t('document.excel')}
            </a>
            <PrintButton label={t('document.print')} />
          </>
        }
      >
        <Card>
          <Facts
            items={[
              {
                label: t('notice.column.state'),
                value: <State kind={noticeStateKind(notice.state)}>{t(`notice.state.${notice.state}`)}</State>,
              },
              {
                label: t('notice.column.period'),
                value: notice.publishedOn
                  ? t('notice.period', { from: notice.publishedOn, until: notice.endsOn ?? '' })
                  : t('notice.daysOption', { days: notice.days }),
              },
              { label: t('notice.contact'), value: `${notice.phone} · ${notice.mail}` },
              { label: t('notice.preparedBy'), value: preparer },
              ...(notice.documentNo ? [{ label: t('notice.documentNo'), value: notice.documentNo }] : []),
            ]}
          />
          {isHr && draft && (
            <ActionForm action={askPublishNoticeAction} hidden={{ noticeId: notice.id }}>
              <p className="noted">{t('notice.publish.effect', { count: entries.length, days: notice.days })}</p>
              <div className="actions">
                <SubmitButton>{t('notice.publish.submit')}</SubmitButton>
              </div>
            </ActionForm>
          )}
          {isHr && notice.state === 'published' && (
            <div className="actions">
              <DialogButton
                label={t('notice.objection.enter')}
                title={t('notice.objection.enter')}
                close={t('platform.close')}
              >
                <ActionForm action={enterObjectionAction} hidden={{ noticeId: notice.id }} closeDialog>
                  <SelectField
                    name="caseId"
                    label={t('notice.objection.about')}
                    required
                    blank={t('notice.objection.choose')}
                    options={entries.map(({ entry }) => ({
                      value: entry.caseId,
                      text: `${entry.seq} ${entry.name} ${entry.fromSchool} → ${entry.toSchool}`,
                    }))}
                  />
                  <TextField
                    name="receivedOn"
                    label={t('notice.objection.receivedOn')}
                    type="date"
                    required
                    defaultValue={actor.today}
                  />
                  <TextField name="name" label={t('notice.objection.party')} maxLength={60} />
                  <TextField name="contact" label={t('notice.objection.contact')} maxLength={80} />
                  <TextArea name="text" label={t('notice.objection.text')} required maxLength={2000} />
                  <div className="actions">
                    <SubmitButton>{t('notice.objection.enterSubmit')}</SubmitButton>
                  </div>
                </ActionForm>
              </DialogButton>
              <DialogButton
                label={t('notice.withdraw.open')}
                title={t('notice.withdraw.title')}
                kind="danger"
                close={t('platform.close')}
              >
                <ActionForm action={askWithdrawNoticeAction} hidden={{ noticeId: notice.id }} closeDialog>
                  <p>{t('notice.withdraw.effect')}</p>
                  <TextField name="reason" label={t('notice.withdraw.reason')} required maxLength={500} />
                  <div className="actions">
                    <SubmitButton kind="danger">{t('notice.withdraw.submit')}</SubmitButton>
                  </div>
                </ActionForm>
              </DialogButton>
            </div>
          )}
        </Card>
        {objections.map(({ row, handlers }) => (
          <ObjectionCard key={row.objection.id} t={t} actor={actor} found={row} handlers={handlers} />
        ))}
        <DataTable
          label={notice.title}
          rows={entries}
          rowKey={({ entry }) => entry.caseId}
          cards
          empty={null}
          columns={[
            { key: 'seq', head: t('notice.entry.number'), kind: 'num', cell: ({ entry }) => entry.seq },
            { key: 'name', head: t('notice.entry.name'), cell: ({ entry }) => entry.name },
            { key: 'from', head: t('notice.entry.origin'), cell: ({ entry }) => entry.fromSchool },
            { key: 'subject', head: t('notice.entry.subject'), cell: ({ entry }) => entry.subject },
            { key: 'to', head: t('notice.entry.destination'), cell: ({ entry }) => entry.toSchool },
            { key: 'form', head: t('notice.entry.form'), cell: ({ entry }) => entry.form },
            { key: 'term', head: t('notice.entry.term'), cell: ({ entry }) => entry.term },
            {
              key: 'state',
              head: t('notice.column.state'),
              cell: ({ state }) => (state ? t(`order.caseState.${state}`) : '—'),
            },
            ...(isHr && draft
              ? [
                  {
                    key: 'drop',
                    head: t('notice.column.act'),
                    cell: ({ entry }: (typeof entries)[number]) => (
                      <ActionForm
                        action={dropNoticeEntryAction}
                        hidden={{ noticeId: notice.id, caseId: entry.caseId }}
                        className="inline"
                      >
                        <SubmitButton kind="plain">{t('notice.drop')}</SubmitButton>
                      </ActionForm>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Screen>
    )
  },
})
