import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, Screen } from '@/app/_ui/screen.tsx'
import { schoolYearOf } from '@/lib/rules/values/dates.ts'
import { StudioFields } from '../_parts/studio-fields.tsx'
import { createStudioAction } from '../actions.ts'

export default definePage('talent.studio.create', {
  load: async () => ({}),
  view: (_, { t, actor }) => (
    <Screen title={t('talent.studio.new')} crumbs={[{ text: t('talent.title'), href: '/talent' }]}>
      <Card>
        <ActionForm action={createStudioAction}>
          <StudioFields t={t} />
          <TextField
            name="who"
            label={t('talent.studio.host')}
            hint={t('talent.person.hint')}
            required
            maxLength={60}
          />
          <div className="row">
            <TextField
              name="from"
              type="date"
              label={t('talent.studio.from')}
              required
              defaultValue={`${schoolYearOf(actor.today)}-09-01`}
            />
            <SelectField
              name="years"
              label={t('talent.studio.cycle')}
              required
              defaultValue="3"
              options={[2, 3].map((years) => ({ value: String(years), text: t('talent.studio.years', { years }) }))}
            />
          </div>
          <SubmitButton>{t('talent.studio.create')}</SubmitButton>
        </ActionForm>
      </Card>
    </Screen>
  ),
})
