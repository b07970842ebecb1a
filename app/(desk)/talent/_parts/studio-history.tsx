import { Card } from '@/app/_ui/screen.tsx'
import { formatMoment, formatPeriod } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { HistoryEntry } from '@/lib/platform/field-history.ts'
import type { Period } from '@/lib/rules/values/dates.ts'

/** Who changed what on a studio and when, with the value before. */
export function StudioHistory({
  t,
  history,
  timeZone,
  names,
}: {
  t: Translate
  history: HistoryEntry[]
  timeZone: string
  /** Persons by membership id. */
  names: Map<string, string>
}) {
  return (
    <Card title={t('talent.history.title')}>
      {history.length === 0 && <p className="muted">{t('talent.history.none')}</p>}
      <ul className="timeline">
        {history.map((entry) => (
          <li key={entry.id}>
            <span className="muted">
              {formatMoment(entry.at, timeZone)} {entry.byName}
            </span>{' '}
            {sentence(t, entry)}
            {entry.reason && <span className="muted"> {t('talent.history.because', { reason: entry.reason })}</span>}
          </li>
        ))}
      </ul>
    </Card>
  )

  function sentence(translate: Translate, entry: HistoryEntry): string {
    const made = entry.new as { personName?: string; person_name?: string } | null
    const who = made?.personName ?? made?.person_name
    if (entry.operation === 'insert')
      return who ? translate('talent.history.joined', { who }) : translate('talent.history.created')
    const values = {
      field: translate(`talent.field.${entry.field}`),
      old: shown(translate, entry.field, entry.old),
      new: shown(translate, entry.field, entry.new),
    }
    if (!entry.entity.startsWith('studio_membership')) return translate('talent.history.changed', values)
    return translate('talent.history.memberChanged', { ...values, who: names.get(entry.entityId) ?? '' })
  }
}

function shown(t: Translate, field: string | null, value: unknown): string {
  if (value === null || value === undefined) return '—'
  if (field === 'level' || field === 'kind') return t(`talent.${field}.${String(value)}`)
  if (field === 'role') return t(`talent.role.${String(value)}`)
  if (field === 'subject') return t(`vocabulary.subject.${String(value)}`)
  if (field === 'during') return formatPeriod(value as Period, t.locale)
  return String(value)
}
