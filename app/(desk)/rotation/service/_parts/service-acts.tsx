import { ActionForm, SelectField, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { ServiceListRow } from '@/lib/rotation/queries/service.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { ASSESSMENT_RESULTS } from '@/lib/rules/register/vocabulary.ts'
import { askChangeServiceAction, assessServiceAction } from '../actions.ts'

/** What this person may do to a posting: the destination assesses, the bureau changes its end. */
export function ServiceActs({ t, actor, found }: { t: Translate; actor: UserActor; found: ServiceListRow }) {
  const { row, teacher } = found
  const atDestination = row.toSchoolId !== null && actor.schoolIds.includes(row.toSchoolId)
  const mayAssess = (actor.role === 'principal' || actor.role === 'school_hr') && atDestination
  return (
    <>
      {mayAssess && (
        <DialogButton
          label={t('posting.assess.open')}
          title={t('posting.assess.title', { teacher })}
          close={t('platform.close')}
        >
          <ActionForm action={assessServiceAction} hidden={{ caseId: row.id }} closeDialog>
            <TextField
              name="year"
              type="number"
              label={t('posting.assess.year')}
              required
              defaultValue={actor.today.slice(0, 4)}
            />
            <SelectField
              name="result"
              label={t('posting.assess.result')}
              required
              options={Object.keys(ASSESSMENT_RESULTS).map((value) => ({
                value,
                text: t(`posting.assess.results.${value}`),
              }))}
            />
            <TextArea name="comment" label={t('posting.assess.comment')} required maxLength={1000} />
            <div className="actions">
              <SubmitButton>{t('posting.assess.submit')}</SubmitButton>
            </div>
          </ActionForm>
        </DialogButton>
      )}
      {actor.role === 'bureau_hr' && row.state === 'serving' && row.endsOn !== null && (
        <DialogButton
          label={t('posting.change.open')}
          title={t('posting.change.title', { teacher })}
          close={t('platform.close')}
        >
          <ActionForm action={askChangeServiceAction} hidden={{ caseId: row.id }} closeDialog>
            <SelectField
              name="kind"
              label={t('posting.change.kind')}
              required
              options={(['extend', 'transfer', 'terminate'] as const).map((kind) => ({
                value: kind,
                text: t(`posting.${kind}.label`),
              }))}
            />
            <TextField
              name="on"
              type="date"
              label={t('posting.change.on')}
              hint={t('posting.change.onHint')}
              required
              defaultValue={row.endsOn}
            />
            <TextField name="documentNo" label={t('order.after.documentNo')} required maxLength={60} />
            <TextField name="reason" label={t('order.reason')} required maxLength={500} />
            <div className="actions">
              <SubmitButton>{t('posting.change.submit')}</SubmitButton>
            </div>
          </ActionForm>
        </DialogButton>
      )}
      {actor.role === 'bureau_hr' && (
        <a href={`/rotation/service/certificate/${row.teacherId}`}>{t('document.certificate')}</a>
      )}
    </>
  )
}
