import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { RollView } from '@/lib/rotation/queries/roll-view.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { ELIGIBILITY_RULES, ELIGIBILITY_STATES } from '@/lib/rules/rotation/eligibility-result.ts'
import type { RollQuery } from './roll-query.ts'

export interface PolicyChoice {
  id: string
  text: string
}

/** What to show: which roll, under which policy, and whom. */
export function RollForm({
  t,
  query,
  view,
  policies,
  schools,
  isBureau,
}: {
  t: Translate
  query: RollQuery
  view: RollView
  policies: PolicyChoice[]
  schools: { id: string; name: string }[]
  isBureau: boolean
}) {
  return (
    <QueryForm
      t={t}
      path="/rotation/roll"
      moreOpen={Boolean(query.rule || query.backbone || query.policy || query.snapshot)}
      more={
        <>
          <QuerySelect
            name="rule"
            label={t('roll.query.rule')}
            value={query.rule}
            all={t('roll.query.all')}
            options={ELIGIBILITY_RULES.map((rule) => ({ value: rule, text: `${rule} ${t(`roll.rule.${rule}`)}` }))}
          />
          <QuerySelect
            name="backbone"
            label={t('roll.query.backbone')}
            value={query.backbone}
            all={t('roll.query.all')}
            options={(['yes', 'no'] as const).map((value) => ({ value, text: t(`rotation.policy.option.${value}`) }))}
          />
          {isBureau && (
            <>
              <div className="field">
                <label htmlFor="q-snapshot">{t('roll.query.snapshot')}</label>
                <input id="q-snapshot" type="date" name="snapshot" defaultValue={view.snapshot} />
              </div>
              <QuerySelect
                name="policy"
                label={t('roll.query.policy')}
                value={query.policy}
                all={t('roll.query.policyInForce')}
                options={policies.map(({ id, text }) => ({ value: id, text }))}
              />
            </>
          )}
        </>
      }
    >
      {(view.rolls.length > 0 || !isBureau) && (
        <QuerySelect
          name="roll"
          label={t('roll.query.roll')}
          value={view.frozen?.id}
          {...(isBureau ? { all: t('roll.query.live') } : {})}
          options={view.rolls.map((roll) => ({
            value: roll.id,
            text: t('roll.frozenName', { round: roll.roundName, version: roll.version }),
          }))}
        />
      )}
      <QueryText name="who" label={t('roll.query.who')} value={query.who} />
      {schools.length > 1 && (
        <QuerySelect
          name="school"
          label={t('roll.column.school')}
          value={query.school}
          all={t('roll.query.all')}
          options={schools.map(({ id, name }) => ({ value: id, text: name }))}
        />
      )}
      <QuerySelect
        name="subject"
        label={t('roll.column.subject')}
        value={query.subject}
        all={t('roll.query.all')}
        options={Object.keys(SUBJECTS).map((value) => ({ value, text: t(`vocabulary.subject.${value}`) }))}
      />
      <QuerySelect
        name="state"
        label={t('roll.column.state')}
        value={query.state}
        all={t('roll.query.all')}
        options={[
          ...ELIGIBILITY_STATES.map((value) => ({
            value: value as string,
            text: t(`rotation.eligibility.state.${value}`),
          })),
          { value: 'E', text: t('roll.counted') },
        ]}
      />
    </QueryForm>
  )
}
