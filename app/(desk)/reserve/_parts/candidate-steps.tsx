import { ActionForm, SelectField, SubmitButton, TextArea, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CandidateDetail } from '@/lib/reserve/queries/candidate.ts'
import { candidateSteps, IN_POOL } from '@/lib/rules/reserve/pipeline.ts'
import type { ReserveSettings } from '@/lib/rules/reserve/settings.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { moveCandidateAction, reassessCandidateAction } from '../actions.ts'

/** What may happen next, as the pipeline says: the next step, a way out with its reason, a new pool age. */
export function CandidateSteps({
  t,
  person,
  settings,
  today,
}: {
  t: Translate
  person: CandidateDetail
  settings: ReserveSettings
  today: LocalDate
}) {
  const campus = person.channel === 'campus' && settings.campusSkipsWritten
  const steps = candidateSteps(person.state, campus).filter(({ to }) => to !== 'placed')
  const forward = steps.filter(({ kind }) => kind === 'forward')
  const exits = steps.filter(({ kind }) => kind === 'exit')
  const target = { candidateId: person.id, version: person.version }
  if (steps.length === 0) return null
  return (
    <Card title={t('reserve.step.title')}>
      <div className="actions">
        {forward.map((step) => (
          <DialogButton
            key={step.to}
            label={t('reserve.step.to', { state: t(`reserve.state.${step.to}`) })}
            title={t('reserve.step.to', { state: t(`reserve.state.${step.to}`) })}
            kind="primary"
            close={t('platform.close')}
          >
            <ActionForm action={moveCandidateAction} hidden={{ ...target, to: step.to }}>
              {step.to === 'pooled' && (
                <p className="noted">{t('reserve.step.poolNote', { months: settings.poolAgeMonths })}</p>
              )}
              <TextField name="on" type="date" label={t('reserve.step.on')} required defaultValue={today} />
              <TextArea name="reason" label={t('reserve.field.reason')} maxLength={300} rows={2} />
              <SubmitButton>{t('reserve.step.to', { state: t(`reserve.state.${step.to}`) })}</SubmitButton>
            </ActionForm>
          </DialogButton>
        ))}
        {IN_POOL.includes(person.state) && (
          <DialogButton
            label={t('reserve.step.reassess')}
            title={t('reserve.step.reassess')}
            close={t('platform.close')}
          >
            <ActionForm action={reassessCandidateAction} hidden={target}>
              <p className="noted">{t('reserve.step.reassessNote', { months: settings.poolAgeMonths })}</p>
              <TextField name="on" type="date" label={t('reserve.step.on')} required defaultValue={today} />
              <TextArea name="reason" label={t('reserve.field.reason')} required maxLength={300} rows={2} />
              <SubmitButton>{t('reserve.step.reassess')}</SubmitButton>
            </ActionForm>
          </DialogButton>
        )}
        {exits.length > 0 && (
          <DialogButton
            label={t('reserve.step.exit')}
            title={t('reserve.step.exit')}
            kind="danger"
            close={t('platform.close')}
          >
            <ActionForm action={moveCandidateAction} hidden={target}>
              <p className="noted">{t('reserve.step.exitNote')}</p>
              <SelectField
                name="to"
                label={t('reserve.step.exitState')}
                required
                options={exits.map(({ to }) => ({ value: to, text: t(`reserve.state.${to}`) }))}
              />
              <TextField name="on" type="date" label={t('reserve.step.on')} required defaultValue={today} />
              <TextArea name="reason" label={t('reserve.field.reason')} required maxLength={300} rows={2} />
              <SubmitButton kind="danger">{t('reserve.step.exit')}</SubmitButton>
            </ActionForm>
          </DialogButton>
        )}
      </div>
    </Card>
  )
}
