import { Tabs } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { mayUse, type Permission } from '@/lib/rules/access/permissions.ts'

const TABS: readonly { key: string; path: string; permission: Permission }[] = [
  { key: 'cases', path: '', permission: 'rotation.case.list' },
  { key: 'schools', path: '/schools', permission: 'rotation.round.view' },
  { key: 'plan', path: '/plan', permission: 'rotation.scenario.list' },
  { key: 'vacancies', path: '/vacancies', permission: 'rotation.vacancy.list' },
  { key: 'flows', path: '/flows', permission: 'rotation.round.flows' },
  { key: 'late', path: '/late', permission: 'rotation.round.late' },
  { key: 'decide', path: '/decide', permission: 'rotation.round.quota' },
]

/** The parts of one round. */
export function RoundTabs({
  t,
  actor,
  roundId,
  current,
}: {
  t: Translate
  actor: Actor
  roundId: string
  current: string
}) {
  return (
    <Tabs
      label={t('board.round.parts')}
      items={TABS.filter((tab) => mayUse(actor, tab.permission)).map((tab) => ({
        text: t(`board.round.part.${tab.key}`),
        href: `/rotation/rounds/${roundId}${tab.path}`,
        current: tab.key === current,
      }))}
    />
  )
}
