import { z } from 'zod'
import { LOCALES } from '@/lib/i18n/messages.ts'
import { translator } from '@/lib/i18n/translate.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { districtHead, logExport, nextExportNumber } from '@/lib/platform/export-log.ts'
import { takeTurn } from '@/lib/platform/limits.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { STUDIO_COLUMNS, studioSheet } from '../documents/studio-workbook.ts'
import { studioQuery } from '../queries/studios.ts'

/** What the filter of the studio list shows, as .xlsx, with a purpose and on record. */
export const exportStudios = defineCommand({
  name: 'talent.studio.export',
  input: z.strictObject({
    purpose: z.string().trim().min(2).max(200),
    /** Query part of the list's address. */
    filter: z.string().max(2000),
    locale: z.enum(LOCALES),
  }),
  run: async ({ tx, actor, input, at }) => {
    const me = actor as UserActor
    const query = studioQuery.parse(Object.fromEntries(new URLSearchParams(input.filter)))
    const on = query.asOf ?? me.today
    const t = translator(input.locale)
    const tooMany = await takeTurn(tx, me, 'exports')
    if (tooMany) return refuseAll([tooMany])
    const number = await nextExportNumber(tx)
    const { purpose } = input
    const district = await districtHead(tx, me)
    const made = await studioSheet(tx, t, query, on, { district, by: me, at, number, purpose })
    if (!made) return refuse('talent.refusal.nothingToExport')
    const { file, rowCount, teacherIds } = made
    await logExport(
      tx,
      me,
      { number, page: 'talent', purpose, filter: query, columns: [...STUDIO_COLUMNS], rowCount, teacherIds, file },
      at,
    )
    const audit = { resource: 'export', objectId: String(number), reason: purpose, details: { rows: rowCount } }
    return finished({ file, name: t('talent.export.file', { on }) }, { audit })
  },
})
