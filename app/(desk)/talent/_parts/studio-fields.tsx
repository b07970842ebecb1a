import { SelectField, TextField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import { STUDIO_KINDS, STUDIO_LEVELS } from '@/lib/rules/talent/studio.ts'

/** Fields that a new studio and a corrected one share. */
export function StudioFields({
  t,
  studio,
}: {
  t: Translate
  studio?: { name: string; level: string; kind: string; subject: string | null }
}) {
  return (
    <>
      <TextField name="name" label={t('talent.studio.name')} required maxLength={60} defaultValue={studio?.name} />
      <div className="row">
        <SelectField
          name="level"
          label={t('talent.studio.level')}
          required
          defaultValue={studio?.level ?? 'county'}
          options={STUDIO_LEVELS.map((value) => ({ value, text: t(`talent.level.${value}`) }))}
        />
        <SelectField
          name="kind"
          label={t('talent.studio.kind')}
          required
          defaultValue={studio?.kind ?? 'subject'}
          options={Object.keys(STUDIO_KINDS).map((value) => ({ value, text: t(`talent.kind.${value}`) }))}
        />
        <SelectField
          name="subject"
          label={t('talent.studio.subject')}
          hint={t('talent.studio.subjectHint')}
          blank={t('talent.studio.noSubject')}
          defaultValue={studio?.subject ?? ''}
          options={Object.keys(SUBJECTS).map((value) => ({ value, text: t(`vocabulary.subject.${value}`) }))}
        />
      </div>
    </>
  )
}
