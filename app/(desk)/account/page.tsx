import { NewPassword } from '@/app/_domain/new-password.tsx'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import { colleagues, ownSessions, whoLookedAtMe } from '@/lib/platform/queries/sessions.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { changePasswordAction, endOtherSessionsAction, setLocaleAction } from '../actions.ts'
import { proposeClerkAction } from './actions.ts'

export default definePage('platform.account.view', {
  load: async (tx, { actor }) => ({
    sessions: await ownSessions(tx, actor.userId),
    looked: actor.role === 'teacher' && actor.teacherId ? await whoLookedAtMe(tx, actor.teacherId) : null,
    staff: mayUse(actor, 'platform.grant.propose')
      ? (await colleagues(tx, actor.schoolIds)).filter((person) => person.id !== actor.userId)
      : null,
  }),
  view: ({ sessions, looked, staff }, { actor, session, t }) => {
    const zone = session.district.timeZone
    return (
      <Screen title={t('account.own.title')}>
        {session.mustChangePassword && <p className="warned">{t('account.own.mustChange')}</p>}
        <div className="columns">
          <Card title={t('account.own.password')}>
            <ActionForm action={changePasswordAction}>
              <TextField
                name="current"
                type="password"
                label={t('account.own.current')}
                required
                autoComplete="current-password"
              />
              <NewPassword t={t} />
              <div className="actions">
                <SubmitButton>{t('account.own.change')}</SubmitButton>
              </div>
            </ActionForm>
          </Card>
          <Card title={t('account.own.language')}>
            <ActionForm action={setLocaleAction}>
              <SelectField
                name="locale"
                label={t('account.own.language')}
                defaultValue={session.locale}
                options={[
                  { value: 'zh-CN', text: t('account.own.zh') },
                  { value: 'en', text: t('account.own.en') },
                ]}
              />
              <div className="actions">
                <SubmitButton kind="plain">{t('account.own.setLanguage')}</SubmitButton>
              </div>
            </ActionForm>
            {staff && staff.length > 0 && (
              <>
                <h3>{t('account.propose.title')}</h3>
                <p className="muted small">{t('account.propose.about')}</p>
                <ActionForm action={proposeClerkAction}>
                  <SelectField
                    name="userId"
                    label={t('account.propose.who')}
                    required
                    options={staff.map((person) => ({
                      value: person.id,
                      text: t('platform.named', { name: person.name, detail: person.login }),
                    }))}
                  />
                  <TextField name="reason" label={t('account.reason')} required maxLength={200} />
                  <div className="actions">
                    <SubmitButton kind="plain">{t('account.propose.submit')}</SubmitButton>
                  </div>
                </ActionForm>
              </>
            )}
          </Card>
        </div>
        <Card
          title={t('account.own.sessions')}
          tools={
            <ActionForm action={endOtherSessionsAction} className="actions">
              <SubmitButton kind="plain">{t('account.own.endOthers')}</SubmitButton>
            </ActionForm>
          }
        >
          <DataTable
            label={t('account.own.sessions')}
            cards
            compact
            rows={sessions}
            rowKey={(row) => row.id}
            empty={<EmptyState title={t('account.session.empty')} />}
            columns={[
              {
                key: 'state',
                head: t('account.state.label'),
                cell: (row) =>
                  row.id === actor.sessionId ? (
                    <State kind="good">{t('account.session.this')}</State>
                  ) : row.endedAt ? (
                    <State kind="off">{t('account.session.ended')}</State>
                  ) : (
                    <State kind="wait">{t('account.session.other')}</State>
                  ),
              },
              {
                key: 'since',
                head: t('account.session.since'),
                kind: 'nowrap',
                cell: (row) => formatMoment(row.createdAt, zone),
              },
              {
                key: 'seen',
                head: t('account.session.seen'),
                kind: 'nowrap',
                cell: (row) => formatMoment(row.lastSeenAt, zone),
              },
              {
                key: 'agent',
                head: t('account.session.agent'),
                kind: 'clip',
                cell: (row) => row.agent,
                title: (row) => row.agent ?? undefined,
              },
            ]}
          />
        </Card>
        {looked && (
          <Card title={t('account.looked.title')}>
            <p className="muted small">{t('account.looked.about')}</p>
            <DataTable
              label={t('account.looked.title')}
              cards
              rows={looked}
              rowKey={(row) => `${row.at}${row.by}${row.what}`}
              empty={<EmptyState title={t('account.looked.none')} />}
              columns={[
                { key: 'at', head: t('account.looked.at'), kind: 'nowrap', cell: (row) => formatMoment(row.at, zone) },
                {
                  key: 'by',
                  head: t('account.looked.by'),
                  cell: (row) => `${row.by} · ${t(`platform.role.${row.role}`)}`,
                },
                { key: 'kind', head: t('account.looked.what'), cell: (row) => t(`account.looked.${row.kind}`) },
                { key: 'why', head: t('account.reason'), cell: (row) => row.why },
              ]}
            />
          </Card>
        )}
      </Screen>
    )
  },
})
