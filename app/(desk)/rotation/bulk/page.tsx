import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextArea } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { refusalText } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { BULK_ACTIONS } from '@/lib/rotation/inputs/cases.ts'
import { previewBulk } from '@/lib/rotation/queries/bulk-preview.ts'
import type { CaseAction } from '@/lib/rules/rotation/case-workflow.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { bulkAction } from '../actions.ts'
import { BulkReportView, UntilReported } from './_parts/report.tsx'

const ids = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
  z.array(idSchema<CaseId>()).max(500).catch([]),
)
const NEEDS_REASON = ['return', 'reject', 'acceptShortage']

/** The summary before a bulk act: what would go, what breaks which rule; then the report per case (ux.md §2). */
export default definePage('rotation.case.bulk', {
  query: z.object({
    action: z.enum(BULK_ACTIONS).catch('approve'),
    case: ids,
    round: z.string().max(40).optional().catch(undefined),
    back: z.string().max(200).optional().catch(undefined),
  }),
  load: async (tx, { actor, query }) => ({
    preview: await previewBulk(tx, actor, {
      action: (query.action === 'acceptShortage' ? 'accept_shortage' : query.action) as CaseAction,
      caseIds: query.case,
    }),
  }),
  view: ({ preview }, { query, t }) => {
    const going = preview.rows.filter((row) => row.unmet.length === 0)
    const back = query.back === 'inbox' ? '/inbox' : query.round ? `/rotation/rounds/${query.round}` : '/inbox'
    return (
      <Screen
        title={t('board.bulk.title', { action: t(`board.bulk.action.${query.action}`) })}
        crumbs={[{ text: t('board.bulk.back'), href: back }]}
      >
        {/* the answer of the act stands in the form: it must outlive the rows, which are done by then */}
        <ActionForm action={bulkAction} hidden={{ action: query.action }} className="form wide">
          <UntilReported>
            <div className={preview.broken > 0 ? 'warned' : 'noted'}>
              {t('board.bulk.summary', { all: preview.rows.length, ok: preview.ok, broken: preview.broken })}
            </div>
            <DataTable
              label={t('board.bulk.rows')}
              rows={preview.rows}
              rowKey={(row) => row.caseId}
              cards
              empty={<EmptyState title={t('board.bulk.none')} text={t('board.bulk.noneText')} />}
              columns={[
                { key: 'number', head: t('board.case.number'), kind: 'num', cell: (row) => row.number },
                {
                  key: 'name',
                  head: t('board.case.person'),
                  cell: (row) => <Link href={`/rotation/cases/${row.caseId}` as never}>{row.snapshot.name}</Link>,
                },
                {
                  key: 'subject',
                  head: t('board.case.subject'),
                  cell: (row) => label(t, 'subject', row.snapshot.subject),
                },
                { key: 'from', head: t('board.case.from'), cell: (row) => row.snapshot.fromSchool },
                { key: 'to', head: t('board.case.to'), cell: (row) => row.snapshot.toSchool ?? '—' },
                {
                  key: 'verdict',
                  head: t('board.bulk.verdict'),
                  cell: (row) =>
                    row.to ? (
                      <State kind="good">{t('board.bulk.goes', { state: t(`board.state.${row.to}`) })}</State>
                    ) : (
                      <State kind="bad">{row.unmet.map((refusal) => refusalText(t, refusal)).join(' ')}</State>
                    ),
                },
              ]}
            />
            {going.length > 0 && (
              <Card title={t('board.bulk.confirm')}>
                {going.map((row) => (
                  <input key={row.caseId} type="hidden" name="caseIds" value={row.caseId} />
                ))}
                <TextArea name="reason" label={t('board.reason')} required={NEEDS_REASON.includes(query.action)} />
                <SubmitButton kind={query.action === 'reject' ? 'danger' : 'primary'}>
                  {t(`board.bulk.now.${query.action}`, { count: going.length })}
                </SubmitButton>
              </Card>
            )}
          </UntilReported>
          <BulkReportView
            labels={{
              heading: t('board.bulk.report'),
              done: t('board.bulk.doneWord'),
              failed: t('board.bulk.failedWord'),
            }}
          />
        </ActionForm>
        <p>
          <Link className="button" href={back as never}>
            {t('board.bulk.back')}
          </Link>
        </p>
      </Screen>
    )
  },
})
