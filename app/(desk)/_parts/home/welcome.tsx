import { ActionForm, SubmitButton } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { welcomeAction } from '../../actions.ts'

/** Shown until it has been read once: what this role does here, and where to begin. */
export function Welcome({ t, actor }: { t: Translate; actor: UserActor }) {
  return (
    <section className="noted welcome" aria-label={t('home.welcome.title')}>
      <p>
        <strong>{t('home.welcome.title')}</strong> {t(`home.welcome.${actor.role}`)}
      </p>
      <ActionForm action={welcomeAction} className="actions">
        <SubmitButton kind="plain">{t('home.welcome.begin')}</SubmitButton>
      </ActionForm>
    </section>
  )
}
