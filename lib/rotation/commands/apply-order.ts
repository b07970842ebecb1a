import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { districts, orders } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { type Instant, todayIn } from '@/lib/platform/clock.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { idSchema, type OrderId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { lockCaseRows } from '../store/advance-case.ts'
import { beginPosting } from '../store/register-effects.ts'
import { startService } from '../store/start-service.ts'

/**
 * An order whose day has come takes effect, exactly once: the posting is written, service and, where the order says so,
 * the personnel relation move from that day. Later than its day it is marked 补执行.
 */
export const applyOrder = defineCommand({
  name: 'rotation.order.apply',
  input: z.strictObject({ orderId: idSchema<OrderId>() }),
  target: async (tx, { orderId }) => {
    const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update')
    return order ? { ...order, target: {} } : null
  },
  run: async ({ tx, actor, before: order, at, today }) => {
    const due = order.deferredTo ?? order.effectiveOn
    if (order.state !== 'issued' || order.appliedAt !== null || due > today)
      return refuse('order.refusal.notDue', { due })
    const [row] = await lockCaseRows(tx, [order.caseId])
    if (!row || (row.state !== 'ordered' && row.state !== 'reported'))
      return refuse('order.refusal.notNow', { number: row?.number ?? 0, state: row?.state ?? '' })
    const begun = await beginPosting(tx, row, due, at as Instant)
    if (!begun.ok) return begun
    const [district] = await tx.select().from(districts)
    const late = due < (district ? todayIn(district) : today)
    one(
      await tx
        .update(orders)
        .set({ appliedAt: at, appliedLate: late, version: order.version + 1 })
        .where(and(eq(orders.id, order.id), isNull(orders.appliedAt)))
        .returning({ id: orders.id }),
    )
    if (row.state === 'reported') {
      const started = await startService(tx, actor, row, at as Instant)
      if (!started.ok) return started
    }
    return finished(
      { postingId: begun.value, late },
      {
        audit: {
          resource: 'order',
          objectId: order.id,
          teacherId: row.teacherId,
          reason: late ? '补执行' : null,
          details: { case: row.id, from: due, posting: begun.value },
        },
      },
    )
  },
})
