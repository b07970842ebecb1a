import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { exportStudios } from '@/lib/talent/documents/studio-workbook.ts'
import { studioQuery } from '@/lib/talent/queries/studios.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const GET = defineRoute('talent.studio.export', {
  params: z.object({}),
  query: studioQuery,
  handle: async (tx, { query, actor, session, t }) => {
    const file = await exportStudios(tx, actor, t, query, session.district)
    return attachment(new Uint8Array(file.content), file.name, XLSX)
  },
})
