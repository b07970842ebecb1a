import type { Tx } from '@/db/scope.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { type DistrictNature, PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import { type CaseQuery, listCases } from '../queries/cases.ts'

export const CASE_COLUMNS = [
  'number',
  'person',
  'staffNo',
  'subject',
  'from',
  'to',
  'form',
  'backbone',
  'source',
  'state',
  'starts',
  'ends',
  'due',
] as const

export interface CaseSheetHead {
  round: string
  district: { name: string; nature: DistrictNature; timeZone: string }
  by: { name: string; role: string }
  at: string
  number: number
  purpose: string
}

/** Cases of a round as the filter shows them, marked with their versions; null when it shows none. */
export async function caseSheet(tx: Tx, t: Translate, query: Omit<CaseQuery, 'size' | 'skip'>, head: CaseSheetHead) {
  const { rows } = await listCases(tx, { ...query, size: 20_000, skip: 0 })
  if (rows.length === 0) return null
  const { district, by, at, number, purpose } = head
  const file = await writeSheet({
    title: t('board.export.title', { district: district.name, round: head.round }),
    sheetName: t('board.round.part.cases'),
    columns: CASE_COLUMNS.map((key) => ({ key, title: t(`board.export.column.${key}`) })),
    rows: rows.map((row) => ({
      number: row.number,
      person: row.name || t('board.case.hidden'),
      staffNo: row.staffNo,
      subject: row.subject ? t(`vocabulary.subject.${row.subject}`) : null,
      from: row.fromSchool,
      to: row.toSchool,
      form: t(`vocabulary.rotationForm.${row.form}`),
      backbone: row.isBackbone ? t('board.yes') : null,
      source: t(`board.source.${row.source}`),
      state: t(`board.state.${row.state}`),
      starts: row.startsOn,
      ends: row.endsOn,
      due: row.dueOn,
    })),
    marks: rows.map(({ id, version }) => ({ id, version })),
    footer: t('board.export.footer', {
      name: by.name,
      role: t(`platform.role.${by.role}`),
      at: formatMoment(at, district.timeZone),
      number: String(number),
      purpose,
    }),
    watermark: PAPER_MARKS[district.nature],
    writtenAt: at,
    kind: 'cases',
  })
  return { file, rowCount: rows.length, teacherIds: rows.map(({ teacherId }) => teacherId) }
}
