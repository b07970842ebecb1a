import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { type DistrictNature, PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import type { TeacherField } from '@/lib/rules/access/masks.ts'
import type { TeacherRow } from '../queries/teacher-rows.ts'
import { teacherText } from './teacher-text.ts'

interface SheetHead {
  district: { name: string; nature: DistrictNature; timeZone: string }
  /** Who exports, in which role. */
  by: { name: string; role: string }
  on: string
  at: string
  number: number
  purpose: string
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
    columns: fields.map((field) => ({ key: field, title: t(`teacher.field.${field}`) })),
    rows: rows.map((row) => Object.fromEntries(fields.map((field) => [field, teacherText(t, row, field)]))),
    marks: rows.map(({ id, version }) => ({ id, version })),
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
