import { Tabs } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'

const PAGES = [
  { key: 'list', href: '/accounts', permission: 'platform.user.list' },
  { key: 'grants', href: '/accounts/grants', permission: 'platform.grant.list' },
  { key: 'sessions', href: '/accounts/sessions', permission: 'platform.session.list' },
  { key: 'bulk', href: '/accounts/bulk', permission: 'platform.user.fromRegister' },
] as const

/** The pages of the console that this administrator has. */
export function AccountTabs({ t, actor, current }: { t: Translate; actor: UserActor; current: string }) {
  return (
    <Tabs
      label={t('account.list.title')}
      items={PAGES.filter((page) => mayUse(actor, page.permission)).map((page) => ({
        text: t(`account.tab.${page.key}`),
        href: page.href,
        current: page.key === current,
      }))}
    />
  )
}
