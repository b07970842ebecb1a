import type { ReactNode } from 'react'
import { entryText } from '@/app/_domain/timeline.tsx'
import type { Action } from '@/app/_server/action.ts'
import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { SECRET_FIELDS } from '@/lib/register/commands/edit-secret.ts'
import type { TeacherView } from '@/lib/register/queries/teacher-view.ts'
import type { PersonTask } from '@/lib/rules/register/person-tasks.ts'
import {
  ASSESSMENT_RESULTS,
  CATEGORIES,
  CERTIFICATE_KINDS,
  EMPLOYMENT_FORMS,
  HONOUR_KINDS,
  HONOUR_LEVELS,
  LEAVE_KINDS,
  POST_KINDS,
  STAGES,
  STATUSES,
  SUBJECTS,
  TITLES,
} from '@/lib/rules/register/vocabulary.ts'
import {
  askRevokeHonourAction,
  changeAppointmentAction,
  changeEmploymentAction,
  changeGradeAction,
  changeTitleAction,
  editSecretAction,
  endLeaveAction,
  proposeFactAction,
  recordAssessmentAction,
  recordCertificateAction,
  recordHonourAction,
  recordLeaveAction,
} from '../actions.ts'
import { optionsOf } from './choices.ts'
import { EditFields } from './edit-fields.tsx'

interface TaskProps {
  t: Translate
  task: PersonTask
  view: TeacherView
  schools: { id: string; name: string }[]
  today: string
}

/** The form of one task on a person's record. The button names the act; why is asked every time. */
export function TaskForm({ t, task, view, schools, today }: TaskProps) {
  const { row } = view
  if (task === 'edit') return <EditFields t={t} view={view} />
  const form = FORMS[task]({ t, task, view, schools, today })
  if (form === null) return <p className="muted">{t(`teacher.task.none.${task}`)}</p>
  const ofPerson: Record<string, string | number> = { teacherId: row.id }
  if (!task.startsWith('propose')) ofPerson.version = row.version
  return (
    <ActionForm action={form.action} hidden={{ ...ofPerson, ...form.hidden }} key={`${task}|${row.version}`}>
      <p className="small muted">{t(`teacher.task.about.${task}`)}</p>
      {form.fields}
      <TextField
        name="reason"
        label={t('teacher.task.reason')}
        hint={t('teacher.task.reasonHint')}
        maxLength={300}
        required
      />
      <div className="actions">
        <SubmitButton kind={task === 'revoke' ? 'danger' : 'primary'}>{t(`teacher.task.submit.${task}`)}</SubmitButton>
      </div>
    </ActionForm>
  )
}

interface Form {
  action: Action
  fields: ReactNode
  hidden?: Record<string, string | number>
}
type Make = (props: TaskProps) => Form | null

const title: Make = ({ t, today }) => ({
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
const honour: Make = ({ t }) => ({
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
const assessment: Make = ({ t, today }) => ({
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
const certificate: Make = ({ t }) => ({
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
/** The same fields, sent to HR for checking instead of into the register. */
const proposed =
  (make: Make, fact: string): Make =>
  (props) => {
    const form = make(props)
    return form && { action: proposeFactAction, fields: form.fields, hidden: { fact } }
  }

const FORMS: Record<Exclude<PersonTask, 'edit'>, Make> = {
  title,
  honour,
  assessment,
  certificate,
  proposeTitle: proposed(title, 'title'),
  proposeHonour: proposed(honour, 'honour'),
  proposeAssessment: proposed(assessment, 'assessment'),
  proposeCertificate: proposed(certificate, 'certificate'),
  appointment: ({ t, view, schools, today }) => ({
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
          <SelectField
            name="stage"
            label={t('teacher.field.stage')}
            blank="—"
            defaultValue={view.row.stage ?? ''}
            options={optionsOf(t, 'stage', STAGES)}
          />
          <SelectField
            name="subject"
            label={t('teacher.field.subject')}
            blank="—"
            defaultValue={view.row.subject ?? ''}
            options={optionsOf(t, 'subject', SUBJECTS)}
          />
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
  }),
  employment: ({ t, view, today }) => ({
    action: changeEmploymentAction,
    fields: (
      <>
        <div className="row">
          <SelectField
            name="form"
            label={t('teacher.field.form')}
            required
            defaultValue={view.row.form ?? undefined}
            options={optionsOf(t, 'employmentForm', EMPLOYMENT_FORMS)}
          />
          <SelectField
            name="category"
            label={t('teacher.field.category')}
            required
            defaultValue={view.row.category ?? undefined}
            options={optionsOf(t, 'category', CATEGORIES)}
          />
          <SelectField
            name="postKind"
            label={t('teacher.field.postKind')}
            blank="—"
            defaultValue={view.row.postKind ?? ''}
            options={optionsOf(t, 'postKind', POST_KINDS)}
          />
        </div>
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
  }),
  grade: ({ t, view, today }) => ({
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
  }),
  revoke: ({ t, view, today }) => {
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
  },
  leave: ({ t }) => ({
    action: recordLeaveAction,
    fields: (
      <>
        <SelectField
          name="kind"
          label={t('teacher.task.leaveKind')}
          required
          hint={t('teacher.task.leaveHint')}
          options={optionsOf(t, 'leave', LEAVE_KINDS)}
        />
        <div className="row">
          <TextField name="startsOn" type="date" label={t('teacher.task.startsOn')} />
          <TextField name="endsOn" type="date" label={t('teacher.task.endsOn')} />
          <TextField name="childBirth" type="date" label={t('teacher.task.childBirth')} />
        </div>
      </>
    ),
  }),
  leaveEnd: ({ t, view, today }) => {
    const leave = view.record.find((entry) => entry.kind === 'leave' && (entry.until === null || entry.until > today))
    if (!leave) return null
    return {
      action: endLeaveAction,
      hidden: { leaveId: leave.id, version: leave.version ?? 1 },
      fields: (
        <>
          <p>{t('teacher.task.leaveSince', { leave: entryText(t, leave), from: leave.from ?? '—' })}</p>
          <TextField name="endsOn" type="date" label={t('teacher.task.endsOn')} defaultValue={today} required />
        </>
      ),
    }
  },
  secret: ({ t }) => ({
    action: editSecretAction,
    fields: (
      <div className="row">
        <SelectField
          name="field"
          label={t('teacher.task.secretField')}
          required
          options={SECRET_FIELDS.map((value) => ({ value, text: t(`teacher.field.${value}`) }))}
        />
        <TextField name="value" label={t('teacher.task.newValue')} maxLength={60} required />
      </div>
    ),
  }),
}
