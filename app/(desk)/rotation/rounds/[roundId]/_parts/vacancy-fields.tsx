import { SelectField, TextField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { choices } from '@/lib/i18n/vocabulary.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import type { Vacancy } from './vacancy-bulk.tsx'

/** What is typed for a post: a new one names its school, stage and subject; one that is there keeps them. */
export function VacancyFields({
  t,
  schools,
  row,
}: {
  t: Translate
  schools: { value: string; text: string }[]
  row?: Vacancy
}) {
  return (
    <>
      {row ? null : (
        <>
          <SelectField name="schoolId" label={t('board.case.school')} required options={schools} />
          <div className="row">
            <SelectField
              name="stage"
              label={t('board.case.stage')}
              required
              options={choices(t, 'stage', ['P', 'J']).map(({ value, label }) => ({ value, text: label }))}
            />
            <SelectField
              name="subject"
              label={t('board.case.subject')}
              required
              options={choices(t, 'subject', Object.keys(SUBJECTS)).map(({ value, label }) => ({ value, text: label }))}
            />
          </div>
        </>
      )}
      <TextField
        name="places"
        type="number"
        label={t('board.vacancies.places')}
        required
        defaultValue={row?.places ?? 1}
      />
      <TextField name="note" label={t('board.vacancies.note')} defaultValue={row?.note ?? ''} maxLength={300} />
    </>
  )
}
