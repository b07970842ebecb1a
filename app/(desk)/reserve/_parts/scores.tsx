import { ActionForm, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { DialogButton } from '@/app/_ui/dialog.tsx'
import { Card, Facts } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CandidateDetail, ScoresView } from '@/lib/reserve/queries/candidate.ts'
import { saveScoresAction } from '../actions.ts'

const points = (value: number | null | undefined) =>
  value === null || value === undefined ? null : (value / 100).toFixed(2)

/** Results of the examination (f4): HR and the reviewer only; of medical and background the verdict alone. */
export function Scores({
  t,
  person,
  scores,
  mayEdit,
}: {
  t: Translate
  person: CandidateDetail
  scores: ScoresView | null
  mayEdit: boolean
}) {
  const verdict = (value: 'passed' | 'failed' | null | undefined) => (value ? t(`reserve.verdict.${value}`) : null)
  const verdicts = (['passed', 'failed'] as const).map((value) => ({ value, text: t(`reserve.verdict.${value}`) }))
  return (
    <Card title={t('reserve.scores.title')}>
      <Facts
        items={[
          { label: t('reserve.scores.written'), value: points(scores?.written) },
          { label: t('reserve.scores.interview'), value: points(scores?.interview) },
          { label: t('reserve.scores.medical'), value: verdict(scores?.medicalPassed) },
          { label: t('reserve.scores.background'), value: verdict(scores?.backgroundPassed) },
        ]}
      />
      <p className="small muted" style={{ margin: '8px 0' }}>
        {t('reserve.scores.note')}
      </p>
      {mayEdit && (
        <DialogButton label={t('reserve.scores.edit')} title={t('reserve.scores.edit')} close={t('platform.close')}>
          <ActionForm action={saveScoresAction} hidden={{ candidateId: person.id, version: person.version }}>
            <div className="row">
              <TextField
                name="written"
                label={t('reserve.scores.written')}
                defaultValue={points(scores?.written) ?? ''}
                maxLength={6}
              />
              <TextField
                name="interview"
                label={t('reserve.scores.interview')}
                defaultValue={points(scores?.interview) ?? ''}
                maxLength={6}
              />
            </div>
            <div className="row">
              <SelectField
                name="medicalPassed"
                label={t('reserve.scores.medical')}
                blank="—"
                defaultValue={scores?.medicalPassed ?? ''}
                options={verdicts}
              />
              <SelectField
                name="backgroundPassed"
                label={t('reserve.scores.background')}
                blank="—"
                defaultValue={scores?.backgroundPassed ?? ''}
                options={verdicts}
              />
            </div>
            <SubmitButton>{t('reserve.scores.save')}</SubmitButton>
          </ActionForm>
        </DialogButton>
      )}
    </Card>
  )
}
