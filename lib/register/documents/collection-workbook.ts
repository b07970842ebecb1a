import { translator } from '@/lib/i18n/translate.ts'
import { type DistrictNature, PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import { valueText } from '../queries/cell-words.ts'
import type { CollectionColumn, OwnRow } from '../queries/collections.ts'

/**
 * A school's rows to be checked and brought back: no ID number leaves, the rows are known again by their marks, and a
 * cell changed in the system meanwhile will be a conflict.
 */
export function collectionWorkbook(
  task: { title: string; columns: readonly string[] },
  school: string,
  rows: readonly OwnRow[],
  { writtenAt, footer, nature }: { writtenAt: string; footer: string; nature: DistrictNature },
): Promise<Buffer> {
  const t = translator('zh-CN')
  const keys = ['school', 'name', ...task.columns] as ('school' | 'name' | CollectionColumn)[]
  const cell = (field: string, value: unknown) =>
    value === null || value === undefined
      ? null
      : typeof value === 'number'
        ? value
        : valueText(t, 'roster', field, value)
  return writeSheet({
    title: `${task.title}（${school}）`,
    sheetName: t('import.template.roster'),
    kind: 'roster',
    writtenAt,
    footer,
    watermark: PAPER_MARKS[nature],
    columns: keys.map((key) => ({ key, title: t(`import.field.${key}`) })),
    rows: rows.map(({ values }) => Object.fromEntries(keys.map((key) => [key, cell(key, values[key])]))),
    marks: rows.map(({ teacherId, version }) => ({ id: teacherId, version })),
  })
}
