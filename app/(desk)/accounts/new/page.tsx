import { definePage } from '@/app/_server/page.tsx'
import { SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { LinkForm } from '@/app/_ui/link-form.tsx'
import { Card, Screen } from '@/app/_ui/screen.tsx'
import { schoolChoices } from '@/lib/platform/queries/users.ts'
import { linkLabels } from '../_parts/labels.ts'
import { createUserAction } from '../actions.ts'

export default definePage('platform.user.create', {
  load: async (tx) => ({ schools: await schoolChoices(tx) }),
  view: ({ schools }, { session, t }) => (
    <Screen
      title={t('account.create.title')}
      crumbs={[{ text: t('account.list.title'), href: '/accounts' }, { text: t('account.create.title') }]}
    >
      <Card>
        <p className="muted" style={{ marginBottom: 10 }}>
          {t('account.create.about')}
        </p>
        <LinkForm action={createUserAction} labels={linkLabels(t)} zone={session.district.timeZone}>
          <div className="row">
            <TextField
              name="login"
              label={t('account.login')}
              hint={t('account.create.loginHint')}
              required
              maxLength={80}
            />
            <TextField name="displayName" label={t('account.name')} required maxLength={40} />
          </div>
          <SelectField
            name="schoolId"
            label={t('account.school')}
            blank={t('account.bureau')}
            options={schools.map((school) => ({ value: school.id, text: school.name }))}
          />
          <TextField
            name="samePersonAs"
            label={t('account.create.samePerson')}
            hint={t('account.create.samePersonHint')}
          />
          <div className="actions">
            <SubmitButton>{t('account.create.submit')}</SubmitButton>
          </div>
        </LinkForm>
      </Card>
    </Screen>
  ),
})
