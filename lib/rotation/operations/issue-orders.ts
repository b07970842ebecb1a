import { and, asc, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { orders } from '@/db/schema/index.ts'
import { exactly, type Tx } from '@/db/scope.ts'
import { askForHead } from '@/lib/platform/audit-heads.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { finished } from '@/lib/platform/command.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import { defineOperation } from '@/lib/platform/two-person.ts'
import { idSchema, type OrderId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { undecidedChanges } from '../queries/notices.ts'
import { advanceAll, lockCaseRows } from '../store/advance-case.ts'
import { askToSend, type Message } from '../store/send-notifications.ts'

export type OrderRow = typeof orders.$inferSelect
export const APPLY_NOW_JOB = 'rotation.orders.applyNow'

/** The batch as it was when asked: exactly these orders under these numbers. */
export const issuePayload = z.object({
  batchId: idSchema<string>(),
  orders: z.array(z.object({ id: idSchema<OrderId>(), number: z.string(), effectiveOn: z.string() })),
})
export type IssuePayload = z.infer<typeof issuePayload>

/** The orders of a batch that wait to be issued, locked, in the order of their numbers. */
export const lockBatch = (tx: Tx, batchId: string): Promise<OrderRow[]> =>
  tx
    .select()
    .from(orders)
    .where(and(eq(orders.batchId, batchId), eq(orders.state, 'prepared')))
    .orderBy(asc(orders.serial))
    .for('update')

export const payloadOf = (
  batchId: string,
  rows: readonly OrderRow[],
  number: (row: OrderRow) => string,
): IssuePayload => ({
  batchId,
  orders: rows.map((row) => ({ id: row.id, number: number(row), effectiveOn: row.effectiveOn })),
})

/** Issues a batch: numbers and cases are those that were asked for, the issuer is not the preparer (SD-2). */
export const issueOrdersOperation = defineOperation<IssuePayload>({
  name: 'rotation.order.issue',
  asks: 'rotation.order.askIssue',
  answerRoles: ['bureau_hr', 'bureau_reviewer'],
  payload: issuePayload,
  href: (id) => `/rotation/orders/${id}`,
  execute: async ({ tx, actor, at, today }, payload) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const rows = await lockBatch(tx, payload.batchId)
    if (rows.map(({ id }) => id).join() !== payload.orders.map(({ id }) => id).join())
      return refuse('platform.refusal.payloadChanged')
    if (rows.some(({ preparedByPerson }) => preparedByPerson === actor.personId))
      return refuse('platform.refusal.secondPerson', undefined, { rule: 'SD-2' })
    const cases = await lockCaseRows(
      tx,
      rows.map(({ caseId }) => caseId),
    )
    const changed = await undecidedChanges(
      tx,
      rows[0]!.roundId,
      cases.map(({ teacherId }) => teacherId),
    )
    if (changed.length > 0) return refuse('notice.refusal.changed', { count: changed.length })
    // Orders first: the database tests that each case is 待下达 and past its notice while it still is
    exactly(
      await tx
        .update(orders)
        .set({ state: 'issued', issuedBy: actor.userId, issuedByPerson: actor.personId, issuedAt: at, issuedOn: today })
        .where(
          inArray(
            orders.id,
            rows.map(({ id }) => id),
          ),
        )
        .returning({ id: orders.id }),
      rows.length,
    )
    const moved = await advanceAll(tx, actor, cases, () => ({ action: 'order' }), at as Instant)
    if (!moved.ok) return moved
    if (rows.some((row) => row.effectiveOn <= today)) await enqueue(tx, actor, APPLY_NOW_JOB, {})
    await askToSend(tx, actor, messagesOf(rows, cases))
    await askForHead(tx, actor, `orders:${payload.batchId}`)
    return finished(null, {
      message: { key: 'order.issued', values: { count: rows.length } },
      audit: { details: { batch: payload.batchId, numbers: payload.orders.map(({ number }) => number) } },
    })
  },
})

function messagesOf(rows: readonly OrderRow[], cases: Awaited<ReturnType<typeof lockCaseRows>>): Message[] {
  const orderOf = new Map(rows.map((row) => [row.caseId, row]))
  const perSchool = (key: string, schools: (string | null)[], href: string): Message[] => {
    const counts = new Map<string, number>()
    for (const school of schools) if (school) counts.set(school, (counts.get(school) ?? 0) + 1)
    return [...counts].map(([schoolId, count]) => ({
      to: { schoolId: schoolId as never },
      key,
      values: { count },
      href,
    }))
  }
  return [
    ...cases.map((row): Message => {
      const order = orderOf.get(row.id)
      return {
        to: { teacherId: row.teacherId },
        key: 'order.message.issued',
        values: { from: order?.effectiveOn ?? '', until: order?.reportBy ?? '' },
        href: '/my/papers',
      }
    }),
    ...perSchool(
      'order.message.leaving',
      cases.map((row) => row.fromSchoolId),
      '/rotation/orders',
    ),
    ...perSchool(
      'order.message.coming',
      cases.map((row) => row.toSchoolId),
      '/rotation/orders',
    ),
  ]
}
