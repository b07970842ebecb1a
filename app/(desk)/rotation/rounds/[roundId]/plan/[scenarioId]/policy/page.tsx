import { z } from 'zod'
import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, Screen } from '@/app/_ui/screen.tsx'
import { type ScenarioId, typedPlanPolicy } from '@/lib/rotation/inputs/scenarios.ts'
import { roundById } from '@/lib/rotation/queries/rounds.ts'
import { scenarioView } from '@/lib/rotation/queries/scenario-view.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { PolicyFields } from '../../_parts/policy-fields.tsx'
import { reviseScenarioAction } from '../../actions.ts'

export default definePage('rotation.scenario.revise', {
  params: z.object({ roundId: idSchema<RoundId>(), scenarioId: idSchema<ScenarioId>() }),
  load: async (tx, { params }) => {
    const round = await roundById(tx, params.roundId)
    const view = await scenarioView(tx, params.scenarioId)
    return round && view ? { round, view } : null
  },
  view: ({ round, view }, { t }) => {
    const path = `/rotation/rounds/${round.id}/plan`
    const isDraft = view.row.state === 'draft'
    return (
      <Screen
        title={t('plan.policy.title', { name: view.row.name })}
        crumbs={[
          { text: round.name, href: `/rotation/rounds/${round.id}` },
          { text: t('plan.crumb.plan'), href: path },
          { text: view.row.name, href: `${path}/${view.row.id}` },
        ]}
      >
        <p className="noted">{t(isDraft ? 'plan.policy.draft' : 'plan.policy.further', { name: view.row.name })}</p>
        <ActionForm action={reviseScenarioAction} hidden={{ scenarioId: view.row.id }} className="">
          <Card>
            <div className="form">
              <TextField name="name" label={t('plan.list.name')} defaultValue={view.row.name} maxLength={120} />
              <TextField
                name="timeLimit"
                type="number"
                label={t('plan.form.timeLimit')}
                defaultValue={view.row.timeLimit ?? 600}
              />
            </div>
          </Card>
          <Card title={t('plan.new.policy')}>
            <PolicyFields t={t} values={typedPlanPolicy(view.instance.policy)} />
          </Card>
          <div className="actions">
            <SubmitButton name="solve" value="1">
              {t('plan.policy.saveAndSolve')}
            </SubmitButton>
            <SubmitButton kind="plain">{t('plan.policy.save')}</SubmitButton>
          </div>
        </ActionForm>
      </Screen>
    )
  },
})
