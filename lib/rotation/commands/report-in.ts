import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { orders, rotationCases } from '@/db/schema/index.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { enqueue } from '@/lib/platform/queue.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { daySchema } from '../operations/day-schema.ts'
import { advanceCase, lockCaseRows } from '../store/advance-case.ts'
import { askToSend } from '../store/send-notifications.ts'
import { startService } from '../store/start-service.ts'

export const START_JOB = 'rotation.service.start'

/** The destination writes that the teacher has come (报到); service begins when the order's day has come too. */
export const reportIn = defineCommand({
  name: 'rotation.order.reportIn',
  input: z.strictObject({ caseId: idSchema<CaseId>(), reportedOn: daySchema }),
  target: async (tx, { caseId }) => {
    const [row] = await lockCaseRows(tx, [caseId])
    return row ? { ...row, target: { schools: [row.toSchoolId] } } : null
  },
  run: async ({ tx, actor, input, before: row, at, today }) => {
    const [order] = await tx
      .select()
      .from(orders)
      .where(and(eq(orders.caseId, row.id), eq(orders.state, 'issued')))
    if (!order) return refuse('order.refusal.notNow', { number: row.number, state: row.state })
    if (input.reportedOn > today) return refuse('notice.refusal.future', { today }, { field: 'reportedOn' })
    const reported = await advanceCase(
      tx,
      actor,
      row,
      { action: 'report', set: { reportedOn: input.reportedOn } },
      at as Instant,
    )
    if (!reported.ok) return reported
    if (order.appliedAt !== null) await enqueue(tx, actor, START_JOB, { caseId: row.id })
    const isLate = input.reportedOn > order.reportBy
    await askToSend(tx, actor, [
      {
        to: { role: 'bureau_hr' },
        key: isLate ? 'order.message.reportedLate' : 'order.message.reported',
        values: { number: row.number, on: input.reportedOn },
        href: `/rotation/orders/${order.batchId ?? ''}`,
      },
      {
        to: { schoolId: row.fromSchoolId },
        key: 'order.message.arrived',
        values: { on: input.reportedOn },
        href: '/rotation/orders',
      },
    ])
    return finished(
      { late: isLate },
      {
        message: { key: isLate ? 'order.reportedLate' : 'order.reported', values: { until: order.reportBy } },
        audit: {
          resource: 'case',
          objectId: row.id,
          teacherId: row.teacherId,
          details: { reportedOn: input.reportedOn },
        },
      },
    )
  },
})

/** Reported in after the order took effect: the worker begins the service. */
export const startReported = defineCommand({
  name: 'rotation.service.start',
  input: z.strictObject({ caseId: idSchema<CaseId>() }),
  run: async ({ tx, actor, input, at }) => {
    const [row] = await lockCaseRows(tx, [input.caseId])
    if (row?.state !== 'reported') return finished({ started: false })
    const [order] = await tx
      .select({ appliedAt: orders.appliedAt })
      .from(orders)
      .innerJoin(rotationCases, eq(rotationCases.id, orders.caseId))
      .where(and(eq(orders.caseId, row.id), eq(orders.state, 'issued')))
    if (!order?.appliedAt) return finished({ started: false })
    const started = await startService(tx, actor, row, at as Instant)
    if (!started.ok) return started
    return finished({ started: true }, { audit: { resource: 'case', objectId: row.id, teacherId: row.teacherId } })
  },
})
