import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, CheckField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, EmptyState, Screen } from '@/app/_ui/screen.tsx'
import { formatCount } from '@/lib/i18n/format.ts'
import { typedPlanPolicy } from '@/lib/rotation/inputs/scenarios.ts'
import { planPreview } from '@/lib/rotation/queries/plan-preview.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { PolicyFields } from '../_parts/policy-fields.tsx'
import { createScenarioAction } from '../actions.ts'

export default definePage('rotation.scenario.create', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  load: (tx, { actor, params }) => planPreview(tx, params.roundId, actor),
  view: ({ round, preview, name }, { t }) => {
    const path = `/rotation/rounds/${round.id}/plan`
    return (
      <Screen
        title={t('plan.new.title')}
        crumbs={[
          { text: t('plan.crumb.rounds'), href: '/rotation' },
          { text: round.name, href: `/rotation/rounds/${round.id}` },
          { text: t('plan.crumb.plan'), href: path },
        ]}
      >
        {preview === null ? (
          <EmptyState title={t('plan.list.none')} text={t('plan.list.notOpen')} />
        ) : (
          <ActionForm action={createScenarioAction} hidden={{ roundId: round.id, withPolicy: true }} className="">
            <Card>
              <p>
                {t('plan.new.sentence', {
                  people: formatCount(preview.people),
                  schools: preview.schools,
                  wishes: preview.wishes,
                  settled: preview.settled,
                  need: preview.need,
                  continuing: preview.policy.continuing.R,
                })}
              </p>
              {preview.sealedUntil && <p className="warned">{t('plan.new.sealed', { until: preview.sealedUntil })}</p>}
              <div className="form">
                <TextField
                  name="name"
                  label={t('plan.list.name')}
                  defaultValue={t('plan.new.defaultName', { number: name })}
                  required
                  maxLength={120}
                />
                <CheckField
                  name="keepCases"
                  label={t('plan.new.keepCases', { count: preview.settled })}
                  defaultChecked
                />
                <CheckField name="useVacancies" label={t('plan.new.useVacancies', { places: preview.places })} />
                <TextField name="timeLimit" type="number" label={t('plan.form.timeLimit')} defaultValue={600} />
              </div>
            </Card>
            <Card title={t('plan.new.policy')}>
              <p className="muted">{t('plan.new.policyAbout')}</p>
              <PolicyFields t={t} values={typedPlanPolicy(preview.policy)} />
            </Card>
            <div className="actions">
              <SubmitButton name="solve" value="1">
                {t('plan.new.createAndSolve')}
              </SubmitButton>
              <SubmitButton kind="plain">{t('plan.new.create')}</SubmitButton>
            </div>
          </ActionForm>
        )}
      </Screen>
    )
  },
})
