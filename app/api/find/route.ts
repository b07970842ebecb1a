import { z } from 'zod'
import { defineRoute } from '@/app/_server/route.ts'
import { find } from '@/lib/registry/finder.ts'

export const GET = defineRoute('platform.finder.search', {
  params: z.object({}),
  query: z.object({ q: z.string().trim().max(40) }),
  handle: async (tx, { actor, query, t }) => Response.json(query.q ? await find(tx, actor, query.q, t) : []),
})
