import { auditDetails, auditEvents } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import { canonicalJson } from './canonical.ts'
import { now } from './clock.ts'
import { sha256, sha256Hex } from './crypto.ts'
import { newId } from './new-id.ts'

export interface AuditEntry {
  /** Name of the command, or sign-in, export, reveal … */
  action: string
  /** case, notice, order, round, policy, teacher, user … */
  resource?: string
  objectId?: string
  /** The person it concerns, who may read it. */
  teacherId?: TeacherId | null
  outcome: 'done' | 'refused' | 'failed'
  reason?: string | null
  /** What changed; names of fields only for classes f1 and f3. Whole numbers only. */
  details?: unknown
  requestId?: string
}

/**
 * Writes one event in the same transaction as the change: no row, no change. h = SHA-256 of the canonical form
 * of the event's columns (security.md §6.2); a trigger queues it for sealing.
 */
export async function writeAudit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<string> {
  const details = entry.details === undefined ? null : (JSON.parse(JSON.stringify(entry.details)) as unknown)
  const isUser = actor.kind === 'user'
  const row = {
    districtId: actor.districtId,
    id: newId<string>(),
    at: now() as string,
    actorUserId: isUser ? actor.userId : actor.kind === 'anonymous' ? (actor.userId ?? null) : null,
    actorPersonId: isUser ? actor.personId : null,
    actorName: nameOf(actor),
    grantId: isUser ? actor.grantId : null,
    role: isUser ? actor.role : actor.kind,
    onBehalfOf: isUser ? (actor.onBehalfOf?.userId ?? null) : null,
    sessionId: isUser ? actor.sessionId : null,
    requestId: entry.requestId ?? null,
    action: entry.action,
    resource: entry.resource ?? null,
    objectId: entry.objectId ?? null,
    teacherId: entry.teacherId ?? null,
    outcome: entry.outcome,
    reason: entry.reason ?? null,
    detailsHash: details === null ? null : sha256Hex(canonicalDetails(details)),
  }
  await tx.insert(auditEvents).values({ ...row, h: sha256(canonicalEvent(row)) })
  if (details !== null) await tx.insert(auditDetails).values({ districtId: row.districtId, eventId: row.id, details })
  return row.id
}

/** Whoever signs in is named by the login once it has proved to be theirs; a login only tried names nobody. */
function nameOf(actor: Actor): string {
  if (actor.kind === 'user') return actor.name
  if (actor.kind === 'system') return actor.job
  return (actor.userId && actor.login) || 'anonymous'
}

/** Details may hold fractions and dates of the business; they are bound as the text JSON.stringify gives, keys sorted. */
export const canonicalDetails = (details: unknown): string =>
  canonicalJson(JSON.parse(JSON.stringify(details, (_, value) => (typeof value === 'number' ? String(value) : value))))

type EventColumns = Omit<typeof auditEvents.$inferSelect, 'h'>

/** The bytes that `h` hashes; every column of the event, moments as UTC milliseconds, with the format's version. */
export function canonicalEvent(event: EventColumns): string {
  const { at, ...rest } = event
  return canonicalJson({ ...rest, at: new Date(at).toISOString(), v: 1 })
}
