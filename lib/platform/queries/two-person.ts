import { and, count, desc, eq, inArray, isNotNull, isNull, ne, or, sql } from 'drizzle-orm'
import { approvals2 } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { now } from '../clock.ts'
import type { RegisteredOperation } from '../two-person.ts'

type Operations = readonly Pick<RegisteredOperation, 'name' | 'answerRoles'>[]

const answerable = (actor: UserActor, operations: Operations) =>
  operations.filter((operation) => operation.answerRoles.includes(actor.role)).map((operation) => operation.name)

const isOpen = () => and(isNull(approvals2.verdict), sql`${approvals2.expiresAt} > ${now()}`)

/** Requests that wait for this person's answer. */
export const waitingFor = (tx: Tx, actor: UserActor, operations: Operations) =>
  tx
    .select()
    .from(approvals2)
    .where(
      and(
        isOpen(),
        ne(approvals2.askedByPerson, actor.personId),
        inArray(approvals2.operation, answerable(actor, operations)),
      ),
    )
    .orderBy(approvals2.askedAt)

/** What has been asked for about one thing and nobody has answered. */
export const openRequestsOf = (tx: Tx, subjectId: string) =>
  tx
    .select()
    .from(approvals2)
    .where(and(isOpen(), eq(approvals2.subjectId, subjectId)))
    .orderBy(approvals2.askedAt)

export async function countWaitingFor(tx: Tx, actor: UserActor, operations: Operations): Promise<number> {
  const mine = answerable(actor, operations)
  if (mine.length === 0) return 0
  const [row] = await tx
    .select({ n: count() })
    .from(approvals2)
    .where(and(isOpen(), ne(approvals2.askedByPerson, actor.personId), inArray(approvals2.operation, mine)))
  return row?.n ?? 0
}

/** What I asked for and nobody has answered. */
export const askedByMe = (tx: Tx, actor: UserActor) =>
  tx
    .select()
    .from(approvals2)
    .where(and(isOpen(), eq(approvals2.askedBy, actor.userId)))
    .orderBy(approvals2.askedAt)

/** Answered and lapsed requests: one's own for those who take part, all for the auditor and the security administrator. */
export const settledRequests = (tx: Tx, actor: UserActor) =>
  tx
    .select()
    .from(approvals2)
    .where(
      and(
        or(isNotNull(approvals2.verdict), sql`${approvals2.expiresAt} <= ${now()}`),
        actor.role === 'bureau_auditor' || actor.role === 'bureau_security'
          ? undefined
          : or(eq(approvals2.askedBy, actor.userId), eq(approvals2.answeredBy, actor.userId)),
      ),
    )
    .orderBy(desc(approvals2.askedAt))
    .limit(50)
