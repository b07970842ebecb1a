import Link from 'next/link'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { type Column, DataTable } from '@/app/_ui/table.tsx'
import { formatMoment, formatSchoolYear } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { listPolicies, openRounds, type PolicyRow, type PolicyState } from '@/lib/rotation/queries/policies.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { schoolYearOf } from '@/lib/rules/values/dates.ts'
import { draftPolicyAction } from './actions.ts'

const KIND: Record<PolicyState, 'good' | 'wait' | 'off' | 'bad' | 'plain'> = {
  draft: 'plain',
  submitted: 'wait',
  active: 'good',
  superseded: 'off',
  refused: 'bad',
}

const columns = (t: Translate, timeZone: string): Column<PolicyRow>[] => [
  {
    key: 'title',
    head: t('policy.column.title'),
    cell: (row) => <Link href={`/policies/${row.id}` as never}>{row.title}</Link>,
  },
  { key: 'year', head: t('policy.column.year'), kind: 'nowrap', cell: (row) => formatSchoolYear(row.year, t.locale) },
  { key: 'version', head: t('policy.column.version'), kind: 'num', cell: (row) => row.version },
  { key: 'document', head: t('policy.column.document'), kind: 'nowrap', cell: (row) => row.documentNo ?? '—' },
  {
    key: 'state',
    head: t('policy.column.state'),
    cell: (row) => <State kind={KIND[row.state]}>{t(`policy.state.${row.state}`)}</State>,
  },
  { key: 'for', head: t('policy.column.for'), kind: 'nowrap', cell: (row) => row.roundName ?? t('policy.forYear') },
  {
    key: 'prepared',
    head: t('policy.column.prepared'),
    kind: 'nowrap',
    cell: (row) => `${row.preparedByName} ${formatMoment(row.preparedAt, timeZone)}`,
  },
  {
    key: 'decided',
    head: t('policy.column.decided'),
    kind: 'nowrap',
    cell: (row) => (row.decidedAt ? `${row.decidedByName} ${formatMoment(row.decidedAt, timeZone)}` : '—'),
  },
]

export default definePage('rotation.policy.list', {
  load: async (tx) => ({ rows: await listPolicies(tx), rounds: await openRounds(tx) }),
  view: ({ rows, rounds }, { actor, session, t }) => {
    const next = schoolYearOf(actor.today) + 1
    const draft = mayUse(actor, 'rotation.policy.draft') && (
      <DialogButton
        label={t('policy.draft.button')}
        title={t('policy.draft.title')}
        kind="primary"
        close={t('platform.close')}
      >
        <ActionForm action={draftPolicyAction}>
          <TextField
            name="title"
            label={t('policy.column.title')}
            required
            maxLength={80}
            defaultValue={t('policy.draft.name', { year: next })}
          />
          <TextField
            name="year"
            type="number"
            label={t('policy.draft.year')}
            hint={t('policy.draft.yearHint')}
            required
            defaultValue={next}
          />
          <SelectField
            name="fromId"
            label={t('policy.draft.from')}
            blank={t('policy.draft.fromInForce')}
            options={rows.map((row) => ({
              value: row.id,
              text: t('policy.versionName', {
                year: row.year,
                version: row.version,
                state: t(`policy.state.${row.state}`),
              }),
            }))}
          />
          {rounds.length > 0 && (
            <SelectField
              name="roundId"
              label={t('policy.draft.round')}
              hint={t('policy.draft.roundHint')}
              blank={t('policy.forYear')}
              options={rounds.map((round) => ({ value: round.id, text: round.name }))}
            />
          )}
          <SubmitButton>{t('policy.draft.submit')}</SubmitButton>
        </ActionForm>
      </DialogButton>
    )
    return (
      <Screen title={t('policy.title')} tools={draft} foot={[t('roll.print.by'), t('roll.print.checked')]}>
        <p className="muted" style={{ marginBottom: 10 }}>
          {t('policy.about')}
        </p>
        <DataTable
          label={t('policy.title')}
          columns={columns(t, session.district.timeZone)}
          rows={rows}
          rowKey={(row) => row.id}
          cards
          empty={<EmptyState title={t('policy.none')} text={t('policy.noneText')} next={draft} />}
        />
      </Screen>
    )
  },
})
