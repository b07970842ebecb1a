import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { objections, publicNotices, rotationCases } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { idSchema, type NoticeId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { advanceAll, lockCaseRows } from '../store/advance-case.ts'
import { askToSend } from '../store/send-notifications.ts'

/** A notice whose last day is over: those without an open objection are 待下达 (R-PUB-2: the last day runs to 24:00). */
export const endNotice = defineCommand({
  name: 'rotation.notice.end',
  input: z.strictObject({ noticeId: idSchema<NoticeId>() }),
  target: async (tx, { noticeId }) => {
    const [notice] = await tx.select().from(publicNotices).where(eq(publicNotices.id, noticeId)).for('update')
    return notice ? { ...notice, target: {} } : null
  },
  run: async ({ tx, actor, before: notice, at, today }) => {
    if (notice.state !== 'published' || !notice.endsOn || notice.endsOn >= today)
      return refuse('notice.refusal.state', { state: notice.state })
    const waiting = await tx
      .select({ id: rotationCases.id })
      .from(rotationCases)
      .where(and(eq(rotationCases.noticeId, notice.id), eq(rotationCases.state, 'on_notice')))
    const open = new Set(
      (
        await tx
          .select({ caseId: objections.caseId })
          .from(objections)
          .where(and(eq(objections.noticeId, notice.id), eq(objections.state, 'open')))
      ).map(({ caseId }) => caseId),
    )
    const rows = await lockCaseRows(
      tx,
      waiting.map(({ id }) => id).filter((id) => !open.has(id)),
    )
    const moved = await advanceAll(tx, actor, rows, () => ({ action: 'end_notice' }), at as Instant)
    if (!moved.ok) return moved
    one(
      await tx
        .update(publicNotices)
        .set({ state: 'ended', version: notice.version + 1 })
        .where(eq(publicNotices.id, notice.id))
        .returning({ id: publicNotices.id }),
    )
    await askToSend(tx, actor, [
      {
        to: { role: 'bureau_hr' },
        key: 'notice.message.ended',
        values: { count: rows.length, open: open.size },
        href: '/rotation/orders',
      },
    ])
    return finished(
      { ready: rows.length },
      { audit: { resource: 'notice', objectId: notice.id, details: { ready: rows.map(({ id }) => id) } } },
    )
  },
})
