import { Tabs } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { mayUse, type Permission } from '@/lib/rules/access/permissions.ts'

/** The pages of 轮岗 in the order of the year; each names its sentence. */
const TABS: readonly { key: string; text: string; href: string; permission: Permission }[] = [
  { key: 'rounds', text: 'board.tabs.rounds', href: '/rotation', permission: 'rotation.round.list' },
  { key: 'roll', text: 'board.tabs.roll', href: '/rotation/roll', permission: 'rotation.roll.view' },
  { key: 'apply', text: 'board.tabs.apply', href: '/rotation/apply', permission: 'rotation.case.apply' },
  { key: 'exchanges', text: 'plan.exchange.title', href: '/rotation/exchanges', permission: 'rotation.exchange.list' },
  { key: 'notices', text: 'order.tabs.notices', href: '/rotation/notices', permission: 'rotation.notice.list' },
  { key: 'orders', text: 'order.tabs.orders', href: '/rotation/orders', permission: 'rotation.order.list' },
  { key: 'papers', text: 'document.mine.title', href: '/my/papers', permission: 'rotation.papers.mine' },
  { key: 'service', text: 'order.tabs.service', href: '/rotation/service', permission: 'rotation.service.list' },
  { key: 'closing', text: 'order.tabs.closing', href: '/rotation/closing', permission: 'rotation.closing.view' },
  { key: 'tables', text: 'order.tabs.tables', href: '/rotation/tables', permission: 'rotation.foreignTable.list' },
  {
    key: 'delegations',
    text: 'board.tabs.delegations',
    href: '/rotation/delegations',
    permission: 'rotation.delegation.list',
  },
  { key: 'recusals', text: 'board.tabs.recusals', href: '/rotation/recusals', permission: 'rotation.recusal.list' },
]

/** The pages of 轮岗 a role may use. */
export function RotationTabs({ t, actor, current }: { t: Translate; actor: Actor; current: string }) {
  return (
    <Tabs
      label={t('order.tabs.label')}
      items={TABS.filter((tab) => mayUse(actor, tab.permission)).map((tab) => ({
        text: t(tab.text),
        href: tab.href,
        current: tab.key === current,
      }))}
    />
  )
}
