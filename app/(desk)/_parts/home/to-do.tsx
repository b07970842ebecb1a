import Link from 'next/link'
import { Card, EmptyState } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'

/** Where each kind of waiting work is done; kinds without an own page are in the inbox. */
const PLACES: Record<string, string> = {
  twoPerson: '/two-person',
  'register.correction': '/teachers/corrections',
  exemption: '/rotation/exemptions',
  rollChange: '/rotation/roll/changes',
  'exchange.answer': '/my/exchanges',
  'exchange.make': '/rotation/exchanges',
}

const sentenceKey = (kind: string) => `home.todo.kind.${kind.replaceAll('.', '_')}`

/** What waits for me, by kind; each line opens the work. */
export function ToDo({ t, waiting }: { t: Translate; waiting: { kind: string; count: number }[] }) {
  return (
    <Card title={t('home.todo.title')}>
      {waiting.length === 0 ? (
        <EmptyState title={t('home.todo.none')} text={t('home.todo.noneText')} />
      ) : (
        <ul className="lines">
          {waiting.map(({ kind, count }) => (
            <li key={kind}>
              <Link href={(PLACES[kind] ?? '/inbox') as never}>
                {t(t.has(sentenceKey(kind)) ? sentenceKey(kind) : 'home.todo.other', { count })}
              </Link>{' '}
              <span className="count">{count}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
