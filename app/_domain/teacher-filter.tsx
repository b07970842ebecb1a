import { QueryForm, QuerySelect, QueryText } from '@/app/_ui/query-form.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label, type WordList } from '@/lib/i18n/vocabulary.ts'
import { ROLL_STATES, type TeacherQuery } from '@/lib/register/queries/teacher-query.ts'
import { fieldView, type TeacherField } from '@/lib/rules/access/masks.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import {
  CATEGORIES,
  EDUCATION_LEVELS,
  EMPLOYMENT_FORMS,
  SEXES,
  STAGES,
  STATUSES,
  SUBJECTS,
  TITLES,
} from '@/lib/rules/register/vocabulary.ts'

const LISTS: Record<string, { list: WordList; codes: object; field: TeacherField }> = {
  stage: { list: 'stage', codes: STAGES, field: 'stage' },
  subject: { list: 'subject', codes: SUBJECTS, field: 'subject' },
  title: { list: 'title', codes: TITLES, field: 'title' },
  category: { list: 'category', codes: CATEGORIES, field: 'category' },
  form: { list: 'employmentForm', codes: EMPLOYMENT_FORMS, field: 'form' },
  status: { list: 'status', codes: STATUSES, field: 'status' },
  sex: { list: 'sex', codes: SEXES, field: 'sex' },
  education: { list: 'education', codes: EDUCATION_LEVELS, field: 'education' },
}
const MORE = ['category', 'form', 'status', 'sex', 'education'] as const

/** The query form of the teacher list; fields a role does not read it cannot ask for either. */
export function TeacherFilterForm({
  t,
  role,
  query,
  schools,
  hasRoll,
  path = '/teachers',
  keep,
}: {
  t: Translate
  role: Role
  query: TeacherQuery
  schools: { id: string; name: string }[]
  hasRoll: boolean
  /** Page that is asked, and what its address keeps beside the conditions. */
  path?: string
  keep?: Record<string, string | undefined>
}) {
  const all = t('teacher.filter.all')
  const reads = (field: TeacherField) => fieldView(role, field) !== null
  const menu = (name: keyof typeof LISTS & keyof TeacherQuery) => {
    const { list, codes, field } = LISTS[name]!
    if (!reads(field)) return null
    return (
      <QuerySelect
        name={name}
        label={t(`teacher.field.${field}`)}
        value={query[name] as string | undefined}
        all={all}
        options={Object.keys(codes).map((code) => ({ value: code, text: label(t, list, code) }))}
      />
    )
  }
  const yesNo = (['yes', 'no'] as const).map((value) => ({ value, text: t(`teacher.filter.${value}`) }))
  const moreOpen =
    [...MORE, 'yearsFrom', 'yearsTo', 'posted'].some((name) => query[name as keyof TeacherQuery]) ||
    query.basis === 'workplace'
  return (
    <QueryForm
      t={t}
      path={path}
      keep={{
        ...keep,
        sort: query.sort === 'school' ? undefined : query.sort,
        down: query.down ? 'true' : undefined,
        size: query.size === 50 ? undefined : query.size,
        asOf: query.asOf,
      }}
      moreOpen={moreOpen}
      more={
        <>
          {reads('tenure') && (
            <>
              <QueryText name="yearsFrom" label={t('teacher.filter.yearsFrom')} value={query.yearsFrom?.toString()} />
              <QueryText name="yearsTo" label={t('teacher.filter.yearsTo')} value={query.yearsTo?.toString()} />
            </>
          )}
          {MORE.map((name) => (
            <span key={name} style={{ display: 'contents' }}>
              {menu(name)}
            </span>
          ))}
          <QuerySelect
            name="basis"
            label={t('teacher.filter.basis')}
            value={query.basis}
            options={(['relation', 'workplace'] as const).map((value) => ({
              value,
              text: t(`teacher.filter.${value}`),
            }))}
          />
          <QuerySelect
            name="posted"
            label={t('teacher.filter.posted')}
            value={query.posted}
            all={all}
            options={[
              { value: 'out', text: t('teacher.filter.postedOut') },
              ...(role === 'principal' || role === 'school_hr'
                ? [{ value: 'in', text: t('teacher.filter.postedIn') }]
                : []),
            ]}
          />
        </>
      }
    >
      <div className="wide">
        <QueryText
          name="who"
          label={t('teacher.filter.who')}
          value={query.who}
          placeholder={t(role === 'bureau_hr' ? 'teacher.filter.whoHr' : 'teacher.filter.whoHint')}
        />
      </div>
      {schools.length > 1 && (
        <QuerySelect
          name="school"
          label={t('teacher.field.school')}
          value={query.school}
          all={all}
          options={schools.map((school) => ({ value: school.id, text: school.name }))}
        />
      )}
      {menu('stage')}
      {menu('subject')}
      {menu('title')}
      {reads('backbone') && (
        <QuerySelect
          name="backbone"
          label={t('teacher.filter.backbone')}
          value={query.backbone}
          all={all}
          options={yesNo}
        />
      )}
      {hasRoll && reads('roll') && (
        <QuerySelect
          name="roll"
          label={t('teacher.field.roll')}
          value={query.roll}
          all={all}
          options={ROLL_STATES.map((value) => ({ value, text: t(`teacher.roll.${value}`) }))}
        />
      )}
    </QueryForm>
  )
}
