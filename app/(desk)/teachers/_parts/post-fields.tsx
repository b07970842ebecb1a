import { SelectField } from '@/app/_ui/action-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import {
  CATEGORIES,
  type Category,
  EMPLOYMENT_FORMS,
  type EmploymentForm,
  POST_KINDS,
  type PostKind,
  STAGES,
  type Stage,
  SUBJECTS,
  type Subject,
} from '@/lib/rules/register/vocabulary.ts'
import { optionsOf } from './choices.ts'

/** What somebody teaches, as it is now; a post of its own kind may have neither. */
export function StageAndSubject({
  t,
  now = {},
}: {
  t: Translate
  now?: { stage?: Stage | null; subject?: Subject | null }
}) {
  return (
    <>
      <SelectField
        name="stage"
        label={t('teacher.field.stage')}
        blank="—"
        defaultValue={now.stage ?? ''}
        options={optionsOf(t, 'stage', STAGES)}
      />
      <SelectField
        name="subject"
        label={t('teacher.field.subject')}
        blank="—"
        defaultValue={now.subject ?? ''}
        options={optionsOf(t, 'subject', SUBJECTS)}
      />
    </>
  )
}

interface Employed {
  form?: EmploymentForm | null
  category?: Category | null
  postKind?: PostKind | null
}

/** How somebody is employed, as it is now. */
export function EmploymentFields({ t, now = {} }: { t: Translate; now?: Employed }) {
  return (
    <div className="row">
      <SelectField
        name="form"
        label={t('teacher.field.form')}
        required
        defaultValue={now.form ?? undefined}
        options={optionsOf(t, 'employmentForm', EMPLOYMENT_FORMS)}
      />
      <SelectField
        name="category"
        label={t('teacher.field.category')}
        required
        defaultValue={now.category ?? undefined}
        options={optionsOf(t, 'category', CATEGORIES)}
      />
      <SelectField
        name="postKind"
        label={t('teacher.field.postKind')}
        blank="—"
        defaultValue={now.postKind ?? ''}
        options={optionsOf(t, 'postKind', POST_KINDS)}
      />
    </div>
  )
}
