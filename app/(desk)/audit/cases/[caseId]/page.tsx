import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import { caseTrail } from '@/lib/platform/queries/audit.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'

/** Who did what to one case. Row-level security shows it to whoever sees the case, and nothing to anybody else. */
export default definePage('platform.audit.caseTrail', {
  params: z.object({ caseId: idSchema<CaseId>() }),
  load: (tx, { params }) => caseTrail(tx, params.caseId),
  view: (events, { session, t }) => (
    <Screen title={t('audit.caseTrail.title')}>
      <DataTable
        label={t('audit.caseTrail.title')}
        cards
        rows={events}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('audit.caseTrail.empty')} text={t('audit.caseTrail.emptyText')} />}
        columns={[
          {
            key: 'at',
            head: t('audit.at'),
            kind: 'nowrap',
            cell: (row) => formatMoment(row.at, session.district.timeZone),
          },
          { key: 'by', head: t('audit.who'), cell: (row) => row.by },
          {
            key: 'role',
            head: t('account.role'),
            cell: (row) => (t.has(`platform.role.${row.role}`) ? t(`platform.role.${row.role}`) : row.role),
          },
          {
            key: 'action',
            head: t('audit.action'),
            cell: (row) =>
              t.has(`audit.actions.${row.action}`) ? t(`audit.actions.${row.action}`) : <code>{row.action}</code>,
          },
          {
            key: 'outcome',
            head: t('audit.outcome'),
            cell: (row) => (
              <State kind={row.outcome === 'done' ? 'good' : 'wait'}>{t(`audit.outcomes.${row.outcome}`)}</State>
            ),
          },
        ]}
      />
    </Screen>
  ),
})
