import Link from 'next/link'
import { Card, EmptyState } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { WaitingWork } from '@/lib/registry/inbox.ts'

const sentenceKey = (kind: string) => `home.todo.kind.${kind.replaceAll('.', '_')}`

/** What waits for me, by kind; each line opens the work. */
export function ToDo({ t, waiting }: { t: Translate; waiting: WaitingWork[] }) {
  return (
    <Card title={t('home.todo.title')}>
      {waiting.length === 0 ? (
        <EmptyState title={t('home.todo.none')} text={t('home.todo.noneText')} />
      ) : (
        <ul className="lines">
          {waiting.map(({ kind, href, count }) => (
            <li key={kind}>
              <Link href={href as never}>{t(sentenceKey(kind), { count })}</Link> <span className="count">{count}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
