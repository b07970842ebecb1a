import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { noticeFile } from '@/lib/rotation/queries/paper-files.ts'
import { idSchema, type NoticeId } from '@/lib/rules/values/ids.ts'

export const GET = defineRoute('rotation.notice.download', {
  params: z.object({ noticeId: idSchema<NoticeId>() }),
  query: z.object({ format: z.enum(['docx', 'xlsx']) }),
  handle: async (tx, { params, query, actor }) => {
    const file = await noticeFile(tx, actor, params.noticeId, query.format)
    return file ? attachment(file.content, file.name, file.mediaType) : new Response(null, { status: 404 })
  },
})
