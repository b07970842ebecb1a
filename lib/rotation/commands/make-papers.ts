import { z } from 'zod'
import { translator } from '@/lib/i18n/translate.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { nextExportNumber } from '@/lib/platform/export-log.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { PAPERS_JOB } from '../jobs/make-papers.ts'
import { casesInScope, PAPER_SETS } from '../queries/paper-files.ts'

/** Asks the worker for a set of papers of a batch; the page shows how far it is and then the file. */
export const makePapers = defineCommand({
  name: 'rotation.order.makePapers',
  input: z.strictObject({ batchId: idSchema<string>(), set: z.enum(PAPER_SETS) }),
  run: async ({ tx, actor, input }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const cases = await casesInScope(tx, { batchId: input.batchId })
    if (cases.length === 0) return refuse('order.refusal.noneLeft')
    const number = await nextExportNumber(tx)
    // Papers are in the language of the office, whatever the page's
    const footer = translator('zh-CN')('document.footer', { by: actor.name, on: actor.today, number })
    const jobId = await enqueue(tx, actor, PAPERS_JOB, {
      scope: { batchId: input.batchId },
      set: input.set,
      footer,
      number,
      by: { userId: actor.userId, name: actor.name, role: actor.role },
    })
    return finished(
      { jobId },
      {
        message: { key: 'document.making', values: { count: cases.length } },
        audit: { resource: 'order', objectId: input.batchId, details: { set: input.set, count: cases.length, number } },
      },
    )
  },
})
