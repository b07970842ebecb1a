import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { sessions, users } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import { idSchema, type UserId } from '@/lib/rules/values/ids.ts'
import { finished } from './command.ts'
import { defineOperation } from './two-person.ts'

/** Closes an account: the version rises, so every session of it dies whatever browser holds it. */
export async function setDisabled(tx: Tx, userId: UserId, at: string): Promise<void> {
  one(
    await tx
      .update(users)
      .set({ disabledAt: at, sessionVersion: sql`${users.sessionVersion} + 1` })
      .where(eq(users.id, userId))
      .returning({ id: users.id }),
  )
  await tx
    .update(sessions)
    .set({ endedAt: at, endReason: 'disabled' })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
}

/** SD-10: the auditor cannot be put out of action by one administrator. */
export const disableAuditorOperation = defineOperation({
  name: 'platform.user.disableAuditor',
  asks: 'platform.user.disable',
  answerRoles: ['bureau_security'],
  payload: z.strictObject({ userId: idSchema<UserId>(), reason: z.string() }),
  href: (userId) => `/accounts/${userId}`,
  execute: async ({ tx, at }, { userId }) => {
    await setDisabled(tx, userId, at)
    return finished(null, {
      message: { key: 'account.said.auditorDisabled' },
      audit: { resource: 'user', objectId: userId },
    })
  },
})
