import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { postings } from '@/db/schema/index.ts'
import { exactly } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { type CaseId, idSchema } from '@/lib/rules/values/ids.ts'
import { refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { advanceAll, lockCaseRows } from '../store/advance-case.ts'
import { askToSend, type Message } from '../store/send-notifications.ts'

/** 期满返回, one or many: the posting is over, the clock of R-ELIG-11 restarts in the month after its last day. */
export const completeService = defineCommand({
  name: 'rotation.service.complete',
  input: z.strictObject({ caseIds: z.array(idSchema<CaseId>()).min(1).max(500) }),
  run: async ({ tx, actor, input, at, today }) => {
    const rows = await lockCaseRows(tx, input.caseIds)
    if (rows.length !== new Set(input.caseIds).size) return refuse('platform.refusal.notFound')
    const early = rows.filter((row) => row.endsOn === null || row.endsOn >= today)
    if (early.length > 0)
      return refuseAll(
        early.map((row) => ({
          code: 'posting.refusal.notOver',
          values: { number: row.number, end: row.endsOn ?? '—' },
        })),
      )
    const moved = await advanceAll(tx, actor, rows, () => ({ action: 'complete' }), at as Instant)
    if (!moved.ok) return moved
    for (const row of rows)
      exactly(
        await tx
          .update(postings)
          .set({ planned: false, changedAt: at })
          .where(and(eq(postings.caseId, row.id), eq(postings.movesRelation, false)))
          .returning({ id: postings.id }),
        1,
      )
    await askToSend(
      tx,
      actor,
      rows.flatMap((row): Message[] => [
        { to: { teacherId: row.teacherId }, key: 'posting.message.complete', href: '/my/papers' },
        { to: { schoolId: row.fromSchoolId }, key: 'posting.message.back', href: '/rotation/service' },
      ]),
    )
    return finished(
      { completed: rows.length },
      {
        message: { key: 'posting.completed', values: { count: rows.length } },
        audit: { resource: 'case', objectId: rows[0]?.id, details: { cases: rows.map(({ id }) => id) } },
      },
    )
  },
})
