import { z } from 'zod'
import { formatMoment } from '@/lib/i18n/format.ts'
import { LOCALES } from '@/lib/i18n/messages.ts'
import { type Translate, translator } from '@/lib/i18n/translate.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { districtHead, logExport, nextExportNumber } from '@/lib/platform/export-log.ts'
import { takeTurn } from '@/lib/platform/limits.ts'
import { PAPER_MARKS } from '@/lib/platform/nature.ts'
import { writeSheet } from '@/lib/platform/workbook/write-sheet.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { type CandidateRow, candidateQuery, listCandidates } from '../queries/candidates.ts'

const COLUMNS = [
  'number',
  'name',
  'sex',
  'year',
  'channel',
  'stage',
  'subject',
  'certificateKind',
  'state',
  'pooledOn',
  'poolUntil',
  'school',
  'placedFrom',
  'leftOn',
] as const
/** Columns whose field of the import has another name. */
const READ_AS: Record<string, string> = { school: 'placedSchool' }

/** What the filter of the reserve list shows, as .xlsx: no score, no ID number, with a purpose and on record. */
export const exportCandidates = defineCommand({
  name: 'reserve.candidate.export',
  input: z.strictObject({
    purpose: z.string().trim().min(2).max(200),
    /** Query part of the list's address. */
    filter: z.string().max(2000),
    locale: z.enum(LOCALES),
  }),
  run: async ({ tx, actor, input, at, today }) => {
    const me = actor as UserActor
    const query = candidateQuery.parse(Object.fromEntries(new URLSearchParams(input.filter)))
    const t = translator(input.locale)
    const { rows } = await listCandidates(tx, query, today, true)
    if (rows.length === 0) return refuse('reserve.refusal.nothingToExport')
    const tooMany = await takeTurn(tx, me, 'exports')
    if (tooMany) return refuseAll([tooMany])
    const number = await nextExportNumber(tx)
    const { purpose } = input
    const district = await districtHead(tx, me)
    const file = await writeSheet({
      title: t('reserve.export.title', { district: district.name, on: today }),
      sheetName: t('reserve.title'),
      columns: COLUMNS.map((key) => ({ key, title: t(`reserve.field.${key}`), field: READ_AS[key] ?? key })),
      rows: rows.map((row) => cellsOf(t, row)),
      marks: rows.map(({ id, version }) => ({ id, version })),
      footer: t('reserve.export.footer', {
        name: me.name,
        role: t(`platform.role.${me.role}`),
        at: formatMoment(at, district.timeZone),
        number: String(number),
        purpose,
      }),
      watermark: PAPER_MARKS[district.nature],
      writtenAt: at,
      kind: 'reserve',
    })
    const columns = [...COLUMNS]
    await logExport(
      tx,
      me,
      { number, page: 'reserve', purpose, filter: query, columns, rowCount: rows.length, teacherIds: [], file },
      at,
    )
    return finished(
      { file, name: t('reserve.export.file', { on: today }) },
      { audit: { resource: 'export', objectId: String(number), reason: purpose, details: { rows: rows.length } } },
    )
  },
})

const cellsOf = (t: Translate, row: CandidateRow): Record<(typeof COLUMNS)[number], string | number | null> => ({
  number: row.number,
  name: row.name,
  sex: t(`vocabulary.sex.${row.sex}`),
  year: row.year,
  channel: t(`reserve.channel.${row.channel}`),
  stage: t(`vocabulary.stage.${row.stage}`),
  subject: t(`vocabulary.subject.${row.subject}`),
  certificateKind: row.certificateKind ? t(`vocabulary.certificateKind.${row.certificateKind}`) : null,
  state: t(`reserve.state.${row.state}`),
  pooledOn: row.pooledOn,
  poolUntil: row.poolUntil,
  school: row.school,
  placedFrom: row.placedFrom,
  leftOn: row.leftOn,
})
