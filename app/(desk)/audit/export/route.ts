import { z } from 'zod'
import { attachment, defineRoute } from '@/app/_server/route.ts'
import { exportTrail } from '@/lib/platform/audit-export.ts'
import { auditFilter } from '../_parts/audit-query.ts'

/** What the filter shows, as a CSV; taking it out is an event of the trail itself. */
export const GET = defineRoute('platform.audit.export', {
  params: z.object({}),
  query: z.object(auditFilter),
  handle: async (tx, { query, actor, session }) => {
    const file = await exportTrail(tx, actor, query, session.district.timeZone)
    return attachment(file.body, file.name, 'text/csv; charset=utf-8')
  },
})
