import Link from 'next/link'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CurrentSession } from '@/lib/platform/sessions.ts'
import { setLocaleAction, signOutAction, switchRoleAction } from '../actions.ts'

/** Who I am and in which role and school I act; switching changes what I see and may do. */
export function Me({ session, t }: { session: CurrentSession; t: Translate }) {
  const roleText = (grant: CurrentSession['acting']) =>
    [
      t(`platform.role.${grant.role}`),
      grant.schoolName,
      grant.onBehalfOf ? t('case.delegation.standingFor', { name: grant.onBehalfOf.name }) : null,
    ]
      .filter(Boolean)
      .join(' · ')
  const others = session.grants.filter((grant) => grant.id !== session.acting.id)
  const locale = t.locale === 'en' ? 'zh-CN' : 'en'
  return (
    <details className="menu">
      <summary className="nowrap">
        {session.actor.name} <span className="muted small">{roleText(session.acting)}</span>
      </summary>
      <div className="pop">
        {others.map((grant) => (
          <ActionForm key={grant.id} action={switchRoleAction} hidden={{ grantId: grant.id }} className="actions">
            <SubmitButton kind="plain">{t('platform.frame.actAs', { role: roleText(grant) })}</SubmitButton>
          </ActionForm>
        ))}
        <p style={{ padding: '6px 0' }}>
          <Link href="/account">{t('platform.frame.account')}</Link>
        </p>
        <ActionForm action={setLocaleAction} hidden={{ locale }} className="actions">
          <SubmitButton kind="plain">{t(`platform.language.${locale}`)}</SubmitButton>
        </ActionForm>
        <ActionForm action={signOutAction} className="actions">
          <SubmitButton kind="plain">{t('platform.frame.signOut')}</SubmitButton>
        </ActionForm>
      </div>
    </details>
  )
}
