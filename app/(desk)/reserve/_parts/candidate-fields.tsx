import { SelectField, TextField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { CERTIFICATE_KINDS, EDUCATION_LEVELS, SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { RESERVE_CHANNELS } from '@/lib/rules/reserve/pipeline.ts'

interface Candidate {
  name: string
  sex: string
  year: number
  channel: string
  stage: string
  subject: string
  education: string | null
  graduatedFrom: string | null
  major: string | null
  certificateKind: string | null
  certificateSubject: string | null
}

/** Facts of a candidate that a new and a corrected one share. */
export function CandidateFields({ t, year, person }: { t: Translate; year: number; person?: Candidate }) {
  const words = (codes: string[], prefix: string) => codes.map((value) => ({ value, text: t(`${prefix}.${value}`) }))
  const subjects = words(Object.keys(SUBJECTS), 'vocabulary.subject')
  return (
    <>
      <div className="row">
        <TextField name="name" label={t('reserve.field.name')} required maxLength={40} defaultValue={person?.name} />
        <SelectField
          name="sex"
          label={t('reserve.field.sex')}
          required
          defaultValue={person?.sex ?? 'F'}
          options={words(['F', 'M'], 'vocabulary.sex')}
        />
        <TextField
          name="year"
          type="number"
          label={t('reserve.field.year')}
          required
          defaultValue={person?.year ?? year}
        />
      </div>
      <div className="row">
        <SelectField
          name="channel"
          label={t('reserve.field.channel')}
          required
          defaultValue={person?.channel ?? 'campus'}
          options={words(Object.keys(RESERVE_CHANNELS), 'reserve.channel')}
        />
        <SelectField
          name="stage"
          label={t('reserve.field.stage')}
          required
          defaultValue={person?.stage ?? 'P'}
          options={words(['P', 'J'], 'vocabulary.stage')}
        />
        <SelectField
          name="subject"
          label={t('reserve.field.subject')}
          required
          defaultValue={person?.subject ?? 'CHN'}
          options={subjects}
        />
      </div>
      <div className="row">
        <SelectField
          name="education"
          label={t('reserve.field.education')}
          blank="—"
          defaultValue={person?.education ?? ''}
          options={words(Object.keys(EDUCATION_LEVELS), 'vocabulary.education')}
        />
        <TextField
          name="graduatedFrom"
          label={t('reserve.field.graduatedFrom')}
          maxLength={60}
          defaultValue={person?.graduatedFrom ?? ''}
        />
        <TextField name="major" label={t('reserve.field.major')} maxLength={60} defaultValue={person?.major ?? ''} />
      </div>
      <div className="row">
        <SelectField
          name="certificateKind"
          label={t('reserve.field.certificateKind')}
          blank={t('reserve.noCertificate')}
          defaultValue={person?.certificateKind ?? ''}
          options={words(Object.keys(CERTIFICATE_KINDS), 'vocabulary.certificateKind')}
        />
        <SelectField
          name="certificateSubject"
          label={t('reserve.field.certificateSubject')}
          blank="—"
          defaultValue={person?.certificateSubject ?? ''}
          options={subjects}
        />
      </div>
    </>
  )
}
