import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import { listOpenSessions } from '@/lib/platform/queries/sessions.ts'
import { limitsOf } from '@/lib/platform/settings.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { AccountTabs } from '../_parts/account-tabs.tsx'
import { endUserSessionsAction } from '../actions.ts'

export default definePage('platform.session.list', {
  query: z.object(pagingQuery),
  load: (tx, { query, session }) => listOpenSessions(tx, limitsOf(session.district.settings).idleMinutes, query),
  view: (open, { query, actor, session, t }) => (
    <Screen title={t('account.session.title')} crumbs={[{ text: t('account.list.title'), href: '/accounts' }]}>
      <AccountTabs t={t} actor={actor} current="sessions" />
      <p className="muted" style={{ marginBottom: 8 }}>
        {t('account.session.about', { minutes: limitsOf(session.district.settings).idleMinutes })}
      </p>
      <DataTable
        label={t('account.session.title')}
        cards
        rows={open.rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('account.session.empty')} />}
        columns={[
          {
            key: 'name',
            head: t('account.name'),
            cell: (row) => (
              <Link href={`/accounts/${row.userId}`}>{t('platform.named', { name: row.name, detail: row.login })}</Link>
            ),
          },
          {
            key: 'role',
            head: t('account.role'),
            cell: (row) => (row.role ? [t(`platform.role.${row.role}`), row.school].filter(Boolean).join(' · ') : '—'),
          },
          {
            key: 'since',
            head: t('account.session.since'),
            kind: 'nowrap',
            cell: (row) => formatMoment(row.createdAt, session.district.timeZone),
          },
          {
            key: 'seen',
            head: t('account.session.seen'),
            kind: 'nowrap',
            cell: (row) => formatMoment(row.lastSeenAt, session.district.timeZone),
          },
          { key: 'address', head: t('account.session.address'), cell: (row) => row.address ?? '—' },
          {
            key: 'agent',
            head: t('account.session.agent'),
            kind: 'clip',
            cell: (row) => row.agent,
            title: (row) => row.agent ?? undefined,
          },
          ...(mayUse(actor, 'platform.session.end')
            ? [
                {
                  key: 'end',
                  head: t('account.actions'),
                  cell: (row: (typeof open.rows)[number]) => (
                    <ActionForm
                      action={endUserSessionsAction}
                      hidden={{ userId: row.userId, sessionId: row.id }}
                      className="actions"
                    >
                      <SubmitButton kind="plain">{t('account.session.end')}</SubmitButton>
                    </ActionForm>
                  ),
                },
              ]
            : []),
        ]}
      />
      <TableFoot
        t={t}
        total={open.total}
        page={query.page}
        size={query.size}
        href={(change) => addressOf('/accounts/sessions', { ...query, ...change })}
      />
    </Screen>
  ),
})
