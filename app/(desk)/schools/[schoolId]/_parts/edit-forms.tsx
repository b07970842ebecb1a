import { ActionForm, CheckField, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import { formatSchoolYear } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { SchoolPage } from '@/lib/register/queries/school-page.ts'
import { LOCALITIES, SCHOOL_KINDS } from '@/lib/rules/register/vocabulary.ts'
import { editSchoolAction, editSchoolYearAction } from '../../actions.ts'

const FLAGS = ['quality', 'oneSchoolOnePlan', 'interactive', 'smartCampus'] as const

export function SchoolForm({ t, school }: { t: Translate; school: SchoolPage['school'] }) {
  return (
    <Card title={t('school.edit.school')}>
      <ActionForm
        action={editSchoolAction}
        hidden={{ schoolId: school.id, version: school.version }}
        key={school.version}
      >
        <TextField name="name" label={t('school.field.name')} required defaultValue={school.name} maxLength={60} />
        <div className="row">
          <TextField name="shortName" label={t('school.field.shortName')} defaultValue={school.shortName ?? ''} />
          <SelectField
            name="kind"
            label={t('school.field.kind')}
            required
            defaultValue={school.kind}
            options={Object.keys(SCHOOL_KINDS).map((value) => ({ value, text: label(t, 'schoolKind', value) }))}
          />
        </div>
        <div className="row">
          <SelectField
            name="locality"
            label={t('school.field.locality')}
            required
            defaultValue={school.locality}
            options={Object.keys(LOCALITIES).map((value) => ({ value, text: label(t, 'locality', value) }))}
          />
          <TextField name="zone" label={t('school.field.zone')} defaultValue={school.zone ?? ''} />
          <TextField
            name="foundedYear"
            type="number"
            label={t('school.field.foundedYear')}
            defaultValue={school.foundedYear ?? ''}
          />
        </div>
        {FLAGS.map((flag) => (
          <CheckField key={flag} name={flag} label={t(`school.field.${flag}`)} defaultChecked={school[flag]} />
        ))}
        <TextField
          name="reason"
          label={t('teacher.task.reason')}
          hint={t('teacher.task.reasonHint')}
          required
          maxLength={300}
        />
        <div className="actions">
          <SubmitButton>{t('school.edit.submitSchool')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  )
}

const COUNTS = ['pupilsPrimary', 'pupilsJunior', 'establishment', 'seats', 'addedSeats'] as const
const GRADES = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const
const RESOURCES = ['resourcesPrimary', 'resourcesJunior'] as const

export function SchoolYearForm({ t, year }: { t: Translate; year: SchoolPage['years'][number] }) {
  if (year.closedAt)
    return (
      <Card title={formatSchoolYear(year.year, t.locale)}>
        <p>{t('school.edit.closed')}</p>
      </Card>
    )
  const joined = (resources: (typeof year)['resourcesPrimary']) =>
    resources
      ? [resources.teachingArea, resources.sportsArea, resources.equipmentValue, resources.networkedRooms]
          .map((one) => one ?? '')
          .join(', ')
      : ''
  return (
    <Card title={t('school.edit.year', { year: formatSchoolYear(year.year, t.locale) })}>
      <ActionForm
        action={editSchoolYearAction}
        hidden={{ schoolId: year.schoolId, year: year.year, version: year.version }}
        key={year.version}
      >
        <div className="row">
          {COUNTS.map((name) => (
            <TextField
              key={name}
              name={name}
              type="number"
              label={t(`school.field.${name}`)}
              defaultValue={year[name] ?? ''}
              required={name.startsWith('pupils')}
            />
          ))}
        </div>
        <fieldset>
          <legend>{t('school.field.classes')}</legend>
          <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(72px, 1fr))', gap: 8 }}>
            {GRADES.map((grade) => (
              <TextField
                key={grade}
                name="classes"
                type="number"
                label={t('school.edit.grade', { grade })}
                defaultValue={year.classes[grade - 1] ?? 0}
                required
              />
            ))}
          </div>
        </fieldset>
        {RESOURCES.map((name) => (
          <TextField
            key={name}
            name={name}
            label={t(`school.field.${name}`)}
            hint={t('school.edit.resourcesHint')}
            defaultValue={joined(year[name])}
          />
        ))}
        <TextField
          name="reason"
          label={t('teacher.task.reason')}
          hint={t('teacher.task.reasonHint')}
          required
          maxLength={300}
        />
        <div className="actions">
          <SubmitButton>{t('school.edit.submitYear')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  )
}
