import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { districts, orders, publicNotices, rotationCases } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { todayIn } from '@/lib/platform/clock.ts'
import { runCommand } from '@/lib/platform/command.ts'
import { IncidentError } from '@/lib/platform/log.ts'
import type { DailyJob, JobHandler } from '@/lib/platform/queue.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { addDays, type LocalDate } from '@/lib/rules/values/dates.ts'
import { applyOrder } from '../commands/apply-order.ts'
import { endNotice } from '../commands/end-notice.ts'
import { FREEZE_JOB, freezeCase } from '../commands/objections.ts'
import { START_JOB, startReported } from '../commands/report-in.ts'
import { syncService } from '../commands/sync-service.ts'
import { SYNC_JOB } from '../operations/change-service.ts'
import { APPLY_NOW_JOB } from '../operations/issue-orders.ts'
import { askToSend, type Message } from '../store/send-notifications.ts'

interface Applied {
  done: number
  refused: { id: string; why: string }[]
}

/** Orders due by a day, in the order of their days, each in a transaction of its own: one bad order holds up no other. */
export async function applyDueOrders(actor: SystemActor): Promise<Applied> {
  const due = await withScope(
    actor,
    (tx) =>
      tx
        .select({ id: orders.id })
        .from(orders)
        .where(
          and(
            eq(orders.state, 'issued'),
            isNull(orders.appliedAt),
            sql`coalesce(${orders.deferredTo}, ${orders.effectiveOn}) <= ${actor.today}`,
          ),
        )
        .orderBy(asc(orders.effectiveOn), asc(orders.serial)),
    { readOnly: true },
  )
  const report: Applied = { done: 0, refused: [] }
  for (const { id } of due) {
    try {
      const outcome = await runCommand(applyOrder, actor, { orderId: id })
      if (outcome.ok) report.done += 1
      else report.refused.push({ id, why: outcome.refusals.map(({ code }) => code).join(', ') })
    } catch (error) {
      if (!(error instanceof IncidentError)) throw error
      report.refused.push({ id, why: error.number })
    }
  }
  return report
}

/** 调令 whose day has come take effect, also those that fell due while the server was down. */
export const applyOrdersDaily: DailyJob = {
  name: 'rotation.orders.apply',
  run: ({ actor, forDay }) => applyDueOrders({ ...actor, today: forDay }),
}

/** Orders issued on or after their day do not wait for tomorrow. */
export const applyOrdersNow: JobHandler = { name: APPLY_NOW_JOB, run: ({ actor }) => applyDueOrders(actor) }

export const freezeJob: JobHandler = {
  name: FREEZE_JOB,
  run: ({ actor, payload }) => runCommand(freezeCase, actor, payload),
}
export const startJob: JobHandler = {
  name: START_JOB,
  run: ({ actor, payload }) => runCommand(startReported, actor, payload),
}

/** The register follows a case whose end changed. */
export const syncJob: JobHandler = {
  name: SYNC_JOB,
  run: ({ actor, payload }) => runCommand(syncService, actor, payload),
}

/** Notices whose last day has passed end; also on a day made up after a stop. */
export const endNotices: DailyJob = {
  name: 'rotation.notices.end',
  run: async ({ actor }) => {
    const over = await withScope(
      actor,
      (tx) =>
        tx
          .select({ id: publicNotices.id })
          .from(publicNotices)
          .where(and(eq(publicNotices.state, 'published'), sql`${publicNotices.endsOn} < ${actor.today}`)),
      { readOnly: true },
    )
    for (const { id } of over) await runCommand(endNotice, actor, { noticeId: id })
    return { ended: over.length }
  },
}

/** The day before the last day to report in: the teacher and both schools; once past it: the bureau, once. */
export const remindReportIn: DailyJob = {
  name: 'rotation.orders.remind',
  run: async ({ actor, forDay }) =>
    withScope(actor, async (tx) => {
      const [district] = await tx.select().from(districts)
      // Days made up after a stop are past: only the last of them still reminds
      if (!district || forDay < todayIn(district)) return { reminded: 0 }
      const waiting = await tx
        .select({ order: orders, row: rotationCases })
        .from(orders)
        .innerJoin(rotationCases, eq(rotationCases.id, orders.caseId))
        .where(
          and(
            eq(orders.state, 'issued'),
            eq(rotationCases.state, 'ordered'),
            sql`${orders.reportBy} <= ${addDays(forDay, 1)}`,
            sql`(${orders.remindedOn} IS NULL OR (${orders.remindedOn} <= ${orders.reportBy} AND ${orders.reportBy} < ${forDay}))`,
          ),
        )
      const messages = waiting.flatMap(({ order, row }): Message[] => remindersOf(order, row, forDay))
      await askToSend(tx, actor, messages)
      for (const { order } of waiting)
        await tx.update(orders).set({ remindedOn: forDay }).where(eq(orders.id, order.id))
      return { reminded: waiting.length }
    }),
}

function remindersOf(
  order: typeof orders.$inferSelect,
  row: typeof rotationCases.$inferSelect,
  today: LocalDate,
): Message[] {
  const values = { until: order.reportBy, number: row.number }
  if (order.reportBy < today)
    return [{ to: { role: 'bureau_hr' }, key: 'order.message.overdue', values, href: '/rotation/orders?late=1' }]
  return [
    { to: { teacherId: row.teacherId }, key: 'order.message.reportSoon', values, href: '/my/papers' },
    ...(row.toSchoolId
      ? [{ to: { schoolId: row.toSchoolId }, key: 'order.message.expectSoon', values, href: '/rotation/orders' }]
      : []),
  ]
}
