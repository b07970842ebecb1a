import { SelectField, TextField } from '@/app/_ui/action-form.tsx'
import { STATUSES } from '@/lib/rules/register/vocabulary.ts'
import { optionsOf } from '../../../_parts/choices.ts'
import { EmploymentFields, StageAndSubject } from '../../../_parts/post-fields.tsx'
import { changeAppointmentAction, changeEmploymentAction } from '../../actions.ts'
import type { Make } from './make.ts'

export const appointment: Make = ({ t, view, schools, today }) => ({
  action: changeAppointmentAction,
  fields: (
    <>
      <div className="row">
        <SelectField
          name="line"
          label={t('teacher.task.line')}
          required
          options={(['both', 'establishment', 'service'] as const).map((value) => ({
            value,
            text: t(`teacher.task.lines.${value}`),
          }))}
        />
        <SelectField
          name="schoolId"
          label={t('teacher.field.school')}
          required
          defaultValue={view.row.schoolId ?? undefined}
          options={schools.map((school) => ({ value: school.id, text: school.name }))}
        />
      </div>
      <div className="row">
        <StageAndSubject t={t} now={view.row} />
        <TextField
          name="periods"
          type="number"
          label={t('teacher.field.periods')}
          defaultValue={view.row.periods ?? ''}
        />
        <TextField name="from" type="date" label={t('teacher.task.from')} defaultValue={today} required />
      </div>
    </>
  ),
})

export const employment: Make = ({ t, view, today }) => ({
  action: changeEmploymentAction,
  fields: (
    <>
      <EmploymentFields t={t} now={view.row} />
      <div className="row">
        <TextField name="duty" label={t('teacher.field.duty')} defaultValue={view.row.duty ?? ''} maxLength={60} />
        <SelectField
          name="status"
          label={t('teacher.field.status')}
          required
          defaultValue={view.row.status ?? undefined}
          hint={t('teacher.task.statusHint')}
          options={optionsOf(t, 'status', STATUSES)}
        />
        <TextField name="from" type="date" label={t('teacher.task.from')} defaultValue={today} required />
      </div>
    </>
  ),
})
