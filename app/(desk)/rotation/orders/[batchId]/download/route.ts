import { z } from 'zod'
import { overLimit } from '@/app/_server/export-route.ts'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { logExport, nextExportNumber } from '@/lib/platform/export-log.ts'
import { PAPER_SETS, paperSet } from '@/lib/rotation/queries/paper-files.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'

export const GET = defineRoute('rotation.order.makePapers', {
  params: z.object({ batchId: idSchema<string>() }),
  query: z.object({ set: z.enum(PAPER_SETS) }),
  handle: async (tx, { params, query, actor, t }) => {
    const refused = await overLimit(tx, actor, t)
    if (refused) return refused
    const number = await nextExportNumber(tx)
    const footer = t('document.footer', { by: actor.name, on: actor.today, number })
    const made = await paperSet(tx, actor, { batchId: params.batchId }, query.set, footer)
    if (!made) return new Response(null, { status: 404 })
    await logExport(tx, actor, {
      number,
      page: '/rotation/orders',
      purpose: query.set,
      filter: { batch: params.batchId },
      columns: [query.set],
      teacherIds: made.papers.map(({ person }) => person.teacherId),
      rowCount: made.papers.length,
      file: made.file.content,
    })
    return attachment(made.file.content, made.file.name, made.file.mediaType)
  },
})
