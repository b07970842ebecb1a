import { ActionForm, SelectField, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { TeacherView } from '@/lib/register/queries/teacher-view.ts'
import { EDUCATION_LEVELS } from '@/lib/rules/register/vocabulary.ts'
import { optionsOf } from '../../_parts/choices.ts'
import { editTeacherAction } from '../actions.ts'

/**
 * Fields of a person that are not dated. What they read when the form was opened goes along, so that two people who
 * change different fields both keep their change.
 */
export function EditFields({ t, view }: { t: Translate; view: TeacherView }) {
  const { row, facts } = view
  if (!facts) return null
  const base = {
    name: row.name,
    staffNo: row.staffNo ?? null,
    joinedWork: row.joinedWork ?? null,
    firstEducation: facts.firstEducation,
    firstEducationAt: facts.firstEducationAt,
    highestEducation: facts.highestEducation,
    highestEducationAt: facts.highestEducationAt,
    degree: facts.degree,
    putonghua: facts.putonghua,
    bondUntil: facts.bondUntil,
    note: facts.note,
  }
  const text = (name: keyof typeof base, type: 'text' | 'date' = 'text', required = false) => (
    <TextField
      name={name}
      type={type}
      label={t(`teacher.field.${name}`)}
      defaultValue={base[name] ?? ''}
      required={required}
    />
  )
  const level = (name: 'firstEducation' | 'highestEducation') => (
    <SelectField
      name={name}
      label={t(`teacher.field.${name}`)}
      blank="—"
      defaultValue={base[name] ?? ''}
      options={optionsOf(t, 'education', EDUCATION_LEVELS)}
    />
  )
  return (
    <ActionForm
      action={editTeacherAction}
      hidden={{ teacherId: row.id, version: row.version, base: JSON.stringify(base) }}
    >
      <p className="small muted">{t('teacher.task.about.edit')}</p>
      <div className="row">
        {text('name', 'text', true)}
        {text('staffNo', 'text', true)}
        {text('joinedWork', 'date', true)}
      </div>
      <div className="row">
        {level('firstEducation')}
        {text('firstEducationAt')}
      </div>
      <div className="row">
        {level('highestEducation')}
        {text('highestEducationAt')}
        {text('degree')}
      </div>
      <div className="row">
        {text('putonghua')}
        {text('bondUntil', 'date')}
      </div>
      <TextArea name="note" label={t('teacher.field.note')} defaultValue={base.note ?? ''} maxLength={500} />
      <TextField
        name="reason"
        label={t('teacher.task.reason')}
        hint={t('teacher.task.reasonHint')}
        maxLength={300}
        required
      />
      <div className="actions">
        <SubmitButton>{t('teacher.task.submit.edit')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
