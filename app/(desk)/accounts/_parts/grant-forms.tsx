import { ActionForm, CheckField, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { takesTwo } from '@/lib/platform/grant-rows.ts'
import { ROLES, type Role } from '@/lib/rules/access/roles.ts'
import { endGrantAction, giveGrantAction } from '../actions.ts'

/** Gives a role; says before the click whether a second person will be asked. */
export function GiveGrantCard({
  userId,
  schools,
  t,
}: {
  userId: string
  schools: { id: string; name: string }[]
  t: Translate
}) {
  return (
    <Card title={t('account.grant.give')}>
      <p className="muted" style={{ marginBottom: 10 }}>
        {t('account.grant.giveAbout')}
      </p>
      <ActionForm action={giveGrantAction} hidden={{ userId }}>
        <div className="row">
          <SelectField
            name="role"
            label={t('account.role')}
            blank={t('account.choose')}
            required
            options={ROLES.map((role) => ({
              value: role,
              text: takesTwo(role, [])
                ? t('account.grant.twoPeople', { role: t(`platform.role.${role}`) })
                : t(`platform.role.${role}`),
            }))}
          />
          <SelectField
            name="schoolId"
            label={t('account.school')}
            blank={t('account.bureau')}
            options={schools.map((school) => ({ value: school.id, text: school.name }))}
          />
        </div>
        <div className="row">
          <TextField name="from" type="date" label={t('account.grant.from')} hint={t('account.grant.fromHint')} />
          <TextField
            name="lastDay"
            type="date"
            label={t('account.grant.lastDay')}
            hint={t('account.grant.lastDayHint')}
          />
        </div>
        <CheckField name="flags" value="evidence" label={t('account.flag.evidenceLong')} />
        <CheckField name="flags" value="cadre" label={t('account.flag.cadreLong')} />
        <TextField name="reason" label={t('account.reason')} required maxLength={200} />
        <div className="actions">
          <SubmitButton>{t('account.grant.giveSubmit')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  )
}

export function EndGrantButton({ grant, t }: { grant: { id: string; role: Role; flags: string[] }; t: Translate }) {
  return (
    <DialogButton
      label={t('account.grant.end')}
      title={t('account.grant.end')}
      kind="danger"
      close={t('platform.close')}
    >
      <p style={{ marginBottom: 10 }}>
        {t(takesTwo(grant.role, grant.flags) ? 'account.grant.endTwo' : 'account.grant.endNow', {
          role: t(`platform.role.${grant.role}`),
        })}
      </p>
      <ActionForm action={endGrantAction} hidden={{ grantId: grant.id }} closeDialog>
        <TextField name="reason" label={t('account.reason')} required maxLength={200} />
        <SubmitButton kind="danger">{t('account.grant.endSubmit')}</SubmitButton>
      </ActionForm>
    </DialogButton>
  )
}
