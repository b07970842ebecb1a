import { Tabs } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { mayUse, type Permission } from '@/lib/rules/access/permissions.ts'

const TABS: readonly { key: string; href: string; permission: Permission }[] = [
  { key: 'rounds', href: '/rotation', permission: 'rotation.round.list' },
  { key: 'roll', href: '/rotation/roll', permission: 'rotation.roll.view' },
  { key: 'apply', href: '/rotation/apply', permission: 'rotation.case.apply' },
  { key: 'delegations', href: '/rotation/delegations', permission: 'rotation.delegation.list' },
]

/** The pages of 轮岗 a role may use. */
export function RotationTabs({ t, actor, current }: { t: Translate; actor: Actor; current: string }) {
  return (
    <Tabs
      label={t('board.tabs.label')}
      items={TABS.filter((tab) => mayUse(actor, tab.permission)).map((tab) => ({
        text: t(`board.tabs.${tab.key}`),
        href: tab.href,
        current: tab.key === current,
      }))}
    />
  )
}
