import { z } from 'zod'
import { LOCALES } from '@/lib/i18n/messages.ts'
import { translator } from '@/lib/i18n/translate.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { districtHead, logExport, nextExportNumber } from '@/lib/platform/export-log.ts'
import { takeTurn } from '@/lib/platform/limits.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { teacherSheet } from '../documents/teacher-sheet.ts'
import { allTeacherIds, teachersById } from '../queries/teacher-list.ts'
import { listPreferences, selectedIds } from '../queries/teacher-preferences.ts'
import { teacherQuery } from '../queries/teacher-query.ts'

/** What the filter shows, or the selection, as .xlsx: masked, with a purpose, and on record with the ids of the people. */
export const exportTeachers = defineCommand({
  name: 'register.teacher.export',
  input: z.strictObject({
    purpose: z.string().trim().min(2, 'register.refusal.purposeMissing').max(200),
    /** Query part of the list's address. */
    filter: z.string().max(2000),
    selection: z.boolean(),
    locale: z.enum(LOCALES),
  }),
  scope: { isolation: 'repeatable read', statementSeconds: 60 },
  run: async ({ tx, actor, input, at }) => {
    const me = actor as UserActor
    const query = teacherQuery.parse(Object.fromEntries(new URLSearchParams(input.filter)))
    const on = query.asOf ?? me.today
    const { columns } = await listPreferences(tx, me)
    const ids = input.selection ? await selectedIds(tx, me) : await allTeacherIds(tx, me, query)
    const rows = await teachersById(tx, me, ids, on, columns)
    if (rows.length === 0) return refuse('register.refusal.nothingToExport')
    const t = translator(input.locale)
    const tooMany = await takeTurn(tx, me, 'exports')
    if (tooMany) return refuseAll([tooMany])
    const number = await nextExportNumber(tx)
    const { purpose } = input
    const district = await districtHead(tx, me)
    const head = { district, by: { name: me.name, role: me.role }, on, isPresent: on === me.today, at, number, purpose }
    const file = await teacherSheet(t, rows, columns, head)
    await logExport(tx, me, {
      number,
      page: 'teachers',
      purpose,
      filter: input.selection ? { selection: ids.length } : { filter: input.filter, asOf: on },
      columns,
      rowCount: rows.length,
      teacherIds: rows.map((row) => row.id),
      file,
    })
    const name = t('teacher.sheet.fileName', { district: district.name, on })
    return finished(
      { file, name: `${name}.xlsx` },
      {
        audit: {
          resource: 'export',
          objectId: String(number),
          reason: purpose,
          details: { rows: rows.length, columns },
        },
      },
    )
  },
})
