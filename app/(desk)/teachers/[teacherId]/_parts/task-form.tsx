import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import type { PersonTask } from '@/lib/rules/register/person-tasks.ts'
import { proposeFactAction } from '../actions.ts'
import { EditFields } from './edit-fields.tsx'
import { leave, leaveEnd } from './tasks/absences.tsx'
import type { Make, TaskProps } from './tasks/make.ts'
import { appointment, employment } from './tasks/posts.tsx'
import { secret } from './tasks/secret.tsx'
import { assessment, certificate, grade, honour, revoke, title } from './tasks/standing.tsx'

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
  revoke,
  grade,
  assessment,
  certificate,
  proposeTitle: proposed(title, 'title'),
  proposeHonour: proposed(honour, 'honour'),
  proposeAssessment: proposed(assessment, 'assessment'),
  proposeCertificate: proposed(certificate, 'certificate'),
  appointment,
  employment,
  leave,
  leaveEnd,
  secret,
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
    <ActionForm action={form.action} hidden={{ ...ofPerson, ...form.hidden }} key={task}>
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
