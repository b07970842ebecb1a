import { entryText } from '@/app/_domain/timeline.tsx'
import { SelectField, TextField } from '@/app/_ui/action-form.tsx'
import { LEAVE_KINDS } from '@/lib/rules/register/vocabulary.ts'
import { optionsOf } from '../../../_parts/choices.ts'
import { endLeaveAction, recordLeaveAction } from '../../actions.ts'
import type { Make } from './make.ts'

export const leave: Make = ({ t }) => ({
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
})

export const leaveEnd: Make = ({ t, view, today }) => {
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
}
