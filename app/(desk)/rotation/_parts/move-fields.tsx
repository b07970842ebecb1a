import { SelectField, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { choices } from '@/lib/i18n/vocabulary.ts'
import { ROTATION_FORMS } from '@/lib/rules/register/vocabulary.ts'

interface Move {
  toSchoolId: string | null
  form: number
  endsOn: string | null
  reason: string
}

/** Where somebody goes, in what form, until when and why; as a draft has it, where there is one. */
export function MoveFields({
  t,
  schools,
  needsReason,
  now,
}: {
  t: Translate
  schools: { value: string; text: string }[]
  needsReason: boolean
  now?: Move
}) {
  const forms = choices(t, 'rotationForm', Object.keys(ROTATION_FORMS)).map(({ value, label }) => ({
    value,
    text: label,
  }))
  return (
    <>
      <SelectField
        name="toSchoolId"
        label={t('board.case.to')}
        blank={t('board.add.later')}
        defaultValue={now?.toSchoolId ?? undefined}
        options={schools}
      />
      <div className="row">
        <SelectField
          name="form"
          label={t('board.case.form')}
          required
          defaultValue={now ? String(now.form) : undefined}
          options={forms}
        />
        <TextField
          name="endsOn"
          type="date"
          label={t('board.case.endsOn')}
          hint={t('board.case.endsOnHint')}
          defaultValue={now?.endsOn ?? ''}
        />
      </div>
      <TextArea name="reason" label={t('board.case.why')} required={needsReason} defaultValue={now?.reason} />
    </>
  )
}
