import { definePage } from '@/app/_server/page.tsx'
import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import { ButtonLink, Card, Screen } from '@/app/_ui/screen.tsx'
import { acceptPrivacyAction } from '../actions.ts'

const PARTS = ['who', 'what', 'why', 'seen', 'kept', 'rights', 'contact'] as const

export default definePage('platform.account.readPrivacy', {
  load: async () => ({}),
  view: (_, { session, t }) => (
    <Screen title={t('account.privacy.title')}>
      <Card>
        <p>{t('account.privacy.intro', { district: session.district.name })}</p>
        {PARTS.map((part) => (
          <section key={part}>
            <h3 style={{ fontSize: 14, margin: '10px 0 2px' }}>{t(`account.privacy.${part}.title`)}</h3>
            <p>{t(`account.privacy.${part}.text`, { district: session.district.name })}</p>
          </section>
        ))}
        <div className="actions" style={{ marginTop: 14 }}>
          {session.privacyAccepted ? (
            <ButtonLink href="/">{t('account.privacy.back')}</ButtonLink>
          ) : (
            <ActionForm action={acceptPrivacyAction} className="actions">
              <SubmitButton>{t('account.privacy.accept')}</SubmitButton>
            </ActionForm>
          )}
        </div>
      </Card>
    </Screen>
  ),
})
