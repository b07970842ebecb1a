import type { Tx } from '@/db/scope.ts'
import { formatMoment } from '@/lib/i18n/format.ts'
import type { Translate } from '@/lib/i18n/translate.ts'
import { now } from '@/lib/platform/clock.ts'
import { districtHead, logExport, nextExportNumber } from '@/lib/platform/export-log.ts'
import { PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { matches, type RollFilter } from '../queries/roll-list.ts'
import { rollView } from '../queries/roll-view.ts'
import { shownReason } from '../roll/reason-text.ts'

const COLUMNS = [
  'staffNo',
  'name',
  'school',
  'subject',
  'state',
  'rules',
  'reasons',
  'tenure',
  'backbone',
  'retirement',
  'next',
] as const

/** 符合交流条件名册 as the filter shows it; what the role may not read is not in the file either. */
export async function exportRoll(
  tx: Tx,
  actor: UserActor,
  t: Translate,
  ask: RollFilter & { snapshot?: LocalDate; policy?: string; roll?: string },
): Promise<{ name: string; content: Buffer }> {
  const view = await rollView(tx, actor, ask)
  const rows = view.rows.filter((row) => matches(row, ask))
  const head = await districtHead(tx, actor)
  const number = await nextExportNumber(tx)
  const at = now()
  const title = t('roll.export.title', { district: head.name, day: view.snapshot })
  const content = await writeSheet({
    title,
    sheetName: t('roll.title'),
    columns: COLUMNS.map((key) => ({ key, title: t(`roll.export.column.${key}`) })),
    rows: rows.map((row) => {
      const shown = row.reasons.map((reason) => shownReason(t, reason, actor.role))
      return {
        staffNo: row.staffNo,
        name: row.name,
        school: row.schoolName,
        subject: row.subject ? t(`vocabulary.subject.${row.subject}`) : null,
        state: t(`rotation.eligibility.state.${row.state}`),
        rules: shown.flatMap(({ rule }) => rule ?? []).join(' ') || null,
        reasons: shown.map(({ text }) => text).join('；') || null,
        tenure: row.tenureMonths,
        backbone: row.isBackbone ? t('rotation.policy.option.yes') : null,
        retirement: row.retirementDate,
        next: row.nextChange,
      }
    }),
    footer: t('roll.export.footer', {
      by: actor.name,
      role: t(`platform.role.${actor.role}`),
      at: formatMoment(at, head.timeZone),
      number,
    }),
    watermark: PAPER_MARKS[head.nature],
    writtenAt: at,
    kind: 'roll',
  })
  await logExport(
    tx,
    actor,
    {
      number,
      page: 'rotation.roll',
      purpose: t('roll.title'),
      filter: { ...ask },
      columns: [...COLUMNS],
      teacherIds: rows.map(({ teacherId }) => teacherId),
      rowCount: rows.length,
      file: content,
    },
    at,
  )
  return { name: `${title}.xlsx`, content }
}
