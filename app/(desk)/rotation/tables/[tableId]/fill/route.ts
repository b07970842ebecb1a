import { z } from 'zod'
import { sendPaper } from '@/app/_server/export-route.ts'
import { defineRoute } from '@/app/_server/route.ts'
import { filledTable } from '@/lib/rotation/queries/foreign-tables.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'

export const GET = defineRoute('rotation.foreignTable.fill', {
  params: z.object({ tableId: idSchema<string>() }),
  query: z.object({ round: idSchema<RoundId>() }),
  handle: async (tx, { params, query, actor }) => {
    const file = await filledTable(tx, actor, params.tableId, query.round)
    return sendPaper(tx, actor, file, {
      page: '/rotation/tables',
      purpose: 'foreign table',
      filter: { table: params.tableId, round: query.round },
    })
  },
})
