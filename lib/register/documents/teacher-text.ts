import { formatMonths } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import type { TeacherField } from '@/lib/rules/access/masks.ts'
import type { TeacherRow } from '../queries/teacher-rows.ts'

const NONE = '—'

const secretText = (t: Translate, value: string | null | undefined): string =>
  value === 'registered' ? t('teacher.registered') : (value ?? NONE)

/** One field of a person in words, as it stands in the list, the panel and the exported workbook. */
export function teacherText(t: Translate, row: TeacherRow, field: TeacherField): string {
  switch (field) {
    case 'name':
      return row.name
    case 'school':
      return row.school ?? NONE
    case 'workSchool':
      return row.workSchool ?? NONE
    case 'stage':
      return label(t, 'stage', row.stage)
    case 'subject':
      return label(t, 'subject', row.subject)
    case 'staffNo':
      return row.staffNo ?? NONE
    case 'sex':
      return label(t, 'sex', row.sex)
    case 'title':
      return row.titleHeldOnly
        ? t('teacher.titleHeldOnly', { title: label(t, 'title', row.title) })
        : label(t, 'title', row.title ?? 'none')
    case 'grade':
      return row.grade ? t('teacher.gradeNo', { grade: row.grade }) : NONE
    case 'backbone':
      return row.honour
        ? t('teacher.honourName', {
            level: label(t, 'honourLevel', row.honour.level),
            kind: label(t, 'honourKind', row.honour.kind),
          })
        : NONE
    case 'form':
      return label(t, 'employmentForm', row.form)
    case 'category':
      return label(t, 'category', row.category)
    case 'postKind':
      return label(t, 'postKind', row.postKind)
    case 'status':
      return label(t, 'status', row.status)
    case 'duty':
      return row.duty ?? NONE
    case 'education':
      return label(t, 'education', row.education)
    case 'joinedWork':
      return row.joinedWork?.slice(0, 7) ?? NONE
    case 'tenure':
      return row.tenure === null || row.tenure === undefined ? NONE : formatMonths(row.tenure, t.locale)
    case 'periods':
      return row.periods === null || row.periods === undefined ? NONE : String(row.periods)
    case 'roll':
      return row.roll ? t(`teacher.roll.${row.roll}`) : NONE
    case 'birth':
      if (!row.birth) return NONE
      return row.birth.day ?? t('teacher.ageAndMonth', { age: row.birth.age, month: row.birth.month })
    case 'ethnic':
      return row.secrets?.ethnic ?? NONE
    case 'nativePlace':
      return row.secrets?.nativePlace ?? NONE
    case 'political':
      return row.secrets?.political ?? NONE
    case 'phone':
      return secretText(t, row.secrets?.phone)
    case 'idNumber':
      return secretText(t, row.secrets?.idNumber)
    case 'certificateNo':
      return secretText(t, row.secrets?.certificateNo)
  }
}
