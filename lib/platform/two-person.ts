import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { approvals2, districts } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Permission } from '@/lib/rules/access/permissions.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import { idSchema } from '@/lib/rules/values/ids.ts'
import { type Outcome, refuse } from '@/lib/rules/values/outcome.ts'
import { canonicalDetails } from './audit.ts'
import { fromNow, type Instant, now } from './clock.ts'
import { type CommandContext, type Done, defineCommand, finished } from './command.ts'
import { sha256Hex } from './crypto.ts'
import { newId } from './new-id.ts'
import { limitsOf } from './settings.ts'

/** Who asked for a two-person operation; the executor tests separation of duties with both. */
export interface AskedBy {
  userId: string
  personId: string
  name: string
  at: string
  reason: string | null
}

/** A two-person operation (security.md §2.5): asked by one, executed when another person of a fitting role approves. */
export interface Operation<P> {
  name: string
  /** Permission of the command that asks. */
  asks: Permission
  answerRoles: readonly Role[]
  payload: z.ZodType<P>
  /** Page where the subject is read before answering. */
  href: (subjectId: string) => string
  /** Does it, in the transaction of the answer. The payload is the one approved, its hash proved. */
  execute: (
    context: Pick<CommandContext<unknown, unknown>, 'tx' | 'actor' | 'at' | 'today' | 'keys'>,
    payload: P,
    asked: AskedBy,
  ) => Promise<Outcome<Done<unknown>>>
}

/** An operation among all others, whatever its payload. */
export interface RegisteredOperation extends Omit<Operation<never>, 'payload'> {
  payload: z.ZodType
}

export const defineOperation = <P>(operation: Operation<P>): Operation<P> => operation

export interface AskInput<P> {
  subjectId: string
  payload: P
  /** Values of the sentence `twoPerson.summary.<operation>` that the second person reads. */
  summary: Record<string, string | number>
  reason?: string | null
}

/** Puts a request before the second person; an open one on the same subject is replaced by nothing: it is refused. */
export async function askSecondPerson<P>(
  tx: Tx,
  actor: UserActor,
  operation: Operation<P>,
  ask: AskInput<P>,
): Promise<Outcome<string>> {
  const open = await tx
    .select({ id: approvals2.id, by: approvals2.askedByName })
    .from(approvals2)
    .where(
      and(
        eq(approvals2.operation, operation.name),
        eq(approvals2.subjectId, ask.subjectId),
        isNull(approvals2.verdict),
        sql`${approvals2.expiresAt} > ${now()}`,
      ),
    )
  if (open[0]) return refuse('platform.refusal.askedAlready', { by: open[0].by })
  const [district] = await tx.select({ settings: districts.settings }).from(districts)
  const id = newId<string>()
  const payload = JSON.parse(JSON.stringify(ask.payload)) as unknown
  await tx.insert(approvals2).values({
    districtId: actor.districtId,
    id,
    operation: operation.name,
    subjectId: ask.subjectId,
    payload,
    payloadHash: hashOf(operation.name, payload),
    summary: ask.summary,
    askedBy: actor.userId,
    askedByPerson: actor.personId,
    askedByName: actor.name,
    askedAt: now(),
    reason: ask.reason ?? null,
    expiresAt: fromNow(limitsOf(district?.settings ?? {}).twoPersonHours * 3600),
  })
  return { ok: true, value: id }
}

const hashOf = (operation: string, payload: unknown) => sha256Hex(canonicalDetails({ operation, payload }))

/** The command with which the second person approves or refuses; `operations` is the registry of all areas. */
export const answerCommand = (operations: readonly RegisteredOperation[]) =>
  defineCommand({
    name: 'platform.twoPerson.answer',
    input: z.strictObject({
      requestId: idSchema<string>(),
      verdict: z.enum(['approved', 'refused']),
      reason: z.string().trim().max(500).default(''),
    }),
    target: async (tx, { requestId }) => {
      // Locked when it is open and another's; else read plainly, so that the answer says why not.
      const [locked] = await tx.select().from(approvals2).where(eq(approvals2.id, requestId)).for('update')
      const [row] = locked ? [locked] : await tx.select().from(approvals2).where(eq(approvals2.id, requestId))
      return row ? { ...row, target: {} } : null
    },
    run: async ({ tx, actor, input, before, at, today, keys }) => {
      if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
      const operation = operations.find((candidate) => candidate.name === before.operation)
      if (!operation) return refuse('platform.refusal.notFound')
      if (before.verdict) return refuse('platform.refusal.answeredAlready', { by: before.answeredByName ?? '' })
      if (Date.parse(before.expiresAt) <= Date.parse(at)) return refuse('platform.refusal.requestExpired')
      if (!operation.answerRoles.includes(actor.role)) return refuse('platform.refusal.forbidden')
      if (before.askedByPerson === actor.personId)
        return refuse('platform.refusal.secondPerson', undefined, { rule: 'SD-2' })
      const payload = operation.payload.safeParse(before.payload)
      if (!payload.success || hashOf(operation.name, before.payload) !== before.payloadHash)
        return refuse('platform.refusal.payloadChanged')
      if (input.verdict === 'refused' && input.reason.length === 0)
        return refuse('platform.refusal.required', undefined, { field: 'reason' })
      const answered = {
        verdict: input.verdict,
        answeredBy: actor.userId,
        answeredByPerson: actor.personId,
        answeredByName: actor.name,
        answeredAt: at as Instant,
        answerReason: input.reason || null,
        executedAt: input.verdict === 'approved' ? at : null,
      }
      one(
        await tx.update(approvals2).set(answered).where(eq(approvals2.id, before.id)).returning({ id: approvals2.id }),
      )
      const audit = {
        resource: 'two_person',
        objectId: before.id,
        reason: input.reason || null,
        details: { operation: operation.name, subject: before.subjectId, verdict: input.verdict },
      }
      if (input.verdict === 'refused')
        return finished({ executed: false }, { message: { key: 'platform.twoPerson.refusedNow' }, audit })
      const result = await operation.execute({ tx, actor, at, today, keys }, payload.data as never, {
        userId: before.askedBy,
        personId: before.askedByPerson,
        name: before.askedByName,
        at: before.askedAt,
        reason: before.reason,
      })
      if (!result.ok) return result
      return finished(
        { executed: true },
        {
          message: result.value.message,
          audit: { ...audit, details: { ...audit.details, ...asRecord(result.value.audit?.details) } },
        },
      )
    },
  })

const asRecord = (value: unknown): Record<string, unknown> =>
  value && typeof value === 'object' ? { result: value } : {}
