import Link from 'next/link'
import { State } from '@/app/_ui/screen.tsx'
import type { Column } from '@/app/_ui/table.tsx'
import type { Translate } from '@/lib/i18n/translate.ts'
import { teacherText } from '@/lib/register/documents/teacher-text.ts'
import { TEACHER_SORTS, type TeacherSort } from '@/lib/register/queries/teacher-query.ts'
import type { TeacherRow } from '@/lib/register/queries/teacher-rows.ts'
import type { TeacherField } from '@/lib/rules/access/masks.ts'

const NUMBERS: readonly TeacherField[] = ['tenure', 'periods', 'grade']
const NAMES: readonly TeacherField[] = ['school', 'workSchool', 'duty', 'backbone']
const ROLL_SHAPE: Record<string, 'good' | 'wait' | 'off'> = { eligible: 'good', deferred: 'wait', exempt: 'off' }

/** Columns of the chosen fields; a name opens the side panel. */
export function teacherColumns(
  t: Translate,
  fields: readonly TeacherField[],
  href: (row: TeacherRow) => string,
): Column<TeacherRow>[] {
  return fields.map((field) => ({
    key: field,
    head: t(`teacher.field.${field}`),
    kind: NUMBERS.includes(field) ? 'num' : NAMES.includes(field) ? 'clip' : 'nowrap',
    sort: TEACHER_SORTS.includes(field as TeacherSort) ? field : undefined,
    title: NAMES.includes(field) ? (row) => teacherText(t, row, field) : undefined,
    cell: (row) => {
      const text = teacherText(t, row, field)
      if (field === 'name')
        return (
          <Link href={href(row) as never} scroll={false}>
            {text}
          </Link>
        )
      if (field === 'roll' && row.roll) return <State kind={ROLL_SHAPE[row.roll] ?? 'off'}>{text}</State>
      if (field === 'status' && row.status && row.status !== 'on_post') return <State kind="wait">{text}</State>
      if (field === 'school' && row.away)
        return (
          <>
            {text} <span className="muted small">{t('teacher.teachesAt', { school: row.workSchool ?? '' })}</span>
          </>
        )
      return text
    },
  }))
}
