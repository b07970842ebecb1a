import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { batchFile } from '@/lib/register/queries/imports.ts'
import { type BatchId, idSchema } from '@/lib/rules/values/ids.ts'

/** The workbook as it came, or with 错误信息. */
export const GET = defineRoute('import.batch.download', {
  params: z.object({ batchId: idSchema<BatchId>(), what: z.enum(['original', 'annotated']) }),
  query: z.object({}),
  handle: async (tx, { params, actor }) => {
    const stored = await batchFile(tx, actor, params.batchId, params.what)
    return stored
      ? attachment(stored.content, stored.file.name, stored.file.mediaType)
      : new Response(null, { status: 404 })
  },
})
