import { z } from 'zod'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { askSecondPerson } from '@/lib/platform/two-person.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { orderNumber } from '../documents/words.ts'
import { issueOrdersOperation, lockBatch, payloadOf } from '../operations/issue-orders.ts'

/** Puts a batch of numbered orders before the person who issues it. */
export const askIssueOrders = defineCommand({
  name: 'rotation.order.askIssue',
  input: z.strictObject({ batchId: idSchema<string>() }),
  run: async ({ tx, actor, input }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const rows = await lockBatch(tx, input.batchId)
    const [first, last] = [rows[0], rows.at(-1)]
    if (!first || !last) return refuse('order.refusal.noneLeft')
    const number = (row: typeof first) => orderNumber(row.prefix, row.year, row.serial)
    const values = { count: rows.length, first: number(first), last: number(last), from: first.effectiveOn }
    const asked = await askSecondPerson(tx, actor, issueOrdersOperation, {
      subjectId: input.batchId,
      payload: payloadOf(input.batchId, rows, number),
      summary: values,
    })
    if (!asked.ok) return asked
    return finished(
      { requestId: asked.value },
      {
        message: { key: 'order.asked', values },
        audit: { resource: 'order', objectId: input.batchId, details: values },
      },
    )
  },
})
