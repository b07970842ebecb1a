import { and, eq, inArray, sql } from 'drizzle-orm'
import { notifications, roleGrants, users } from '@/db/schema/index.ts'
import { type Tx, withScope } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { enqueue, type JobHandler } from '@/lib/platform/queue.ts'
import type { Actor, SystemActor } from '@/lib/rules/access/actor.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import type { SchoolId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'

/** Who is told: a teacher, the people of a school, one user, or everyone of a bureau role. */
export type Addressee =
  | { teacherId: TeacherId }
  | { schoolId: SchoolId }
  | { userId: UserId }
  | { role: Extract<Role, 'bureau_hr' | 'bureau_reviewer'> }

/** `values` name schools, numbers and days, never a person: jobs and messages carry no personal data. */
export interface Message {
  to: Addressee
  key: string
  values?: Record<string, string | number>
  href: string
}

const JOB = 'rotation.messages.send'

/** Puts messages on their way in the same transaction; the worker finds the accounts, which a school may not see. */
export async function askToSend(tx: Tx, actor: Actor, messages: readonly Message[]): Promise<void> {
  if (messages.length > 0) await enqueue(tx, actor, JOB, { messages })
}

async function usersOf(tx: Tx, to: Addressee, today: string): Promise<UserId[]> {
  if ('userId' in to) return [to.userId]
  if ('teacherId' in to) {
    const rows = await tx.select({ id: users.id }).from(users).where(eq(users.teacherId, to.teacherId))
    return rows.map(({ id }) => id)
  }
  const rows = await tx
    .selectDistinct({ id: roleGrants.userId })
    .from(roleGrants)
    .where(
      and(
        'schoolId' in to
          ? and(eq(roleGrants.schoolId, to.schoolId), inArray(roleGrants.role, ['principal', 'school_hr']))
          : eq(roleGrants.role, to.role),
        sql`${roleGrants.validFrom} <= ${today} AND ${roleGrants.validTo} > ${today}`,
      ),
    )
  return rows.map(({ id }) => id)
}

/** Writes the messages of a job: one notification a user and message. */
export async function sendMessages(tx: Tx, actor: SystemActor, messages: readonly Message[]): Promise<number> {
  let sent = 0
  for (const message of messages)
    for (const userId of await usersOf(tx, message.to, actor.today)) {
      await tx.insert(notifications).values({
        districtId: actor.districtId,
        id: newId<string>(),
        userId,
        kind: message.key.split('.')[0] ?? 'rotation',
        key: message.key,
        values: message.values ?? {},
        href: message.href,
        at: now(),
      })
      sent += 1
    }
  return sent
}

export const sendMessagesJob: JobHandler = {
  name: JOB,
  run: ({ actor, payload }) => withScope(actor, (tx) => sendMessages(tx, actor, payload.messages as Message[])),
}
