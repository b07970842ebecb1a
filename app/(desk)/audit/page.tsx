import Link from 'next/link'
import { definePage } from '@/app/_server/page.tsx'
import { addressOf } from '@/app/_ui/address.ts'
import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import { ButtonLink, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable, TableFoot } from '@/app/_ui/table.tsx'
import { formatCount, formatMoment } from '@/lib/i18n/format.ts'
import { listEvents } from '@/lib/platform/queries/audit.ts'
import { auditQuery, OUTCOMES } from './_parts/audit-query.ts'
import { Reason } from './_parts/reason.tsx'

export default definePage('platform.audit.list', {
  query: auditQuery,
  load: (tx, { query, session }) => listEvents(tx, query, session.district.timeZone),
  view: (events, { query, session, t }) => {
    const { page: _page, size: _size, ...filter } = query
    return (
      <Screen
        title={t('audit.title')}
        tools={
          <>
            <ButtonLink href="/audit/heads">{t('audit.heads.open')}</ButtonLink>
            <a className="button" href={addressOf('/audit/export', filter)}>
              {t('audit.export')}
            </a>
          </>
        }
      >
        <QueryForm
          t={t}
          path="/audit"
          moreOpen={Boolean(query.object)}
          more={
            <QueryText
              name="object"
              label={t('audit.object')}
              value={query.object}
              placeholder={t('audit.objectHint')}
            />
          }
        >
          <QueryText name="who" label={t('audit.who')} value={query.who} />
          <QueryText name="action" label={t('audit.action')} value={query.action} placeholder="rotation.case" />
          <QuerySelect
            name="outcome"
            label={t('audit.outcome')}
            value={query.outcome}
            all={t('account.all')}
            options={OUTCOMES.map((outcome) => ({ value: outcome, text: t(`audit.outcomes.${outcome}`) }))}
          />
          <QueryText name="from" label={t('audit.from')} value={query.from} placeholder="2026-09-01" />
          <QueryText name="to" label={t('audit.to')} value={query.to} placeholder="2026-09-30" />
        </QueryForm>
        <DataTable
          label={t('audit.title')}
          compact
          cards
          rows={events.rows}
          rowKey={(row) => row.id}
          empty={<EmptyState title={t('audit.empty')} text={t('audit.emptyText')} />}
          columns={[
            {
              key: 'at',
              head: t('audit.at'),
              kind: 'nowrap',
              cell: (row) => <Link href={`/audit/${row.id}`}>{formatMoment(row.at, session.district.timeZone)}</Link>,
            },
            { key: 'who', head: t('audit.who'), cell: (row) => row.actorName, kind: 'nowrap' },
            {
              key: 'role',
              head: t('account.role'),
              kind: 'nowrap',
              cell: (row) => (t.has(`platform.role.${row.role}`) ? t(`platform.role.${row.role}`) : row.role),
            },
            {
              key: 'action',
              head: t('audit.action'),
              cell: (row) =>
                t.has(`audit.actions.${row.action}`) ? t(`audit.actions.${row.action}`) : <code>{row.action}</code>,
            },
            {
              key: 'object',
              head: t('audit.object'),
              cell: (row) =>
                row.resource && t.has(`audit.resources.${row.resource}`)
                  ? t(`audit.resources.${row.resource}`)
                  : (row.resource ?? '—'),
            },
            {
              key: 'outcome',
              head: t('audit.outcome'),
              cell: (row) => (
                <State kind={row.outcome === 'done' ? 'good' : row.outcome === 'refused' ? 'wait' : 'bad'}>
                  {t(`audit.outcomes.${row.outcome}`)}
                </State>
              ),
            },
            {
              key: 'reason',
              head: t('account.reason'),
              cell: (row) => <Reason t={t} reason={row.reason} details={row.details} />,
            },
          ]}
        />
        <TableFoot
          t={t}
          total={events.total}
          page={query.page}
          size={query.size}
          summary={t('audit.total', { count: formatCount(events.total) })}
          href={(change) => addressOf('/audit', { ...query, ...change })}
        />
      </Screen>
    )
  },
})
