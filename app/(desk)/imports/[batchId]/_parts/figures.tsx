import Link from 'next/link'
import { addressOf } from '@/app/_ui/address.ts'
import { formatCount } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { BatchRow, RowPart } from '@/lib/register/queries/imports.ts'

/** The numbers, each opening its rows: four first, then what may need a look. */
export function Figures({ batch, part, t }: { batch: BatchRow; part: RowPart; t: Translate }) {
  const counts = (batch.counts ?? {}) as Record<string, number>
  const shown: [RowPart, string, boolean][] = [
    ['new', 'new', true],
    ['changed', 'changed', true],
    ['unchanged', 'unchanged', true],
    ['refused', 'refused', true],
    ['conflict', 'conflicts', false],
    ['missing', 'missing', false],
    ['warning', 'warnings', false],
    ['mended', 'mended', false],
  ]
  return (
    <nav className="stats card" aria-label={t('import.page.result')}>
      {shown
        .filter(([, name, always]) => always || (counts[name] ?? 0) > 0)
        .map(([one, name]) => (
          <Link
            key={one}
            className="stat"
            aria-current={one === part ? 'page' : undefined}
            href={addressOf(`/imports/${batch.id}`, { part: one }) as never}
            style={one === part ? { borderBottom: '2px solid var(--accent)' } : undefined}
          >
            <span className="value">{formatCount(counts[name] ?? 0)}</span>
            <span className="label">{t(`import.part.${one}`)}</span>
          </Link>
        ))}
    </nav>
  )
}
