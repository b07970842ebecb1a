import Link from 'next/link'
import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { textQuery } from '@/app/_ui/address.ts'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import { Card, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { type Column, DataTable } from '@/app/_ui/table.tsx'
import { formatPeriod } from '@/lib/i18n/format.ts'
import { askedFor, type ExemptionRow, listExemptions } from '@/lib/rotation/queries/exemptions.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { EXEMPTION_RULES } from '@/lib/rules/rotation/exemption-rules.ts'
import { isUuid, type TeacherId } from '@/lib/rules/values/ids.ts'
import { AskForm } from './_parts/ask-form.tsx'
import { ExemptionSteps } from './_parts/exemption-steps.tsx'

const STATES = ['asked', 'checked', 'granted', 'refused', 'withdrawn'] as const
const KIND = { asked: 'wait', checked: 'wait', granted: 'good', refused: 'bad', withdrawn: 'off' } as const

export default definePage('rotation.exemption.list', {
  query: z.object({
    state: textQuery,
    rule: textQuery,
    who: textQuery,
    ask: z.string().refine(isUuid).optional().catch(undefined),
  }),
  load: async (tx, { actor, query }) => ({
    rows: await listExemptions(tx, actor, query),
    person: query.ask ? await askedFor(tx, query.ask as TeacherId, actor.today) : null,
  }),
  view: ({ rows, person }, { actor, query, t }) => {
    const mayAsk = mayUse(actor, 'rotation.exemption.ask')
    const columns: Column<ExemptionRow>[] = [
      {
        key: 'name',
        head: t('roll.column.name'),
        kind: 'nowrap',
        cell: (row) =>
          actor.role === 'teacher' ? row.name : <Link href={`/teachers/${row.teacherId}` as never}>{row.name}</Link>,
      },
      {
        key: 'school',
        head: t('roll.column.school'),
        kind: 'clip',
        cell: (row) => row.schoolName,
        title: (row) => row.schoolName ?? '',
      },
      { key: 'rule', head: t('roll.exemption.rule'), cell: (row) => `${t(`roll.rule.${row.rule}`)} ${row.rule}` },
      {
        key: 'outcome',
        head: t('roll.exemption.outcome'),
        cell: (row) => t(`rotation.eligibility.state.${row.outcome}`),
      },
      {
        key: 'during',
        head: t('roll.exemption.period'),
        kind: 'nowrap',
        cell: (row) => formatPeriod(row.during, t.locale),
      },
      {
        key: 'reason',
        head: t('roll.exemption.reason'),
        kind: 'clip',
        cell: (row) => row.reason ?? '—',
        title: (row) => row.reason ?? '',
      },
      {
        key: 'state',
        head: t('roll.exemption.state'),
        cell: (row) => (
          <State kind={KIND[row.state as keyof typeof KIND] ?? 'plain'}>
            {t(`roll.exemption.states.${row.state}`)}
          </State>
        ),
      },
      {
        key: 'by',
        head: t('roll.exemption.people'),
        kind: 'clip',
        cell: (row) => [row.askedByName, row.checkedByName, row.decidedByName].filter(Boolean).join(' → '),
      },
      { key: 'minutes', head: t('roll.exemption.minutes'), kind: 'nowrap', cell: (row) => row.minutesNo ?? '—' },
      { key: 'do', head: t('roll.exemption.do'), cell: (row) => <ExemptionSteps row={row} actor={actor} t={t} /> },
    ]
    return (
      <Screen
        title={t('roll.exemption.title')}
        crumbs={[{ text: t('roll.title'), href: '/rotation/roll' }]}
        tools={
          mayAsk && !person ? (
            <DialogButton
              label={t('roll.exemption.ask')}
              title={t('roll.exemption.ask')}
              kind="primary"
              close={t('platform.close')}
            >
              <AskForm actor={actor} person={null} t={t} />
            </DialogButton>
          ) : undefined
        }
        foot={[t('roll.print.by'), t('roll.print.checked')]}
      >
        {mayAsk && person && (
          <Card title={t('roll.exemption.ask')}>
            <AskForm actor={actor} person={person} t={t} />
          </Card>
        )}
        {actor.role !== 'teacher' && (
          <QueryForm t={t} path="/rotation/exemptions">
            <QueryText name="who" label={t('roll.query.who')} value={query.who} />
            <QuerySelect
              name="state"
              label={t('roll.exemption.state')}
              value={query.state}
              all={t('roll.query.all')}
              options={STATES.map((value) => ({ value, text: t(`roll.exemption.states.${value}`) }))}
            />
            <QuerySelect
              name="rule"
              label={t('roll.exemption.rule')}
              value={query.rule}
              all={t('roll.query.all')}
              options={EXEMPTION_RULES.map((value) => ({ value, text: t(`roll.rule.${value}`) }))}
            />
          </QueryForm>
        )}
        <DataTable
          label={t('roll.exemption.title')}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
          cards
          empty={<EmptyState title={t('roll.exemption.none')} text={t('roll.exemption.noneText')} />}
        />
      </Screen>
    )
  },
})
