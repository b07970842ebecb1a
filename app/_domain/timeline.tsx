import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { RecordEntry } from '@/lib/register/queries/teacher-record.ts'
import { addDays, type LocalDate } from '@/lib/rules/values/dates.ts'

/** When a fact held: the last day is shown, not the day after; a month where only the month is known. */
export function entryTime(t: Translate, entry: RecordEntry): string {
  if (entry.kind === 'assessment') return String(entry.facts.year)
  const last = entry.until ? addDays(entry.until, -1) : null
  if (entry.from && last && entry.from === last) return entry.from
  if (entry.from && last) return t('register.record.fromTo', { from: entry.from, to: last })
  if (entry.from)
    return entry.kind === 'honour' ? entry.from.slice(0, 7) : t('register.record.since', { from: entry.from })
  return last ? t('register.record.until', { to: last }) : '—'
}

/** The fact in a sentence. */
export function entryText(t: Translate, entry: RecordEntry): string {
  const { facts } = entry
  const text = (name: string) => String(facts[name] ?? '—')
  switch (entry.kind) {
    case 'relation':
    case 'service':
      return t(`register.record.${entry.kind}`, {
        school: text('school'),
        has: facts.subject ? 'yes' : 'no',
        teaching: facts.subject
          ? t('register.record.teaching', {
              stage: label(t, 'stage', facts.stage as string),
              subject: label(t, 'subject', facts.subject as string),
            })
          : '',
      })
    case 'employment':
      return t('register.record.employment', {
        form: label(t, 'employmentForm', text('form')),
        category: label(t, 'category', text('category')),
        status: label(t, 'status', text('status')),
        has: facts.duty ? 'yes' : 'no',
        duty: text('duty'),
      })
    case 'titleHeld':
    case 'titleAppointed':
      return t(`register.record.${entry.kind}`, { title: label(t, 'title', text('title')) })
    case 'grade':
      return t('register.record.grade', { grade: text('grade') })
    case 'honour':
      return t(facts.revoked ? 'register.record.honourRevoked' : 'register.record.honour', {
        level: label(t, 'honourLevel', text('level')),
        kind: label(t, 'honourKind', text('kind')),
      })
    case 'certificate':
      return t('register.record.certificate', {
        kind: label(t, 'certificateKind', text('kind')),
        subject: text('subject'),
      })
    case 'assessment':
      return t('register.record.assessment', { result: label(t, 'assessment', text('result')) })
    case 'leave':
      return entry.masked ? t('register.record.leaveMasked') : label(t, 'leave', text('kind'))
    case 'discipline':
      return label(t, 'discipline', text('kind'))
    case 'posting':
      return t('register.record.posting', {
        form: label(t, 'rotationForm', text('form')),
        from: text('from'),
        to: text('to'),
        moves: facts.movesRelation ? 'yes' : 'no',
      })
  }
}

export const isPast = (entry: RecordEntry, on: LocalDate): boolean => entry.until !== null && entry.until <= on
const isFuture = (entry: RecordEntry, on: LocalDate): boolean => entry.from !== null && entry.from > on

/** A person's whole record, newest first; what no longer holds on the day is grey, where it came from is in the tooltip. */
export function Timeline({ t, entries, on }: { t: Translate; entries: RecordEntry[]; on: LocalDate }) {
  if (entries.length === 0) return <p className="muted">{t('register.record.none')}</p>
  return (
    <ol className="timeline">
      {entries.map((entry) => (
        <li
          key={entry.kind + entry.id}
          className={isPast(entry, on) || isFuture(entry, on) ? 'past' : undefined}
          title={t(`register.record.source.${entry.source}`)}
        >
          <span className="small muted">
            {entryTime(t, entry)} · {t(`register.record.kind.${entry.kind}`)}
          </span>
          <br />
          {entryText(t, entry)}
        </li>
      ))}
    </ol>
  )
}
