import { NewPassword } from '@/app/_domain/new-password.tsx'
import { currentTranslate } from '@/app/_server/current.ts'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { linkActor } from '@/lib/platform/links.ts'
import { type DistrictId, isUuid } from '@/lib/rules/values/ids.ts'
import { activateAction } from './actions.ts'

/** Where a one-time link leads: the account's owner sets the password. */
export default async function ActivatePage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const t = await currentTranslate()
  const query = await searchParams
  const district = String(query.d ?? '')
  const token = String(query.t ?? '')
  const found = isUuid(district) ? await linkActor(district as DistrictId, token) : null
  return (
    <main className="open">
      <title>{t('platform.product')}</title>
      <div className="sheet" style={{ maxWidth: 480 }}>
        <h1 style={{ fontSize: 20 }}>{t('account.activate.title')}</h1>
        {found ? (
          <>
            <p className="muted" style={{ marginBottom: 14 }}>
              {t('account.activate.about', { login: found.login })}
            </p>
            <ActionForm action={activateAction} hidden={{ d: district, t: token }}>
              <NewPassword t={t} />
              <div className="actions">
                <SubmitButton>{t('account.activate.submit')}</SubmitButton>
              </div>
            </ActionForm>
          </>
        ) : (
          <p className="warned">{t('account.refusal.linkDead')}</p>
        )}
      </div>
    </main>
  )
}
