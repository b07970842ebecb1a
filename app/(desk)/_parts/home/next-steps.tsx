import Link from 'next/link'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { navigationFor } from '@/lib/rules/access/navigation.ts'

/** The pages of the role, each with what is done there. */
export function NextSteps({ t, actor }: { t: Translate; actor: UserActor }) {
  const pages = navigationFor(actor).filter(({ key }) => key !== 'home' && key !== 'inbox')
  return (
    <Card title={t('home.steps.title')}>
      <ul className="lines">
        {pages.map(({ key, href }) => (
          <li key={key}>
            <Link href={href as never}>{t(`platform.rail.${key}`)}</Link>
            {t.has(`home.steps.${key}`) && <span className="muted"> {t(`home.steps.${key}`)}</span>}
          </li>
        ))}
      </ul>
    </Card>
  )
}
