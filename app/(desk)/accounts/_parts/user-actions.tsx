import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { LinkForm } from '@/app/_ui/link-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import {
  disableUserAction,
  enableUserAction,
  endUserSessionsAction,
  issueUserLinkAction,
  unlockUserAction,
} from '../actions.ts'
import { linkLabels } from './labels.ts'

/** What this administrator can do with an account; the auditor only reads. */
export function UserActions({
  user,
  actor,
  zone,
  t,
}: {
  user: { id: string; displayName: string; disabledAt: string | null }
  actor: UserActor
  zone: string
  t: Translate
}) {
  const may = (permission: Parameters<typeof mayUse>[1]) => mayUse(actor, permission)
  if (!may('platform.session.end')) return null
  return (
    <Card title={t('account.detail.actions')}>
      {may('platform.user.link') && !user.disabledAt && (
        <LinkForm action={issueUserLinkAction} hidden={{ userId: user.id }} labels={linkLabels(t)} zone={zone}>
          <p className="muted">{t('account.link.about')}</p>
          <div className="actions">
            <SubmitButton kind="plain">{t('account.link.make')}</SubmitButton>
          </div>
        </LinkForm>
      )}
      <div className="actions" style={{ marginTop: 10 }}>
        <ActionForm action={endUserSessionsAction} hidden={{ userId: user.id }} className="actions">
          <SubmitButton kind="plain">{t('account.session.endAll')}</SubmitButton>
        </ActionForm>
        {may('platform.user.unlock') && (
          <ActionForm action={unlockUserAction} hidden={{ userId: user.id }} className="actions">
            <SubmitButton kind="plain">{t('account.unlock')}</SubmitButton>
          </ActionForm>
        )}
        {may('platform.user.enable') && user.disabledAt && (
          <ActionForm action={enableUserAction} hidden={{ userId: user.id }} className="actions">
            <SubmitButton kind="plain">{t('account.enable')}</SubmitButton>
          </ActionForm>
        )}
        {may('platform.user.disable') && !user.disabledAt && (
          <DialogButton
            label={t('account.disable.open')}
            title={t('account.disable.open')}
            kind="danger"
            close={t('platform.close')}
          >
            <p style={{ marginBottom: 10 }}>{t('account.disable.about', { name: user.displayName })}</p>
            <ActionForm action={disableUserAction} hidden={{ userId: user.id }} closeDialog>
              <TextField name="reason" label={t('account.reason')} required maxLength={200} />
              <SubmitButton kind="danger">{t('account.disable.submit')}</SubmitButton>
            </ActionForm>
          </DialogButton>
        )}
      </div>
    </Card>
  )
}
