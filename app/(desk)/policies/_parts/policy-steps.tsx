import { ActionForm, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { OpenRequest, PolicyDocument } from '@/lib/rotation/queries/policies.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { mayUse } from '@/lib/rules/access/permissions.ts'
import { answerPolicyAction, submitPolicyAction, takeBackPolicyAction } from '../actions.ts'

/** What can be done with this version now, by this person: submit, take back, agree or send back. */
export function PolicySteps({
  policy,
  request,
  actor,
  zone,
  t,
}: {
  policy: PolicyDocument
  request: OpenRequest | null
  actor: UserActor
  zone: string
  t: Translate
}) {
  const row = { policyId: policy.id, rowVersion: policy.rowVersion }
  if (policy.state === 'draft' && mayUse(actor, 'rotation.policy.submit'))
    return (
      <div className="actions no-print" style={{ marginTop: 12 }}>
        <DialogButton
          label={t('policy.submit.button')}
          title={t('policy.submit.title')}
          kind="primary"
          close={t('platform.close')}
        >
          <p className="noted">{policy.forRoundId ? t('policy.submit.aboutRound') : t('policy.submit.about')}</p>
          <ActionForm action={submitPolicyAction} hidden={row} closeDialog>
            <TextField
              name="documentNo"
              label={t('policy.column.document')}
              hint={t('policy.submit.documentHint')}
              required
              maxLength={60}
            />
            <TextArea name="reason" label={t('policy.submit.reason')} maxLength={500} />
            <SubmitButton>{t('policy.submit.button')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      </div>
    )
  if (policy.state !== 'submitted') return null
  const mayAnswer = request && request.askedByPerson !== actor.personId && actor.role === 'bureau_reviewer'
  const mayTakeBack =
    mayUse(actor, 'rotation.policy.takeBack') && (!request || request.askedByPerson === actor.personId)
  return (
    <div style={{ marginTop: 12 }}>
      <p className="noted">
        {request
          ? t('policy.waiting', {
              by: request.askedByName,
              at: formatMoment(request.askedAt, zone),
              until: formatMoment(request.expiresAt, zone),
            })
          : t('policy.notWaiting')}
      </p>
      <div className="actions no-print">
        {mayAnswer && (
          <>
            <DialogButton
              label={t('policy.activate.button')}
              title={t('policy.activate.title')}
              kind="primary"
              close={t('platform.close')}
            >
              <p className="noted">
                {policy.forRoundId
                  ? t('policy.activate.effectRound', { round: policy.roundName ?? '' })
                  : t('policy.activate.effect', { document: policy.documentNo ?? '', year: policy.year })}
              </p>
              <ActionForm
                action={answerPolicyAction}
                hidden={{ requestId: request.id, verdict: 'approved' }}
                closeDialog
              >
                <SubmitButton>{t('policy.activate.button')}</SubmitButton>
              </ActionForm>
            </DialogButton>
            <DialogButton
              label={t('policy.sendBack.button')}
              title={t('policy.sendBack.title')}
              close={t('platform.close')}
            >
              <ActionForm
                action={answerPolicyAction}
                hidden={{ requestId: request.id, verdict: 'refused' }}
                closeDialog
              >
                <TextArea name="reason" label={t('policy.sendBack.reason')} required maxLength={500} />
                <SubmitButton>{t('policy.sendBack.button')}</SubmitButton>
              </ActionForm>
            </DialogButton>
          </>
        )}
        {mayTakeBack && (
          <ActionForm action={takeBackPolicyAction} hidden={row} className="actions">
            <SubmitButton kind="plain">{t('policy.takeBack.button')}</SubmitButton>
          </ActionForm>
        )}
      </div>
    </div>
  )
}
