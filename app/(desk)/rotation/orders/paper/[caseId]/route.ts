import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { PERSON_PAPERS } from '@/lib/rotation/documents/package.ts'
import { singlePaper } from '@/lib/rotation/queries/paper-files.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'

/** One paper of one case: the bureau's, either school's, and the teacher's own. */
export const GET = defineRoute('rotation.order.download', {
  params: z.object({ caseId: idSchema<CaseId>() }),
  query: z.object({ kind: z.enum(PERSON_PAPERS) }),
  handle: async (tx, { params, query, actor }) => {
    const file = await singlePaper(tx, actor, params.caseId, query.kind)
    return file ? attachment(file.content, file.name, file.mediaType) : new Response(null, { status: 404 })
  },
})
