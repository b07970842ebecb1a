import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import { openFile } from '@/lib/platform/files.ts'
import { type FileId, idSchema } from '@/lib/rules/values/ids.ts'

/** A set the worker has made, for the one who asked, until it expires. */
export const GET = defineRoute('rotation.order.makePapers', {
  params: z.object({ fileId: idSchema<FileId>() }),
  query: z.object({}),
  handle: async (tx, { params, actor }) => {
    const found = await openFile(tx, await keyring(tx, actor.districtId), params.fileId)
    if (found?.file.ownerKind !== 'export') return new Response(null, { status: 404 })
    return attachment(found.content, found.file.name, found.file.mediaType)
  },
})
