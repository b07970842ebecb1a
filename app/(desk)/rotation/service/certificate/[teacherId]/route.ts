import { z } from 'zod'
import { sendPaper } from '@/app/_server/export-route.ts'
import { defineRoute } from '@/app/_server/route.ts'
import { certificateFile } from '@/lib/rotation/queries/paper-files.ts'
import { mayActOn } from '@/lib/rules/access/permissions.ts'
import { idSchema, type TeacherId } from '@/lib/rules/values/ids.ts'

/** 任教经历证明 (R-PROM-1): for HR anyone's, for a teacher their own. */
export const GET = defineRoute('rotation.service.certificate', {
  params: z.object({ teacherId: idSchema<TeacherId>() }),
  query: z.object({}),
  handle: async (tx, { params, actor }) => {
    if (!mayActOn(actor, 'rotation.service.certificate', { teacherId: params.teacherId }))
      return new Response(null, { status: 404 })
    const file = await certificateFile(tx, actor, params.teacherId)
    return sendPaper(tx, actor, file, {
      page: '/rotation/service',
      purpose: 'certificate',
      filter: {},
      teacherIds: [params.teacherId],
    })
  },
})
