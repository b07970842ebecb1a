import { SelectField, TextField } from '@/app/_ui/action-form.tsx'
import { SECRET_FIELDS } from '@/lib/register/commands/edit-secret.ts'
import { editSecretAction } from '../../actions.ts'
import type { Make } from './make.ts'

export const secret: Make = ({ t }) => ({
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
})
