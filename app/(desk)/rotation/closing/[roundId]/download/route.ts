import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { countyFile } from '@/lib/rotation/queries/paper-files.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'

export const GET = defineRoute('rotation.closing.download', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  query: z.object({}),
  handle: async (tx, { params, actor, t }) => {
    const file = await countyFile(tx, actor, params.roundId, t('document.madeBy', { by: actor.name, on: actor.today }))
    return file ? attachment(file.content, file.name, file.mediaType) : new Response(null, { status: 404 })
  },
})
