import { z } from 'zod'
import { sendPaper } from '@/app/_server/export-route.ts'
import { defineRoute } from '@/app/_server/route.ts'
import { refusalText } from '@/lib/i18n/translate.ts'
import { teacherQuery } from '@/lib/register/queries/teacher-query.ts'
import { filledTable } from '@/lib/rotation/queries/foreign-tables.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'

/** The form filled with a round's decided cases, or with whom the teacher list's conditions find. */
export const GET = defineRoute('rotation.foreignTable.fill', {
  params: z.object({ tableId: idSchema<string>() }),
  query: teacherQuery.extend({ round: idSchema<RoundId>().optional() }),
  handle: async (tx, { params, query, actor, t }) => {
    const { round, ...filter } = query
    const filled = await filledTable(tx, actor, params.tableId, round ? { round } : { filter })
    if (filled && !filled.ok) {
      const text = filled.refusals.map((refusal) => refusalText(t, refusal)).join('\n')
      return new Response(text, { status: 422, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
    }
    const made = filled?.value ?? null
    return sendPaper(tx, actor, made, {
      page: '/rotation/tables',
      purpose: 'foreign table',
      filter: { table: params.tableId, ...(round ? { round } : { filter: JSON.parse(JSON.stringify(filter)) }) },
      teacherIds: made?.teacherIds ?? [],
      rowCount: made?.teacherIds.length ?? 0,
    })
  },
})
