import { ActionForm, FileField, SelectField, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { ASKABLE } from '@/lib/rules/rotation/exemption-rules.ts'
import { askExemptionAction } from '../actions.ts'

/** Asking for a deferral: a teacher for themselves, a school or personnel for somebody. */
export function AskForm({
  actor,
  person,
  t,
}: {
  actor: UserActor
  /** Known already, from the roll. */
  person: { teacherId: string; name: string; schoolName: string } | null
  t: Translate
}) {
  const rules = ASKABLE[actor.role] ?? []
  const isTeacher = actor.role === 'teacher'
  return (
    <ActionForm action={askExemptionAction} hidden={{ teacherId: person?.teacherId }}>
      {person && <p className="noted">{t('roll.exemption.for', { name: person.name, school: person.schoolName })}</p>}
      {!person && !isTeacher && (
        <TextField name="staffNo" label={t('roll.exemption.staffNo')} required maxLength={30} />
      )}
      <SelectField
        name="rule"
        label={t('roll.exemption.rule')}
        required
        options={rules.map((rule) => ({ value: rule, text: `${t(`roll.rule.${rule}`)} ${rule}` }))}
      />
      {actor.role === 'bureau_hr' && (
        <SelectField
          name="outcome"
          label={t('roll.exemption.outcome')}
          defaultValue="deferred"
          options={(['deferred', 'exempt'] as const).map((value) => ({
            value,
            text: t(`rotation.eligibility.state.${value}`),
          }))}
        />
      )}
      <div className="row">
        <TextField name="from" type="date" label={t('roll.exemption.from')} required defaultValue={actor.today} />
        <TextField
          name="until"
          type="date"
          label={t('roll.exemption.until')}
          hint={t('roll.exemption.untilHint')}
          required
        />
      </div>
      <TextArea
        name="reason"
        label={t('roll.exemption.reason')}
        hint={t('roll.exemption.reasonHint')}
        required
        maxLength={1000}
      />
      <FileField name="evidence" label={t('roll.exemption.evidence')} hint={t('roll.exemption.evidenceHint')} />
      <SubmitButton>{t('roll.exemption.submit')}</SubmitButton>
    </ActionForm>
  )
}
