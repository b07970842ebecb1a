import { ActionForm, CheckField, SubmitButton } from '@/app/_ui/action-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CaseCard } from '@/lib/rotation/queries/case-card.ts'
import { acknowledgeAction } from '../../../actions.ts'

/** A letter, not a status code (ux.md §4): where, from when, how long, what stays the same, what counts, how to object. */
export function OwnCase({ t, card }: { t: Translate; card: CaseCard }) {
  const { row, snapshot } = card
  const mayAcknowledge =
    row.source === 'nominated' &&
    row.acknowledgedAt === null &&
    ['submitted', 'origin_approved', 'destination_approved'].includes(row.state)
  return (
    <Card title={t('board.own.title')}>
      <p>
        {t('board.own.where', {
          name: snapshot.name,
          to: snapshot.toSchool ?? t('board.case.noDestination'),
          from: snapshot.fromSchool,
          start: row.startsOn,
        })}
      </p>
      <p>{row.endsOn ? t('board.own.until', { end: row.endsOn }) : t('board.own.permanent')}</p>
      <p>{row.movesRelation ? t('board.own.relationMoves') : t('board.own.same')}</p>
      <p>{t('board.own.counts')}</p>
      <p>{t('board.own.object')}</p>
      {mayAcknowledge && (
        <ActionForm action={acknowledgeAction} hidden={{ caseId: row.id, version: row.version }}>
          <CheckField name="consents" label={t('board.own.consents')} />
          <SubmitButton>{t('board.own.acknowledge')}</SubmitButton>
        </ActionForm>
      )}
      {row.acknowledgedAt && <p className="said">{t('board.own.acknowledged')}</p>}
    </Card>
  )
}
