import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatPeriod } from '@/lib/i18n/format.ts'
import { delegates, listDelegations } from '@/lib/rotation/queries/delegations.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { addDays, schoolYearOf } from '@/lib/rules/values/dates.ts'
import { RotationTabs } from '../_parts/rotation-tabs.tsx'
import { delegateAction, endDelegationAction } from '../actions.ts'

/** 委托: another of my school or of the bureau decides in my post for a period (SD-7). */
export default definePage('rotation.delegation.list', {
  load: async (tx, { actor }) => ({
    rows: await listDelegations(tx),
    people: await delegates(tx, actor),
    most: (await policyFor(tx, schoolYearOf(actor.today))).policy.process.delegationMaxDays,
  }),
  view: ({ rows, people, most }, { actor, t }) => (
    <Screen title={t('board.delegations.title')}>
      <RotationTabs t={t} actor={actor} current="delegations" />
      <DataTable
        label={t('board.delegations.title')}
        rows={rows}
        rowKey={(row) => row.id}
        cards
        empty={<EmptyState title={t('board.delegations.none')} text={t('board.delegations.noneText')} />}
        columns={[
          { key: 'from', head: t('board.delegations.from'), cell: (row) => row.fromName },
          { key: 'to', head: t('board.delegations.to'), cell: (row) => row.toName },
          { key: 'during', head: t('board.delegations.during'), cell: (row) => formatPeriod(row.during, t.locale) },
          { key: 'reason', head: t('board.reason'), cell: (row) => row.reason ?? '' },
          {
            key: 'state',
            head: t('board.case.state'),
            cell: (row) =>
              row.endedAt || (row.during.until !== null && row.during.until <= actor.today) ? (
                <State kind="off">{t('board.delegations.ended')}</State>
              ) : (
                <State kind="good">{t('board.delegations.runs')}</State>
              ),
          },
          {
            key: 'act',
            head: t('board.case.act'),
            cell: (row) =>
              row.endedAt === null && row.fromUser === actor.userId ? (
                <ActionForm action={endDelegationAction} hidden={{ delegationId: row.id }} className="actions">
                  <SubmitButton kind="plain">{t('board.delegations.end')}</SubmitButton>
                </ActionForm>
              ) : null,
          },
        ]}
      />
      {mayUse(actor, 'rotation.delegation.create') && (
        <Card title={t('board.delegations.new')}>
          {people.length === 0 ? (
            <p>{t('board.delegations.nobody')}</p>
          ) : (
            <ActionForm action={delegateAction}>
              <SelectField name="toUserId" label={t('board.delegations.to')} required options={people} />
              <div className="row">
                <TextField
                  name="from"
                  type="date"
                  label={t('board.delegations.firstDay')}
                  required
                  defaultValue={actor.today}
                />
                <TextField
                  name="until"
                  type="date"
                  label={t('board.delegations.lastDay')}
                  required
                  defaultValue={addDays(actor.today, 6)}
                  hint={t('board.delegations.most', { days: most })}
                />
              </div>
              <TextField name="reason" label={t('board.reason')} maxLength={300} />
              <SubmitButton>{t('board.delegations.now')}</SubmitButton>
            </ActionForm>
          )}
        </Card>
      )}
    </Screen>
  ),
})
