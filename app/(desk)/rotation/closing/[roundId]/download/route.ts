import { z } from 'zod'
import { sendPaper } from '@/app/_server/export-route.ts'
import { defineRoute } from '@/app/_server/route.ts'
import { countyFile } from '@/lib/rotation/queries/paper-files.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'

export const GET = defineRoute('rotation.closing.download', {
  params: z.object({ roundId: idSchema<RoundId>() }),
  query: z.object({}),
  handle: async (tx, { params, actor, t }) => {
    const file = await countyFile(tx, actor, params.roundId, t('document.madeBy', { by: actor.name, on: actor.today }))
    return sendPaper(tx, actor, file, {
      page: '/rotation/closing',
      purpose: 'county',
      filter: { round: params.roundId },
    })
  },
})
