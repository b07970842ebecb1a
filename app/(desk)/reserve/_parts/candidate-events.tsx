import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { HistoryEntry } from '@/lib/platform/field-history.ts'
import type { EventRow } from '@/lib/reserve/queries/candidate.ts'

const LISTS: Record<string, string> = {
  sex: 'vocabulary.sex',
  channel: 'reserve.channel',
  stage: 'vocabulary.stage',
  subject: 'vocabulary.subject',
  education: 'vocabulary.education',
  certificateKind: 'vocabulary.certificateKind',
  certificateSubject: 'vocabulary.subject',
}

/** The way through the pipeline, and the corrections of the facts. */
export function CandidateEvents({ t, events, history }: { t: Translate; events: EventRow[]; history: HistoryEntry[] }) {
  const shown = (field: string, value: unknown) => {
    if (value === null || value === undefined) return '—'
    const list = LISTS[field]
    return list ? t(`${list}.${String(value)}`) : String(value)
  }
  return (
    <Card title={t('reserve.candidate.events')}>
      <ul className="timeline">
        {events.map((event) => (
          <li key={event.id}>
            {event.onDay}{' '}
            {event.fromState === event.toState
              ? t('reserve.event.reassessed')
              : event.fromState
                ? t('reserve.event.step', {
                    from: t(`reserve.state.${event.fromState}`),
                    to: t(`reserve.state.${event.toState}`),
                  })
                : t(`reserve.state.${event.toState}`)}{' '}
            <span className="muted small">{[event.reason, event.byName].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
        {history.map((entry) => (
          <li key={entry.id} className="past">
            {entry.at.slice(0, 10)}{' '}
            {t('reserve.event.changed', {
              field: t(`reserve.field.${entry.field}`),
              old: shown(entry.field ?? '', entry.old),
              new: shown(entry.field ?? '', entry.new),
            })}{' '}
            <span className="muted small">{[entry.reason, entry.byName].filter(Boolean).join(' · ')}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
