import type { Tx } from '@/db/scope.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { type DistrictNature, PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { readSchools } from '../imports/plan/read-schools.ts'
import { cellsOfStored } from '../imports/plan/school-cells.ts'
import { SCHOOL_FIELDS, type SchoolField } from '../imports/school-columns.ts'
import { valueText } from '../queries/cell-words.ts'

const COLUMNS = SCHOOL_FIELDS.filter(({ field }) => field !== 'seq')
export const SCHOOL_SHEET_COLUMNS = COLUMNS.map(({ field }) => field)

interface Head {
  district: { name: string; nature: DistrictNature; timeZone: string }
  by: { name: string; role: string }
  at: string
  number: number
  purpose: string
}

/** 学校基本情况一览表 as the register has it on a day: every column the import reads, so that it can come back. */
export async function schoolSheet(tx: Tx, t: Translate, on: LocalDate, head: Head) {
  const stored = (await readSchools(tx, on)).list.filter(
    ({ school }) => school.closedOn === null || school.closedOn > on,
  )
  const cell = (field: SchoolField, value: unknown): string | number | null => {
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return null
    return typeof value === 'number' ? value : valueText(t, 'schools', field, value)
  }
  const rows = stored.map((one) => {
    const cells = cellsOfStored(one, null)
    return Object.fromEntries(COLUMNS.map(({ field }) => [field, cell(field, cells[field])]))
  })
  const { district, by, at, number, purpose } = head
  const file = await writeSheet({
    title: t('school.export.title', { district: district.name, on }),
    sheetName: t('import.template.schools'),
    // The first of the words a bureau uses for a column; in English the word of the page
    columns: COLUMNS.map(({ field, titles }) => ({
      key: field,
      title: t.locale === 'zh-CN' ? titles[0]! : t(`import.field.${field}`),
      field,
    })),
    rows,
    marks: stored.map(({ school }) => ({ id: school.id, version: school.version })),
    footer: t('school.export.footer', {
      name: by.name,
      role: t(`platform.role.${by.role}`),
      at: formatMoment(at, district.timeZone),
      number: String(number),
      purpose,
    }),
    watermark: PAPER_MARKS[district.nature],
    writtenAt: at,
    kind: 'schools',
  })
  return { file, rowCount: rows.length }
}
