import { and, eq, inArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import { delegations, idempotencyKeys, roleGrants, sessions, users } from '@/db/schema/index.ts'
import { type ScopeOptions, type Tx, withScope } from '@/db/scope.ts'
import type { Actor, UserActor } from '@/lib/rules/access/actor.ts'
import { mayActOn, mayUse, type Permission, type Target } from '@/lib/rules/access/permissions.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { type Outcome, type Refusal, refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { type AuditEntry, canonicalDetails, writeAudit } from './audit.ts'
import { type Instant, now } from './clock.ts'
import { type Keyring, keyring, sha256Hex } from './crypto.ts'
import { incident } from './log.ts'
import { problemsOf } from './problems.ts'
import { mayRetry, refusalOfConstraint } from './refusal-of-constraint.ts'

/** What a finished command tells: its value, the sentence for the person, and what the trail keeps. */
export interface Done<R> {
  value: R
  /** Message key and values: what is now true and what comes next. */
  message?: { key: string; values?: Record<string, string | number> }
  audit?: Pick<AuditEntry, 'resource' | 'objectId' | 'teacherId' | 'reason' | 'details'>
}

export interface CommandContext<I, T> {
  tx: Tx
  actor: Actor
  input: I
  /** The row loaded and locked by `target`. */
  before: T
  at: Instant
  today: LocalDate
  keys: () => Promise<Keyring>
}

export interface Command<S extends z.ZodType, T, R> {
  name: Permission
  input: S
  /** Loads and locks the row; its `target` decides whether it is the actor's. null: not there, or not visible. */
  target?: (tx: Tx, input: z.output<S>, actor: Actor) => Promise<(T & { target: Target }) | null>
  scope?: ScopeOptions
  /** The value is a secret shown once (an activation link, an ID number): a repeated post gets the sentence, never the value again. */
  secretValue?: boolean
  run: (context: CommandContext<z.output<S>, T>) => Promise<Outcome<Done<R>>>
  /**
   * Instead of `run`: work that is many transactions, each passing the gate by a command of its own. What is done stays
   * done when a later one fails or the server stops; the same key goes on where it stopped.
   */
  apart?: (actor: Actor, input: z.output<S>, options: RunOptions) => Promise<Outcome<Done<R>>>
}

/** One write: input, right, change, trail. Page, command line and worker pass the same gate (security.md §3.1). */
export const defineCommand = <S extends z.ZodType, T = undefined, R = unknown>(
  command: Command<S, T, R>,
): Command<S, T, R> => command

/** Ends `run` well. */
export const finished = <R>(value: R, more: Omit<Done<R>, 'value'> = {}): Outcome<Done<R>> => ({
  ok: true,
  value: { value, ...more },
})

class RolledBack extends Error {
  constructor(readonly refusals: Refusal[]) {
    super('refused')
  }
}

/** The session, the grant and the account are alive now; else the refusal `platform.refusal.signInAgain`. */
export async function isActorLive(tx: Tx, actor: UserActor): Promise<boolean> {
  const rows = await tx
    .select({ id: roleGrants.id })
    .from(roleGrants)
    .innerJoin(users, and(eq(users.districtId, roleGrants.districtId), eq(users.id, roleGrants.userId)))
    .leftJoin(
      sessions,
      and(eq(sessions.districtId, roleGrants.districtId), eq(sessions.id, sql`${actor.sessionId}::uuid`)),
    )
    .where(
      and(
        eq(roleGrants.id, actor.grantId),
        eq(roleGrants.userId, actor.onBehalfOf?.userId ?? actor.userId),
        eq(roleGrants.role, actor.role),
        sql`${roleGrants.validFrom} <= ${actor.today} AND ${roleGrants.validTo} > ${actor.today}`,
        sql`${roleGrants.endedAt} IS NULL AND ${users.disabledAt} IS NULL`,
        actor.sessionId
          ? sql`${sessions.endedAt} IS NULL AND (${sessions.userId} <> ${users.id} OR ${sessions.version} = ${users.sessionVersion})`
          : sql`true`,
      ),
    )
  if (rows.length !== 1) return false
  return actor.onBehalfOf ? isDelegationLive(tx, actor) : true
}

/** A delegate acts only while the delegation runs and they still hold a post at that school or in the bureau (SD-7). */
async function isDelegationLive(tx: Tx, actor: UserActor): Promise<boolean> {
  const mine = alias(roleGrants, 'mine')
  const rows = await tx
    .select({ id: delegations.id })
    .from(delegations)
    .innerJoin(users, and(eq(users.districtId, delegations.districtId), eq(users.id, delegations.toUser)))
    .innerJoin(mine, and(eq(mine.districtId, delegations.districtId), eq(mine.userId, delegations.toUser)))
    .where(
      and(
        eq(delegations.grantId, actor.grantId),
        eq(delegations.toUser, actor.userId),
        sql`${delegations.endedAt} IS NULL AND ${users.disabledAt} IS NULL`,
        sql`(${actor.sessionId}::uuid IS NULL OR EXISTS (SELECT 1 FROM ${sessions} WHERE ${sessions.id} = ${actor.sessionId}::uuid AND ${sessions.version} = ${users.sessionVersion}))`,
        sql`${delegations.validFrom} <= ${actor.today} AND ${delegations.validTo} > ${actor.today}`,
        sql`${mine.validFrom} <= ${actor.today} AND ${mine.validTo} > ${actor.today}`,
        actor.role === 'principal'
          ? inArray(mine.schoolId, actor.schoolIds)
          : inArray(mine.role, ['bureau_hr', 'bureau_reviewer']),
      ),
    )
  return rows.length > 0
}

export interface RunOptions {
  /** Made by the form; the same key gets the same answer. */
  idempotencyKey?: string
  requestId?: string
}

/** Runs a command for an actor. Expected failures come back as refusals; the unexpected is thrown with an incident number. */
export async function runCommand<S extends z.ZodType, T, R>(
  command: Command<S, T, R>,
  actor: Actor,
  raw: unknown,
  options: RunOptions = {},
): Promise<Outcome<Done<R>>> {
  const refused = async (refusals: Refusal[]): Promise<Outcome<Done<R>>> => {
    await withScope(actor, (tx) =>
      writeAudit(tx, actor, {
        action: command.name,
        outcome: 'refused',
        reason: refusals.map((refusal) => refusal.code).join(', '),
        // The codes bind in the event; what filled the sentence may name people, so it lies with the details.
        details: refusals.some(({ values }) => values)
          ? { refusals: refusals.map(({ code, values }) => ({ code, values })) }
          : undefined,
        requestId: options.requestId,
      }),
    )
    return refuseAll(refusals)
  }
  if (!mayUse(actor, command.name)) return refused([{ code: 'platform.refusal.forbidden' }])
  const parsed = command.input.safeParse(raw)
  if (!parsed.success) return refuseAll(problemsOf(parsed.error))
  if (command.apart) return command.apart(actor, parsed.data, options)
  for (let attempt = 1; ; attempt++) {
    try {
      return await withScope(actor, (tx) => attemptCommand(command, actor, parsed.data, tx, options), command.scope)
    } catch (error) {
      if (error instanceof RolledBack) return refused(error.refusals)
      if (mayRetry(error) && attempt < 4) continue
      const known = refusalOfConstraint(error)
      if (known) return refused([known])
      throw incident(error, { action: command.name })
    }
  }
}

async function attemptCommand<S extends z.ZodType, T, R>(
  command: Command<S, T, R>,
  actor: Actor,
  input: z.output<S>,
  tx: Tx,
  options: RunOptions,
): Promise<Outcome<Done<R>>> {
  if (actor.kind === 'user' && !(await isActorLive(tx, actor)))
    throw new RolledBack([{ code: 'platform.refusal.signInAgain' }])
  const { idempotencyKey } = options
  const payloadHash = idempotencyKey ? sha256Hex(canonicalDetails(input ?? null)) : ''
  if (idempotencyKey && actor.kind === 'user') {
    const answer = await earlierAnswer<R>(tx, actor, command.name, idempotencyKey, payloadHash)
    if (answer) return answer
  }
  let before = undefined as T
  if (command.target) {
    const loaded = await command.target(tx, input, actor)
    if (!loaded) throw new RolledBack([{ code: 'platform.refusal.notFound' }])
    if (!mayActOn(actor, command.name, loaded.target)) throw new RolledBack([{ code: 'platform.refusal.notFound' }])
    before = loaded
  }
  let keys: Promise<Keyring> | undefined
  const outcome = await command.run({
    tx,
    actor,
    input,
    before,
    at: now(),
    today: actor.today,
    keys: () => (keys ??= keyring(tx, actor.districtId)),
  })
  if (!outcome.ok) throw new RolledBack(outcome.refusals)
  await writeAudit(tx, actor, {
    action: command.name,
    outcome: 'done',
    requestId: options.requestId,
    ...outcome.value.audit,
  })
  if (idempotencyKey && actor.kind === 'user') {
    await tx.insert(idempotencyKeys).values({
      districtId: actor.districtId,
      userId: actor.userId,
      key: idempotencyKey,
      command: command.name,
      payloadHash,
      answer: JSON.parse(JSON.stringify(command.secretValue ? { ...outcome.value, value: null } : outcome.value)),
      at: now(),
    })
  }
  return outcome
}

async function earlierAnswer<R>(
  tx: Tx,
  actor: UserActor,
  name: string,
  key: string,
  payloadHash: string,
): Promise<Outcome<Done<R>> | null> {
  // Two posts of one form at once: the second waits here for the first, then reads its answer.
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`${actor.userId}|${key}`}, 0))`)
  const [row] = await tx
    .select()
    .from(idempotencyKeys)
    .where(and(eq(idempotencyKeys.userId, actor.userId), eq(idempotencyKeys.key, key)))
  if (!row) return null
  if (row.command !== name || row.payloadHash !== payloadHash) return refuse('platform.refusal.keyReused')
  return { ok: true, value: row.answer as Done<R> }
}
