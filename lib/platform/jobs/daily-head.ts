import { makeHead } from '../audit-heads.ts'
import type { DailyJob } from '../queue.ts'

/** A signed head of the chain every day, so that what was there yesterday can be proved tomorrow. */
export const dailyHead: DailyJob = {
  name: 'platform.audit.dailyHead',
  run: async ({ actor, forDay }) => {
    const head = await makeHead(actor, `day ${forDay}`)
    return head ? { seq: head.seq } : null
  },
}
