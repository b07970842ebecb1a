import { ActionForm, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { ButtonLink } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { RoundListRow } from '@/lib/rotation/queries/rounds.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { closeRoundAction, openRoundAction, reopenRoundAction } from '../../../actions.ts'

/** What this role may do next with a round in its state. */
export function RoundTools({
  t,
  actor,
  round,
  path,
}: {
  t: Translate
  actor: UserActor
  round: RoundListRow
  path: string
}) {
  const hidden = { roundId: round.id, version: round.version }
  return (
    <>
      {round.state === 'open' && mayUse(actor, 'rotation.case.create') && (
        <ButtonLink href={`${path}/add`} kind="primary">
          {t('board.add.open')}
        </ButtonLink>
      )}
      {round.state === 'open' && mayUse(actor, 'rotation.case.nominate') && (
        <ButtonLink href={`${path}/add`} kind="primary">
          {t('board.add.nominate')}
        </ButtonLink>
      )}
      {round.state === 'preparing' && mayUse(actor, 'rotation.round.open') && (
        <DialogButton
          label={t('board.round.open')}
          title={t('board.round.open')}
          kind="primary"
          close={t('platform.close')}
        >
          <p>{t('board.round.openEffect', { snapshot: round.snapshotDate })}</p>
          <ActionForm action={openRoundAction} hidden={hidden} closeDialog>
            <TextField
              name="applyUntil"
              type="date"
              label={t('board.rounds.applyUntil')}
              defaultValue={round.applyUntil ?? ''}
            />
            <SubmitButton>{t('board.round.openNow')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
      {round.state === 'open' && mayUse(actor, 'rotation.round.close') && (
        <DialogButton label={t('board.round.close')} title={t('board.round.close')} close={t('platform.close')}>
          <p>{t('board.round.closeEffect')}</p>
          <ActionForm action={closeRoundAction} hidden={hidden} closeDialog>
            <SubmitButton kind="danger">{t('board.round.closeNow')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
      {round.state === 'closed' && round.kind === 'regular' && mayUse(actor, 'rotation.round.reopen') && (
        <DialogButton label={t('board.round.reopen')} title={t('board.round.reopen')} close={t('platform.close')}>
          <ActionForm action={reopenRoundAction} hidden={hidden} closeDialog>
            <TextField name="reason" label={t('board.reason')} required maxLength={500} />
            <SubmitButton>{t('board.round.reopenAsk')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
    </>
  )
}
