import { z } from 'zod'
import { sendPaper } from '@/app/_server/export-route.ts'
import { defineRoute } from '@/app/_server/route.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import { openFile } from '@/lib/platform/files.ts'
import { teacherOfCase } from '@/lib/rotation/queries/paper-files.ts'
import { type CaseId, type FileId, idSchema } from '@/lib/rules/values/ids.ts'

/** The scan behind a step done on paper, for whom the case and the file are visible. */
export const GET = defineRoute('rotation.case.view', {
  params: z.object({ caseId: idSchema<CaseId>(), fileId: idSchema<FileId>() }),
  query: z.object({}),
  handle: async (tx, { params, actor }) => {
    const found = await openFile(tx, await keyring(tx, actor.districtId), params.fileId)
    const teacherId = await teacherOfCase(tx, params.caseId)
    if (!teacherId || found?.file.ownerKind !== 'case_decision' || found.file.ownerId !== params.caseId)
      return new Response(null, { status: 404 })
    const { name, mediaType } = found.file
    return sendPaper(
      tx,
      actor,
      { name, mediaType, content: found.content },
      { page: '/rotation/cases', purpose: 'scan', filter: { case: params.caseId }, teacherIds: [teacherId] },
    )
  },
})
