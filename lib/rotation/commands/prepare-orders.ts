import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { objections, orders, rotationCases, rotationRounds } from '@/db/schema/index.ts'
import { exactly } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { addDays, yearOf } from '@/lib/rules/values/dates.ts'
import { type CaseId, idSchema, type OrderId, type RoundId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { orderNumber } from '../documents/words.ts'
import { paperIssuer } from '../queries/issuer.ts'
import { undecidedChanges } from '../queries/notices.ts'
import { roundPolicy } from '../queries/round-policy.ts'
import { lockCaseRows } from '../store/advance-case.ts'
import { takeOrderNumbers } from '../store/order-numbers.ts'

/**
 * Numbers an order for every case that is 待下达 (or those named): 调令 where the relation moves, 交流通知书 where not.
 * Nothing takes effect before a second person issues the batch.
 */
export const prepareOrders = defineCommand({
  name: 'rotation.order.prepare',
  input: z.strictObject({ roundId: idSchema<RoundId>(), caseIds: z.array(idSchema<CaseId>()).max(5000).default([]) }),
  target: async (tx, { roundId }) => {
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId)).for('update')
    return round ? { ...round, target: {} } : null
  },
  run: async ({ tx, actor, input, before: round, at, today }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const ready = await tx
      .select({ id: rotationCases.id })
      .from(rotationCases)
      .where(
        and(
          eq(rotationCases.roundId, round.id),
          eq(rotationCases.state, 'ready'),
          input.caseIds.length > 0 ? inArray(rotationCases.id, input.caseIds) : undefined,
        ),
      )
    const rows = await lockCaseRows(
      tx,
      ready.map(({ id }) => id),
    )
    const ids = rows.map(({ id }) => id)
    const taken = new Set(
      ids.length === 0
        ? []
        : [
            ...(await tx
              .select({ caseId: orders.caseId })
              .from(orders)
              .where(and(inArray(orders.caseId, ids), inArray(orders.state, ['prepared', 'issued'])))),
            ...(await tx
              .select({ caseId: objections.caseId })
              .from(objections)
              .where(and(inArray(objections.caseId, ids), eq(objections.state, 'open')))),
          ].map(({ caseId }) => caseId),
    )
    const changed = new Set(
      await undecidedChanges(
        tx,
        round.id,
        rows.map(({ teacherId }) => teacherId),
      ),
    )
    const listed = rows
      .filter((row) => !taken.has(row.id) && !changed.has(row.teacherId))
      .sort((a, b) => a.number - b.number)
    if (listed.length === 0) return refuse('order.refusal.nobody', { changed: changed.size })
    const { prefix } = await paperIssuer(tx, round.districtId, today)
    const { process } = await roundPolicy(tx, round.id)
    const year = yearOf(today)
    const first = await takeOrderNumbers(tx, round.districtId, prefix, year)
    const batchId = newId<string>()
    const made = await tx
      .insert(orders)
      .values(
        listed.map((row, index) => ({
          districtId: row.districtId,
          id: newId<OrderId>(),
          roundId: round.id,
          caseId: row.id,
          kind: row.movesRelation ? ('transfer' as const) : ('posting' as const),
          batchId,
          prefix,
          year,
          serial: first + index,
          state: 'prepared' as const,
          effectiveOn: row.startsOn,
          reportBy: addDays(row.startsOn, process.reportInDays),
          preparedBy: actor.userId,
          preparedByPerson: actor.personId,
          preparedAt: at,
        })),
      )
      .returning({ id: orders.id })
    exactly(made, listed.length)
    const late = listed.some(
      (row) => today > `${yearOf(row.startsOn)}-${process.lateOrderAfter}` && today < row.startsOn,
    )
    const values = {
      count: listed.length,
      first: orderNumber(prefix, year, first),
      last: orderNumber(prefix, year, first + listed.length - 1),
      left: changed.size,
    }
    return finished(
      { batchId, orderIds: made.map(({ id }) => id), late },
      {
        message: { key: late ? 'order.preparedLate' : 'order.prepared', values },
        audit: { resource: 'order', objectId: batchId, details: { ...values, cases: listed.map(({ id }) => id) } },
      },
    )
  },
})

/** Throws a batch away before it is issued; its numbers are not given again. */
export const discardOrders = defineCommand({
  name: 'rotation.order.discard',
  input: z.strictObject({ batchId: idSchema<string>(), reason: z.string().trim().min(2).max(500) }),
  run: async ({ tx, input, at }) => {
    const rows = await tx
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.batchId, input.batchId), eq(orders.state, 'prepared')))
      .for('update')
    if (rows.length === 0) return refuse('order.refusal.noneLeft')
    exactly(
      await tx
        .update(orders)
        .set({ state: 'cancelled', cancelledAt: at, cancelReason: input.reason })
        .where(
          inArray(
            orders.id,
            rows.map(({ id }) => id),
          ),
        )
        .returning({ id: orders.id }),
      rows.length,
    )
    return finished(null, {
      message: { key: 'order.discarded', values: { count: rows.length } },
      audit: { resource: 'order', objectId: input.batchId, reason: input.reason },
    })
  },
})
