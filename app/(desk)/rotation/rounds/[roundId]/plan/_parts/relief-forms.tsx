import { Fragment } from 'react'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { DataTable } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { shareText } from '@/lib/rotation/inputs/scenarios.ts'
import type { ScenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import type { PolicyChange, Relief } from '@/lib/rotation/scenarios/relief.ts'
import type { Outcome } from '@/lib/rules/values/outcome.ts'
import { draftReliefPolicyAction, relaxScenarioAction } from '../actions.ts'
import { FIELD_OF_RULE } from './policy-fields.tsx'

/** A setting of the policy as people read it. */
function valueText(t: Translate, field: PolicyChange['field'], value: unknown): string {
  if (value === null) return t(field === 'maxMoves' ? 'plan.conflict.byQuota' : 'plan.conflict.noLimit')
  if (Array.isArray(value)) return t('plan.hand.is.pin', { low: Number(value[0]), high: Number(value[1]) })
  if (typeof value === 'object') {
    const { num, den } = value as { num: number; den: number }
    return shareText([num, den])
  }
  return field === 'commuteHm' ? t('plan.level.km', { km: (Number(value) / 10).toFixed(1) }) : String(value)
}

/** The way out of a conflict by one button: a draft of the round's policy, or the settings by hand dropped. */
export function ReliefForms({
  t,
  view,
  relief,
  round,
  path,
}: {
  t: Translate
  view: ScenarioView
  relief: Outcome<Relief>
  round: { name: string }
  path: string
}) {
  const further = { scenarioId: view.row.id, name: view.row.name, solve: true }
  if (!relief.ok) return <p className="warned">{t(relief.refusals[0]!.code, relief.refusals[0]!.values ?? {})}</p>
  const { changes, policy, places, tightened } = relief.value
  const onlyHand = places.hand > 0 && places.policy === 0 && places.register === 0
  return (
    <>
      {policy && (
        <>
          <h3>{t('plan.conflict.byPolicy')}</h3>
          <DataTable
            label={t('plan.conflict.byPolicy')}
            compact
            rows={changes}
            rowKey={({ section, field }) => `${section}.${field}`}
            columns={[
              {
                key: 'field',
                head: t('plan.conflict.field'),
                cell: ({ section, field }) =>
                  // here in kilometres, as the scenario has it; the policy's own label names its unit
                  t(field === 'commuteHm' ? 'plan.field.commute_km' : `rotation.policy.${section}.${field}.label`),
              },
              {
                key: 'before',
                head: t('plan.conflict.before'),
                kind: 'num',
                cell: ({ field, before }) => valueText(t, field, before),
              },
              {
                key: 'after',
                head: t('plan.conflict.after'),
                kind: 'num',
                cell: ({ field, after }) => <strong>{valueText(t, field, after)}</strong>,
              },
            ]}
            empty={null}
          />
        </>
      )}
      {tightened.length > 0 && (
        <p className="warned">
          {t('plan.conflict.looser')}
          {tightened.map((rule) => (
            <Fragment key={rule}>
              {' '}
              <a href={`${path}/policy#policy-${FIELD_OF_RULE[rule]}`}>{t(`planner.rule.${rule}`)}</a>
            </Fragment>
          ))}
        </p>
      )}
      {places.register > 0 && <p className="warned">{t('plan.conflict.register', { count: places.register })}</p>}
      <p className="muted">{t(onlyHand ? 'plan.conflict.handEffect' : 'plan.conflict.tryEffect')}</p>
      <div className="actions">
        {policy && (
          <DialogButton
            label={t('plan.conflict.draft')}
            title={t('plan.conflict.draft')}
            kind="primary"
            close={t('platform.close')}
          >
            <p>{t('plan.conflict.policyEffect')}</p>
            <ActionForm action={draftReliefPolicyAction} hidden={{ scenarioId: view.row.id }}>
              <TextField
                name="title"
                label={t('plan.conflict.policyName')}
                defaultValue={t('plan.conflict.policyTitle', { round: round.name }).slice(0, 80)}
                required
              />
              <SubmitButton>{t('plan.conflict.draft')}</SubmitButton>
            </ActionForm>
          </DialogButton>
        )}
        <ActionForm action={relaxScenarioAction} hidden={further} className="">
          <SubmitButton kind={onlyHand ? 'primary' : 'plain'}>
            {t(onlyHand ? 'plan.conflict.drop' : 'plan.conflict.try')}
          </SubmitButton>
        </ActionForm>
      </div>
    </>
  )
}
