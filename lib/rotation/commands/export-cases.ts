import { z } from 'zod'
import { LOCALES } from '@/lib/i18n/messages.ts'
import { translator } from '@/lib/i18n/translate.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { districtHead, logExport, nextExportNumber } from '@/lib/platform/export-log.ts'
import { takeTurn } from '@/lib/platform/limits.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { CASE_COLUMNS, caseSheet } from '../documents/case-workbook.ts'
import { caseAddress, caseQueryOf } from '../queries/case-filter.ts'
import { roundById } from '../queries/rounds.ts'

/** What the filter of a round's list shows, as .xlsx, with a purpose and on record. */
export const exportCases = defineCommand({
  name: 'rotation.case.export',
  input: z.strictObject({
    purpose: z.string().trim().min(2).max(200),
    /** Query part of the list's address, with its round. */
    filter: z.string().max(2000),
    locale: z.enum(LOCALES),
  }),
  run: async ({ tx, actor, input, at, today }) => {
    const me = actor as UserActor
    const asked = caseAddress.safeParse(Object.fromEntries(new URLSearchParams(input.filter)))
    const round = asked.success ? await roundById(tx, asked.data.round) : null
    if (!asked.success || !round) return refuse('platform.refusal.notFound')
    const tooMany = await takeTurn(tx, me, 'exports')
    if (tooMany) return refuseAll([tooMany])
    const t = translator(input.locale)
    const number = await nextExportNumber(tx)
    const { purpose } = input
    const district = await districtHead(tx, me)
    const head = { round: round.name, district, by: me, at, number, purpose }
    const made = await caseSheet(tx, t, caseQueryOf(round.id, asked.data, today), head)
    if (!made) return refuse('board.export.nothing')
    const { file, rowCount, teacherIds } = made
    const columns = [...CASE_COLUMNS]
    await logExport(
      tx,
      me,
      { number, page: 'rotation.cases', purpose, filter: asked.data, columns, rowCount, teacherIds, file },
      at,
    )
    return finished(
      { file, name: t('board.export.file', { round: round.name, on: today }) },
      { audit: { resource: 'export', objectId: String(number), reason: purpose, details: { rows: rowCount } } },
    )
  },
})
