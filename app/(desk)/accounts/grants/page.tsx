import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf, pagingQuery } from '@/app/_ui/address.ts'
import { QueryForm, QuerySelect } from '@/app/_ui/query-form.tsx'
import { EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { listGrants } from '@/lib/platform/queries/grants.ts'
import { ROLES } from '@/lib/rules/access/roles.ts'
import { addDays, type LocalDate, parseDay } from '@/lib/rules/values/dates.ts'
import { AccountTabs } from '../_parts/account-tabs.tsx'

const query = z.object({
  role: z.enum(ROLES).optional().catch(undefined),
  who: z.enum(['bureau', 'all']).catch('bureau'),
  asOf: z
    .string()
    .refine((text) => parseDay(text) !== null)
    .optional()
    .catch(undefined),
  ...pagingQuery,
})

export default definePage('platform.grant.list', {
  query,
  load: (tx, { query, actor }) =>
    listGrants(
      tx,
      { ...query, bureau: query.who === 'bureau' && !query.role },
      (query.asOf as LocalDate | undefined) ?? actor.today,
      actor.today,
    ),
  view: (grants, { query, actor, t }) => (
    <Screen
      title={t('account.grant.title')}
      crumbs={[{ text: t('account.list.title'), href: '/accounts' }]}
      foot={[t('account.grant.asOf', { day: query.asOf ?? actor.today })]}
    >
      <AccountTabs t={t} actor={actor} current="grants" />
      <QueryForm t={t} path="/accounts/grants" keep={{ asOf: query.asOf }}>
        <QuerySelect
          name="who"
          label={t('account.grant.who')}
          value={query.who}
          options={(['bureau', 'all'] as const).map((who) => ({ value: who, text: t(`account.grant.${who}`) }))}
        />
        <QuerySelect
          name="role"
          label={t('account.role')}
          value={query.role}
          all={t('account.all')}
          options={ROLES.map((role) => ({ value: role, text: t(`platform.role.${role}`) }))}
        />
      </QueryForm>
      <DataTable
        label={t('account.grant.title')}
        cards
        rows={grants.rows}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('account.grant.empty')} />}
        columns={[
          { key: 'role', head: t('account.role'), cell: (row) => t(`platform.role.${row.role}`) },
          {
            key: 'name',
            head: t('account.name'),
            cell: (row) => (
              <Link href={`/accounts/${row.userId}`}>{t('platform.named', { name: row.name, detail: row.login })}</Link>
            ),
          },
          { key: 'school', head: t('account.school'), cell: (row) => row.school ?? t('account.bureau'), kind: 'clip' },
          {
            key: 'flags',
            head: t('account.grant.flags'),
            cell: (row) => row.flags.map((flag) => t(`account.flag.${flag}`)).join(' · ') || '—',
          },
          { key: 'from', head: t('account.grant.from'), cell: (row) => row.from, kind: 'nowrap' },
          {
            key: 'until',
            head: t('account.grant.lastDay'),
            kind: 'nowrap',
            cell: (row) => (row.until && row.until !== 'infinity' ? addDays(row.until, -1) : t('account.grant.open')),
          },
          { key: 'by', head: t('account.grant.by'), cell: (row) => row.by ?? t('account.grant.bySystem') },
          { key: 'confirmed', head: t('account.grant.confirmed'), cell: (row) => row.confirmed ?? '—' },
        ]}
      />
      <TableFoot
        t={t}
        total={grants.total}
        page={query.page}
        size={query.size}
        href={(change) => addressOf('/accounts/grants', { ...query, ...change })}
      />
    </Screen>
  ),
})
