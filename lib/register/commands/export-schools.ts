import { z } from 'zod'
import { LOCALES } from '@/lib/i18n/messages.ts'
import { translator } from '@/lib/i18n/translate.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { districtHead, logExport, nextExportNumber } from '@/lib/platform/export-log.ts'
import { takeTurn } from '@/lib/platform/limits.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { refuseAll } from '@/lib/rules/values/outcome.ts'
import { SCHOOL_SHEET_COLUMNS, schoolSheet } from '../documents/school-sheet.ts'

/** The school list of today as .xlsx that can be filled in and brought back, with a purpose and on record. */
export const exportSchools = defineCommand({
  name: 'register.school.export',
  input: z.strictObject({
    purpose: z.string().trim().min(2).max(200),
    filter: z.string().max(2000).default(''),
    locale: z.enum(LOCALES),
  }),
  run: async ({ tx, actor, input, at, today }) => {
    const me = actor as UserActor
    const t = translator(input.locale)
    const tooMany = await takeTurn(tx, me, 'exports')
    if (tooMany) return refuseAll([tooMany])
    const number = await nextExportNumber(tx)
    const { purpose } = input
    const district = await districtHead(tx, me)
    const { file, rowCount } = await schoolSheet(tx, t, today, { district, by: me, at, number, purpose })
    const columns = [...SCHOOL_SHEET_COLUMNS]
    await logExport(
      tx,
      me,
      { number, page: 'schools', purpose, filter: {}, columns, rowCount, teacherIds: [], file },
      at,
    )
    const audit = { resource: 'export', objectId: String(number), reason: purpose, details: { rows: rowCount } }
    return finished({ file, name: t('school.export.file', { on: today }) }, { audit })
  },
})
