import { TextField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'

/** A new password, twice, with the rule it must meet. */
export function NewPassword({ t }: { t: Translate }) {
  return (
    <>
      <TextField
        name="next"
        type="password"
        label={t('account.own.next')}
        hint={t('account.own.rule')}
        required
        autoComplete="new-password"
      />
      <TextField name="again" type="password" label={t('account.own.again')} required autoComplete="new-password" />
    </>
  )
}
