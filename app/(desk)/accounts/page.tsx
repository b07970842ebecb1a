import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf, pagingQuery, textQuery } from '@/app/_ui/address.ts'
import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import { ButtonLink, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatCount, formatMoment } from '@/lib/i18n/format.ts'
import { listUsers, schoolChoices } from '@/lib/platform/queries/users.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { ROLES } from '@/lib/rules/access/roles.ts'
import { AccountTabs } from './_parts/account-tabs.tsx'

const STATES = ['active', 'disabled', 'noRole'] as const
const query = z.object({
  words: textQuery,
  school: z.uuid().optional().catch(undefined),
  role: z.enum(ROLES).optional().catch(undefined),
  state: z.enum(STATES).optional().catch(undefined),
  ...pagingQuery,
})

export default definePage('platform.user.list', {
  query,
  load: async (tx, { query, actor }) => ({
    users: await listUsers(tx, query, actor.today),
    schools: actor.role === 'bureau_auditor' ? [] : await schoolChoices(tx),
  }),
  view: ({ users, schools }, { query, actor, session, t }) => (
    <Screen
      title={t('account.list.title')}
      tools={
        mayUse(actor, 'platform.user.create') && (
          <ButtonLink href="/accounts/new" kind="primary">
            {t('account.create.open')}
          </ButtonLink>
        )
      }
    >
      <AccountTabs t={t} actor={actor} current="list" />
      <QueryForm t={t} path="/accounts">
        <QueryText name="words" label={t('account.list.words')} value={query.words} />
        <QuerySelect
          name="role"
          label={t('account.role')}
          value={query.role}
          all={t('account.all')}
          options={ROLES.map((role) => ({ value: role, text: t(`platform.role.${role}`) }))}
        />
        {schools.length > 0 && (
          <QuerySelect
            name="school"
            label={t('account.school')}
            value={query.school}
            all={t('account.all')}
            options={schools.map((school) => ({ value: school.id, text: school.name }))}
          />
        )}
        <QuerySelect
          name="state"
          label={t('account.state.label')}
          value={query.state}
          all={t('account.all')}
          options={STATES.map((state) => ({ value: state, text: t(`account.state.${state}`) }))}
        />
      </QueryForm>
      <DataTable
        label={t('account.list.title')}
        cards
        rows={users.rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('account.list.empty')} text={t('account.list.emptyText')} />}
        columns={[
          {
            key: 'login',
            head: t('account.login'),
            cell: (row) => <Link href={`/accounts/${row.id}`}>{row.login}</Link>,
          },
          { key: 'name', head: t('account.name'), cell: (row) => row.name },
          { key: 'school', head: t('account.school'), cell: (row) => row.school ?? t('account.bureau'), kind: 'clip' },
          {
            key: 'roles',
            head: t('account.role'),
            cell: (row) =>
              row.roles.length > 0
                ? row.roles.map((role) => t(`platform.role.${role}`)).join(' · ')
                : t('account.state.noRole'),
          },
          {
            key: 'state',
            head: t('account.state.label'),
            cell: (row) =>
              row.disabledAt ? (
                <State kind="bad">{t('account.state.disabled')}</State>
              ) : row.lastSignInAt ? (
                <State kind="good">{t('account.state.active')}</State>
              ) : (
                <State kind="off">{t('account.state.neverIn')}</State>
              ),
          },
          {
            key: 'last',
            head: t('account.lastSignIn'),
            kind: 'nowrap',
            cell: (row) => (row.lastSignInAt ? formatMoment(row.lastSignInAt, session.district.timeZone) : '—'),
          },
        ]}
      />
      <TableFoot
        t={t}
        total={users.total}
        page={query.page}
        size={query.size}
        summary={t('account.list.total', { count: formatCount(users.total) })}
        href={(change) => addressOf('/accounts', { ...query, ...change })}
      />
    </Screen>
  ),
})
