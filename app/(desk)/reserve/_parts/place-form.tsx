import { signed } from '@/app/_domain/charts/need-heatmap.tsx'
import { ActionForm, CheckField, SelectField, SubmitButton, TextField } from '@/app/_ui/action-form.tsx'
import { Card } from '@/app/_ui/screen.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import type { CandidateDetail } from '@/lib/reserve/queries/candidate.ts'
import type { PlacementSchool } from '@/lib/reserve/queries/placement-schools.ts'
import { type LocalDate, monthNumberOf, yearOf } from '@/lib/rules/values/dates.ts'
import { placeCandidateAction } from '../actions.ts'

/** 派岗: to the schools that are shortest in the subject first, with what each is short of and has vacant (R-POOL-3). */
export function PlaceForm({
  t,
  person,
  schools,
  today,
}: {
  t: Translate
  person: CandidateDetail
  schools: PlacementSchool[]
  today: LocalDate
}) {
  const start = `${monthNumberOf(today) >= 9 ? yearOf(today) + 1 : yearOf(today)}-09-01`
  return (
    <Card title={t('reserve.place.title')} id="place">
      <ActionForm action={placeCandidateAction} hidden={{ candidateId: person.id, version: person.version }}>
        <SelectField
          name="schoolId"
          label={t('reserve.place.school')}
          hint={t('reserve.place.schoolHint')}
          required
          options={schools.map((school) => ({
            value: school.id,
            text: t('reserve.place.schoolOption', {
              school: school.name,
              gap: school.gap === null ? '—' : signed(school.gap),
              vacancies: school.vacancies === null ? '—' : String(school.vacancies),
              placed: school.placed,
            }),
          }))}
        />
        <div className="row">
          <TextField name="from" type="date" label={t('reserve.place.from')} required defaultValue={start} />
          <SelectField
            name="basis"
            label={t('reserve.place.basis')}
            hint={t('reserve.place.basisHint')}
            required
            defaultValue="labour"
            options={(['labour', 'establishment'] as const).map((value) => ({
              value,
              text: t(`reserve.basis.${value}`),
            }))}
          />
        </div>
        {person.certificateSubject !== person.subject && (
          <CheckField
            name="subjectConfirmed"
            label={t('reserve.place.confirmSubject', { subject: t(`vocabulary.subject.${person.subject}`) })}
          />
        )}
        <TextField name="reason" label={t('reserve.field.reason')} maxLength={300} />
        <div>
          <SubmitButton>{t('reserve.place.submit')}</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  )
}
