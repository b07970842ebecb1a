import { z } from 'zod'
import { sendPaper } from '@/app/_server/export-route.ts'
import { defineRoute } from '@/app/_server/route.ts'
import { PERSON_PAPERS } from '@/lib/rotation/documents/package.ts'
import { singlePaper, teacherOfCase } from '@/lib/rotation/queries/paper-files.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'

/** One paper of one case: the bureau's, either school's, and the teacher's own. */
export const GET = defineRoute('rotation.order.download', {
  params: z.object({ caseId: idSchema<CaseId>() }),
  query: z.object({ kind: z.enum(PERSON_PAPERS) }),
  handle: async (tx, { params, query, actor }) => {
    const file = await singlePaper(tx, actor, params.caseId, query.kind)
    const teacherId = file && (await teacherOfCase(tx, params.caseId))
    return sendPaper(tx, actor, file, {
      page: '/rotation/orders',
      purpose: query.kind,
      filter: { case: params.caseId },
      teacherIds: teacherId ? [teacherId] : [],
    })
  },
})
