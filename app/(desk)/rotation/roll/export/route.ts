import { z } from 'zod'
import { overLimit } from '@/app/_server/export-route.ts'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { exportRoll } from '@/lib/rotation/documents/roll-workbook.ts'
import { rollQuery } from '../_parts/roll-query.ts'

/** What the filter shows, as a workbook; who took which rows is on record. */
export const GET = defineRoute('rotation.roll.export', {
  params: z.object({}),
  query: rollQuery,
  handle: async (tx, { actor, query, t }) => {
    const refused = await overLimit(tx, actor, t)
    if (refused) return refused
    const { name, content } = await exportRoll(tx, actor, t, query)
    return attachment(content, name, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  },
})
