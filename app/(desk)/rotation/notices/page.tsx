import Link from 'next/link'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatSchoolYear } from '@/lib/i18n/format.ts'
import { listNotices, roundsWithDecided } from '@/lib/rotation/queries/notices.ts'
import { RotationTabs } from '../_parts/rotation-tabs.tsx'
import { noticeStateKind } from './_parts/notice-state.ts'
import { prepareNoticeAction } from './actions.ts'

export default definePage('rotation.notice.list', {
  load: async (tx) => ({ notices: await listNotices(tx), rounds: await roundsWithDecided(tx) }),
  view: ({ notices, rounds }, { t, actor }) => {
    const open = rounds.filter(({ decided }) => decided > 0)
    return (
      <Screen title={t('notice.title')}>
        <RotationTabs t={t} actor={actor} current="notices" />
        {actor.role === 'bureau_hr' && open.length > 0 && (
          <Card title={t('notice.prepare.title')}>
            <ActionForm action={prepareNoticeAction}>
              <div className="columns">
                <SelectField
                  name="roundId"
                  label={t('notice.prepare.round')}
                  required
                  options={open.map((round) => ({
                    value: round.id,
                    text: t('notice.prepare.roundOption', {
                      year: formatSchoolYear(round.year, t.locale),
                      name: round.name,
                      count: round.decided,
                    }),
                  }))}
                />
                <SelectField
                  name="days"
                  label={t('notice.days')}
                  defaultValue="5"
                  options={['5', '7'].map((value) => ({
                    value,
                    text: t('notice.daysOption', { days: Number(value) }),
                  }))}
                />
              </div>
              <div className="columns">
                <TextField name="phone" label={t('notice.phone')} required maxLength={40} />
                <TextField name="mail" label={t('notice.mail')} required maxLength={80} />
              </div>
              <div className="actions">
                <SubmitButton>{t('notice.prepare.submit')}</SubmitButton>
              </div>
            </ActionForm>
          </Card>
        )}
        <DataTable
          label={t('notice.title')}
          rows={notices}
          rowKey={({ notice }) => notice.id}
          cards
          empty={<EmptyState title={t('notice.empty')} text={t('notice.emptyText')} />}
          columns={[
            {
              key: 'title',
              head: t('notice.column.title'),
              cell: ({ notice }) => <Link href={`/rotation/notices/${notice.id}` as never}>{notice.title}</Link>,
            },
            { key: 'round', head: t('notice.column.round'), cell: ({ round }) => round },
            {
              key: 'state',
              head: t('notice.column.state'),
              cell: ({ notice }) => (
                <State kind={noticeStateKind(notice.state)}>{t(`notice.state.${notice.state}`)}</State>
              ),
            },
            {
              key: 'from',
              head: t('notice.column.period'),
              cell: ({ notice }) =>
                notice.publishedOn
                  ? t('notice.period', { from: notice.publishedOn, until: notice.endsOn ?? '' })
                  : t('notice.daysOption', { days: notice.days }),
            },
            { key: 'entries', head: t('notice.column.entries'), kind: 'num', cell: ({ entries }) => entries },
            {
              key: 'objections',
              head: t('notice.column.objections'),
              kind: 'num',
              cell: ({ objections }) => (objections > 0 ? <State kind="wait">{objections}</State> : 0),
            },
          ]}
        />
      </Screen>
    )
  },
})
