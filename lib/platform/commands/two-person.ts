import { and, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { approvals2 } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { defineCommand, finished } from '../command.ts'

/** Takes an open request back: it expires now. Only who asked can. */
export const withdrawRequest = defineCommand({
  name: 'platform.twoPerson.withdraw',
  input: z.strictObject({ requestId: idSchema<string>() }),
  target: async (tx, { requestId }) => {
    const [row] = await tx.select().from(approvals2).where(eq(approvals2.id, requestId))
    return row ? { ...row, target: {} } : null
  },
  run: async ({ tx, actor, before, at }) => {
    if (actor.kind !== 'user' || before.askedBy !== actor.userId) return refuse('twoPerson.refusal.notYours')
    if (before.verdict) return refuse('platform.refusal.answeredAlready', { by: before.answeredByName ?? '' })
    if (Date.parse(before.expiresAt) <= Date.parse(at)) return refuse('platform.refusal.requestExpired')
    one(
      await tx
        .update(approvals2)
        .set({ expiresAt: at })
        .where(and(eq(approvals2.id, before.id), isNull(approvals2.verdict)))
        .returning({ id: approvals2.id }),
    )
    return finished(null, {
      message: { key: 'twoPerson.said.withdrawn' },
      audit: {
        resource: 'two_person',
        objectId: before.id,
        details: { operation: before.operation, subject: before.subjectId },
      },
    })
  },
})
