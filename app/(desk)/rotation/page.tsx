import Link from 'next/link'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { ButtonLink, EmptyState, Screen, State } from '@/app/_ui/screen.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import { formatSchoolYear, formatShare } from '@/lib/i18n/format.ts'
import { listPolicies } from '@/lib/rotation/queries/policies.ts'
import { listRounds } from '@/lib/rotation/queries/rounds.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { schoolYearOf } from '@/lib/rules/values/dates.ts'
import { RotationTabs } from './_parts/rotation-tabs.tsx'
import { createRoundAction } from './actions.ts'

const WORD = { preparing: 'wait', open: 'good', closed: 'off' } as const

export default definePage('rotation.round.list', {
  load: async (tx, { actor }) => ({
    rounds: await listRounds(tx),
    policies: mayUse(actor, 'rotation.round.create')
      ? (await listPolicies(tx)).filter((policy) => policy.state === 'active')
      : [],
  }),
  view: ({ rounds, policies }, { t, actor }) => {
    const next = schoolYearOf(actor.today) + 1
    const create = mayUse(actor, 'rotation.round.create') && (
      <DialogButton
        label={t('board.rounds.create')}
        title={t('board.rounds.create')}
        kind="primary"
        close={t('platform.close')}
      >
        {policies.length === 0 ? (
          <>
            <p className="warned">{t('board.rounds.noPolicy')}</p>
            <div className="actions">
              <ButtonLink href="/policies" kind="primary">
                {t('board.rounds.toPolicies')}
              </ButtonLink>
            </div>
          </>
        ) : (
          <ActionForm action={createRoundAction}>
            <TextField
              name="name"
              label={t('board.rounds.name')}
              required
              defaultValue={t('board.rounds.defaultName', { year: formatSchoolYear(next, t.locale) })}
              maxLength={80}
            />
            <div className="row">
              <TextField
                name="year"
                type="number"
                label={t('board.rounds.year')}
                required
                defaultValue={next}
                hint={t('board.rounds.yearHint')}
              />
              <TextField name="applyUntil" type="date" label={t('board.rounds.applyUntil')} />
            </div>
            <SelectField
              name="policyId"
              label={t('board.rounds.policy')}
              required
              options={[...policies]
                .sort((a, b) => Math.abs(a.year - next) - Math.abs(b.year - next))
                .map((policy) => ({
                  value: policy.id,
                  text: `${formatSchoolYear(policy.year, t.locale)} ${policy.title}`,
                }))}
            />
            <SubmitButton>{t('board.rounds.createNow')}</SubmitButton>
          </ActionForm>
        )}
      </DialogButton>
    )
    return (
      <Screen title={t('board.rounds.title')} tools={create}>
        <RotationTabs t={t} actor={actor} current="rounds" />
        <DataTable
          label={t('board.rounds.title')}
          rows={rounds}
          rowKey={(round) => round.id}
          empty={<EmptyState title={t('board.rounds.none')} text={t('board.rounds.noneText')} next={create} />}
          cards
          columns={[
            {
              key: 'name',
              head: t('board.rounds.name'),
              cell: (round) => <Link href={`/rotation/rounds/${round.id}` as never}>{round.name}</Link>,
            },
            {
              key: 'year',
              head: t('board.rounds.year'),
              kind: 'nowrap',
              cell: (round) => formatSchoolYear(round.year, t.locale),
            },
            {
              key: 'state',
              head: t('board.rounds.state'),
              cell: (round) => <State kind={WORD[round.state]}>{t(`board.rounds.states.${round.state}`)}</State>,
            },
            { key: 'snapshot', head: t('board.rounds.snapshot'), kind: 'nowrap', cell: (round) => round.snapshotDate },
            { key: 'effective', head: t('board.rounds.effective'), kind: 'nowrap', cell: (round) => round.effectiveOn },
            {
              key: 'total',
              head: t('board.meter.total'),
              cell: (round) => (round.figures?.total ? formatShare(round.figures.total, t.locale) : '—'),
            },
            {
              key: 'backbone',
              head: t('board.meter.backbone'),
              cell: (round) => {
                const line = round.figures?.readings[round.figures.binding]
                return line ? formatShare(line, t.locale) : '—'
              },
            },
          ]}
        />
      </Screen>
    )
  },
})
