import { ActionForm, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { DownloadForm } from '@/app/_ui/download-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { ExemptionRow } from '@/lib/rotation/queries/exemptions.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { mayDecideExemption } from '@/lib/rules/rotation/exemption-rules.ts'
import { checkExemptionAction, decideExemptionAction, endExemptionAction, withdrawExemptionAction } from '../actions.ts'

/** What this person can do with one request now; the separation of duties decides with whom the next step lies. */
export function ExemptionSteps({ row, actor, t }: { row: ExemptionRow; actor: UserActor; t: Translate }) {
  const hidden = { exemptionId: row.id, version: row.version }
  const mine = row.askedByPerson === actor.personId
  const close = t('platform.close')
  return (
    <span className="actions no-print">
      {row.evidenceFileId &&
        mayUse(actor, 'rotation.exemption.evidence') &&
        (actor.role === 'teacher' || actor.flags.includes('evidence')) && (
          <DialogButton
            label={t('roll.exemption.readEvidence')}
            title={t('roll.exemption.evidenceTitle', { name: row.name })}
            close={close}
          >
            <DownloadForm action="/rotation/exemptions/evidence" failed={t('teacher.export.failed')}>
              <input type="hidden" name="exemptionId" value={row.id} />
              {actor.role !== 'teacher' && (
                <label className="field">
                  {t('roll.exemption.readReason')}
                  <input name="reason" required minLength={2} maxLength={200} autoComplete="off" />
                </label>
              )}
              <p className="small muted">{t('roll.exemption.readAbout')}</p>
              <button type="submit" className="button primary">
                {t('roll.exemption.readEvidence')}
              </button>
            </DownloadForm>
          </DialogButton>
        )}
      {row.state === 'asked' && mayUse(actor, 'rotation.exemption.check') && !mine && (
        <ActionForm action={checkExemptionAction} hidden={hidden} className="actions">
          <SubmitButton>{t('roll.exemption.checkButton')}</SubmitButton>
        </ActionForm>
      )}
      {row.state === 'checked' &&
        mayUse(actor, 'rotation.exemption.decide') &&
        mayDecideExemption(actor.role, row.rule) &&
        !mine &&
        row.checkedByPerson !== actor.personId && (
          <>
            <DialogButton
              label={t('roll.exemption.grant')}
              title={t('roll.exemption.grantTitle', { name: row.name })}
              kind="primary"
              close={close}
            >
              <ActionForm action={decideExemptionAction} hidden={{ ...hidden, verdict: 'granted' }} closeDialog>
                <TextField
                  name="minutesNo"
                  label={t('roll.exemption.minutes')}
                  hint={t('roll.exemption.minutesHint')}
                  required
                  maxLength={60}
                />
                <SubmitButton>{t('roll.exemption.grant')}</SubmitButton>
              </ActionForm>
            </DialogButton>
            <DialogButton
              label={t('roll.exemption.refuse')}
              title={t('roll.exemption.refuseTitle', { name: row.name })}
              close={close}
            >
              <ActionForm action={decideExemptionAction} hidden={{ ...hidden, verdict: 'refused' }} closeDialog>
                <TextArea name="reason" label={t('roll.exemption.refuseReason')} required maxLength={500} />
                <SubmitButton>{t('roll.exemption.refuse')}</SubmitButton>
              </ActionForm>
            </DialogButton>
          </>
        )}
      {(row.state === 'asked' || row.state === 'checked') && mine && (
        <ActionForm action={withdrawExemptionAction} hidden={hidden} className="actions">
          <SubmitButton kind="plain">{t('roll.exemption.withdraw')}</SubmitButton>
        </ActionForm>
      )}
      {row.state === 'granted' && mayUse(actor, 'rotation.exemption.end') && (
        <DialogButton
          label={t('roll.exemption.endButton')}
          title={t('roll.exemption.endTitle', { name: row.name })}
          close={close}
        >
          <ActionForm action={endExemptionAction} hidden={hidden} closeDialog>
            <TextField
              name="lastDay"
              type="date"
              label={t('roll.exemption.lastDay')}
              required
              defaultValue={actor.today}
            />
            <TextArea name="reason" label={t('roll.exemption.endReason')} required maxLength={500} />
            <SubmitButton>{t('roll.exemption.endButton')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
    </span>
  )
}
