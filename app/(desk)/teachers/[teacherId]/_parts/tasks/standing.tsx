import { entryText } from '@/app/_domain/timeline.tsx'
import { SelectField, TextField } from '@/app/_ui/action-form.tsx'
import {
  ASSESSMENT_RESULTS,
  CERTIFICATE_KINDS,
  HONOUR_KINDS,
  HONOUR_LEVELS,
  SUBJECTS,
  TITLES,
} from '@/lib/rules/register/vocabulary.ts'
import { optionsOf } from '../../../_parts/choices.ts'
import {
  askRevokeHonourAction,
  changeGradeAction,
  changeTitleAction,
  recordAssessmentAction,
  recordCertificateAction,
  recordHonourAction,
} from '../../actions.ts'
import type { Make } from './make.ts'

export const title: Make = ({ t, today }) => ({
  action: changeTitleAction,
  fields: (
    <div className="row">
      <SelectField
        name="kind"
        label={t('teacher.task.titleKind')}
        required
        options={(['held', 'appointed'] as const).map((value) => ({ value, text: t(`teacher.task.${value}`) }))}
      />
      <SelectField name="title" label={t('teacher.field.title')} required options={optionsOf(t, 'title', TITLES)} />
      <TextField name="from" type="date" label={t('teacher.task.from')} defaultValue={today} required />
    </div>
  ),
})

export const honour: Make = ({ t }) => ({
  action: recordHonourAction,
  fields: (
    <div className="row">
      <SelectField
        name="level"
        label={t('teacher.task.level')}
        required
        options={optionsOf(t, 'honourLevel', HONOUR_LEVELS)}
      />
      <SelectField
        name="kind"
        label={t('teacher.task.honourKind')}
        required
        options={optionsOf(t, 'honourKind', HONOUR_KINDS)}
      />
      <TextField name="month" type="month" label={t('teacher.task.awarded')} required />
    </div>
  ),
})

export const revoke: Make = ({ t, view, today }) => {
  const held = view.record.filter((entry) => entry.kind === 'honour' && !entry.facts.revoked)
  if (held.length === 0) return null
  return {
    action: askRevokeHonourAction,
    fields: (
      <div className="row">
        <SelectField
          name="honourId"
          label={t('teacher.field.backbone')}
          required
          options={held.map((entry) => ({
            value: entry.id,
            text: `${entryText(t, entry)} ${entry.from?.slice(0, 7) ?? ''}`,
          }))}
        />
        <TextField name="on" type="date" label={t('teacher.task.revokedOn')} defaultValue={today} required />
      </div>
    ),
  }
}

export const grade: Make = ({ t, view, today }) => ({
  action: changeGradeAction,
  fields: (
    <div className="row">
      <TextField
        name="grade"
        type="number"
        label={t('teacher.field.grade')}
        defaultValue={view.row.grade ?? ''}
        required
      />
      <TextField name="from" type="date" label={t('teacher.task.from')} defaultValue={today} required />
    </div>
  ),
})

export const assessment: Make = ({ t, today }) => ({
  action: recordAssessmentAction,
  fields: (
    <div className="row">
      <TextField
        name="year"
        type="number"
        label={t('teacher.task.year')}
        defaultValue={Number(today.slice(0, 4)) - 1}
        required
      />
      <SelectField
        name="result"
        label={t('teacher.task.result')}
        required
        options={optionsOf(t, 'assessment', ASSESSMENT_RESULTS)}
      />
    </div>
  ),
})

export const certificate: Make = ({ t }) => ({
  action: recordCertificateAction,
  fields: (
    <div className="row">
      <SelectField
        name="kind"
        label={t('teacher.task.certificateKind')}
        required
        options={optionsOf(t, 'certificateKind', CERTIFICATE_KINDS)}
      />
      <SelectField
        name="subject"
        label={t('teacher.field.subject')}
        blank="—"
        options={optionsOf(t, 'subject', SUBJECTS)}
      />
    </div>
  ),
})
