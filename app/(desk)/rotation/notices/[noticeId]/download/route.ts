import { z } from 'zod'
import { sendPaper } from '@/app/_server/export-route.ts'
import { defineRoute } from '@/app/_server/route.ts'
import { noticeFile } from '@/lib/rotation/queries/paper-files.ts'
import { idSchema, type NoticeId } from '@/lib/rules/values/ids.ts'

export const GET = defineRoute('rotation.notice.download', {
  params: z.object({ noticeId: idSchema<NoticeId>() }),
  query: z.object({ format: z.enum(['docx', 'xlsx']) }),
  handle: async (tx, { params, query, actor }) => {
    const file = await noticeFile(tx, actor, params.noticeId, query.format)
    return sendPaper(tx, actor, file, {
      page: '/rotation/notices',
      purpose: query.format,
      filter: { notice: params.noticeId },
    })
  },
})
