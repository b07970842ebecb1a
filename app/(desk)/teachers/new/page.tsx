import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card, Screen } from '@/app/_ui/screen.tsx'
import { schoolOptions } from '@/lib/register/queries/schools.ts'
import { EDUCATION_LEVELS, TITLES } from '@/lib/rules/register/vocabulary.ts'
import { optionsOf } from '../_parts/choices.ts'
import { EmploymentFields, StageAndSubject } from '../_parts/post-fields.tsx'
import { createTeacherAction } from './actions.ts'

export default definePage('register.teacher.create', {
  load: async (tx) => ({ schools: await schoolOptions(tx) }),
  view: ({ schools }, { t, actor }) => (
    <Screen
      title={t('teacher.create.title')}
      crumbs={[{ text: t('teacher.list.title'), href: '/teachers' }, { text: t('teacher.create.title') }]}
    >
      <Card>
        <ActionForm action={createTeacherAction}>
          <p className="small muted">{t('teacher.create.about')}</p>
          <div className="row">
            <TextField name="name" label={t('teacher.field.name')} required maxLength={40} />
            <TextField name="staffNo" label={t('teacher.field.staffNo')} required maxLength={30} />
          </div>
          <div className="row">
            <TextField
              name="idNumber"
              label={t('teacher.field.idNumber')}
              hint={t('teacher.create.idHint')}
              required
              maxLength={24}
            />
            <TextField name="phone" label={t('teacher.field.phone')} maxLength={20} />
          </div>
          <div className="row">
            <SelectField
              name="schoolId"
              label={t('teacher.field.school')}
              required
              blank="—"
              options={schools.map((school) => ({ value: school.id, text: school.name }))}
            />
            <TextField
              name="joinedSchool"
              type="date"
              label={t('teacher.field.joinedSchool')}
              defaultValue={actor.today}
              required
            />
            <TextField name="joinedWork" type="date" label={t('teacher.field.joinedWork')} required />
          </div>
          <EmploymentFields t={t} />
          <div className="row">
            <StageAndSubject t={t} />
            <TextField name="duty" label={t('teacher.field.duty')} maxLength={60} />
          </div>
          <div className="row">
            <SelectField
              name="title"
              label={t('teacher.field.title')}
              required
              defaultValue="none"
              options={optionsOf(t, 'title', TITLES)}
            />
            <TextField name="titleFrom" type="date" label={t('teacher.create.titleFrom')} />
            <SelectField
              name="highestEducation"
              label={t('teacher.field.highestEducation')}
              blank="—"
              options={optionsOf(t, 'education', EDUCATION_LEVELS)}
            />
          </div>
          <TextField
            name="reason"
            label={t('teacher.task.reason')}
            hint={t('teacher.create.reasonHint')}
            required
            maxLength={300}
          />
          <div className="actions">
            <SubmitButton>{t('teacher.create.submit')}</SubmitButton>
          </div>
        </ActionForm>
      </Card>
    </Screen>
  ),
})
