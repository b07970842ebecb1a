import { ActionForm, SelectField, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { CORRECTABLE } from '@/lib/register/commands/correctable.ts'
import { requestCorrectionAction } from '../../teachers/corrections/actions.ts'

/** Asks to have a fact put right: which, what it should say, why. */
export function AskForm({ t }: { t: Translate }) {
  return (
    <Card title={t('register.my.ask')}>
      <ActionForm action={requestCorrectionAction}>
        <p className="small muted">{t('register.my.askAbout')}</p>
        <SelectField
          name="field"
          label={t('register.my.askField')}
          required
          options={CORRECTABLE.map((field) => ({ value: field, text: t(`teacher.field.${field}`) }))}
        />
        <TextField name="wanted" label={t('register.correction.wanted')} required maxLength={200} />
        <TextArea name="reason" label={t('register.my.askReason')} required maxLength={300} rows={2} />
        <div className="actions">
          <SubmitButton>{t('register.my.askSubmit')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  )
}
