import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, Screen } from '@/app/_ui/screen.tsx'
import { yearOf } from '@/lib/rules/values/dates.ts'
import { CandidateFields } from '../_parts/candidate-fields.tsx'
import { createCandidateAction } from '../actions.ts'

export default definePage('reserve.candidate.create', {
  load: async () => ({}),
  view: (_, { t, actor }) => (
    <Screen title={t('reserve.candidate.new')} crumbs={[{ text: t('reserve.title'), href: '/reserve' }]}>
      <Card>
        <ActionForm action={createCandidateAction}>
          <CandidateFields t={t} year={yearOf(actor.today)} />
          <TextField name="on" type="date" label={t('reserve.field.appliedOn')} required defaultValue={actor.today} />
          <SubmitButton>{t('reserve.candidate.create')}</SubmitButton>
        </ActionForm>
      </Card>
    </Screen>
  ),
})
