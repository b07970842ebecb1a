import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { certificateFile } from '@/lib/rotation/queries/paper-files.ts'

/** The teacher's own 任教经历证明 (R-PROM-1). */
export const GET = defineRoute('rotation.papers.mine', {
  params: z.object({}),
  query: z.object({}),
  handle: async (tx, { actor }) => {
    const file = actor.teacherId ? await certificateFile(tx, actor, actor.teacherId) : null
    return file ? attachment(file.content, file.name, file.mediaType) : new Response(null, { status: 404 })
  },
})
