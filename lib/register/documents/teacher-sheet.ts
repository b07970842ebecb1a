import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { label } from '@/lib/i18n/vocabulary.ts'
import { type DistrictNature, PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import type { TeacherField } from '@/lib/rules/access/masks.ts'
import type { RosterField } from '../imports/roster-columns.ts'
import type { TeacherRow } from '../queries/teacher-rows.ts'
import { teacherText } from './teacher-text.ts'

interface SheetHead {
  district: { name: string; nature: DistrictNature; timeZone: string }
  /** Who exports, in which role. */
  by: { name: string; role: string }
  on: string
  /** As of today: only such a list may come back, an older day is history. */
  isPresent: boolean
  at: string
  number: number
  purpose: string
}

/** What the import reads a column of the list as; the others are masked or worked out, and are not read back. */
const READ_AS: Partial<Record<TeacherField, RosterField>> = {
  name: 'name',
  school: 'school',
  workSchool: 'workSchool',
  stage: 'stage',
  subject: 'subject',
  staffNo: 'staffNo',
  sex: 'sex',
  title: 'title',
  grade: 'postGrade',
  form: 'form',
  category: 'category',
  postKind: 'postKind',
  status: 'status',
  duty: 'duty',
  education: 'highestEducation',
  joinedWork: 'joinedWork',
  periods: 'periods',
  ethnic: 'ethnic',
  nativePlace: 'nativePlace',
  political: 'political',
}

/** A cell as it can come back: nothing where there is nothing, a title as the register names it, a grade as a number. */
function cellOf(t: Translate, row: TeacherRow, field: TeacherField): string | number | null {
  if (field === 'grade') return row.grade ?? null
  if (field === 'title' && row.titleHeldOnly) return label(t, 'title', row.title)
  if (field === 'periods') return row.periods ?? null
  const text = teacherText(t, row, field)
  return text === '—' ? null : text
}

/** The list as a workbook: masked as on the page, each row with its version, and who took it when for what. */
export function teacherSheet(
  t: Translate,
  rows: readonly TeacherRow[],
  fields: readonly TeacherField[],
  head: SheetHead,
): Promise<Buffer> {
  return writeSheet({
    title: t('teacher.sheet.title', { district: head.district.name, on: head.on }),
    sheetName: t('teacher.sheet.name'),
    columns: fields.map((field) => ({ key: field, title: t(`teacher.field.${field}`), field: READ_AS[field] ?? null })),
    rows: rows.map((row) => Object.fromEntries(fields.map((field) => [field, cellOf(t, row, field)]))),
    ...(head.isPresent ? { marks: rows.map(({ id, version }) => ({ id, version })) } : {}),
    footer: t('teacher.sheet.footer', {
      name: head.by.name,
      role: t(`platform.role.${head.by.role}`),
      at: formatMoment(head.at, head.district.timeZone),
      number: String(head.number),
      purpose: head.purpose,
    }),
    watermark: PAPER_MARKS[head.district.nature],
    writtenAt: head.at,
    kind: 'teachers',
  })
}
