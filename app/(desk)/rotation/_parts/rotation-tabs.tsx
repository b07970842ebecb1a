import { Tabs } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { mayUse, type Permission } from '@/lib/rules/access/permissions.ts'

/** The pages under 轮岗 in the order of the year; each shows to the roles that may use it. */
const ROTATION_TABS = [
  { key: 'notices', href: '/rotation/notices', permission: 'rotation.notice.list' },
  { key: 'orders', href: '/rotation/orders', permission: 'rotation.order.list' },
  { key: 'service', href: '/rotation/service', permission: 'rotation.service.list' },
  { key: 'closing', href: '/rotation/closing', permission: 'rotation.closing.view' },
  { key: 'tables', href: '/rotation/tables', permission: 'rotation.foreignTable.list' },
] as const satisfies readonly { key: string; href: string; permission: Permission }[]

export type RotationTab = (typeof ROTATION_TABS)[number]['key']

export function RotationTabs({ t, actor, current }: { t: Translate; actor: Actor; current: RotationTab }) {
  return (
    <Tabs
      label={t('order.tabs.label')}
      items={ROTATION_TABS.filter(({ permission }) => mayUse(actor, permission)).map(({ key, href }) => ({
        text: t(`order.tabs.${key}`),
        href,
        current: key === current,
      }))}
    />
  )
}
