import { and, asc, count, desc, eq, getTableColumns, gte, lt, or, type SQL, sql } from 'drizzle-orm'
import { auditChain, auditDetails, auditEvents, auditHeads, auditPending } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { CaseId } from '@/lib/rules/values/ids.ts'

export interface AuditQuery {
  action?: string
  who?: string
  outcome?: string
  object?: string
  from?: string
  to?: string
  page: number
  size: number
}

function filterOf(query: Omit<AuditQuery, 'page' | 'size'>, timeZone: string): SQL | undefined {
  const words = (text: string) => `%${text.replace(/[%_\\]/g, '\\$&')}%`
  const at = (day: string) => sql`(${day}::date::timestamp AT TIME ZONE ${timeZone})`
  return and(
    query.action ? sql`${auditEvents.action} ILIKE ${words(query.action)}` : undefined,
    query.who ? sql`${auditEvents.actorName} ILIKE ${words(query.who)}` : undefined,
    query.outcome ? eq(auditEvents.outcome, query.outcome) : undefined,
    query.object ? or(eq(auditEvents.objectId, query.object), eq(auditEvents.resource, query.object)) : undefined,
    query.from ? gte(auditEvents.at, at(query.from)) : undefined,
    query.to ? lt(auditEvents.at, sql`(${query.to}::date + 1)::timestamp AT TIME ZONE ${timeZone}`) : undefined,
  )
}

/** A page of the trail, newest first. */
export async function listEvents(tx: Tx, query: AuditQuery, timeZone: string) {
  const where = filterOf(query, timeZone)
  // Of a refusal also what its sentence was filled with; other details are read one event at a time.
  const rows = await tx
    .select({ ...getTableColumns(auditEvents), details: auditDetails.details })
    .from(auditEvents)
    .leftJoin(
      auditDetails,
      and(
        eq(auditDetails.districtId, auditEvents.districtId),
        eq(auditDetails.eventId, auditEvents.id),
        eq(auditEvents.outcome, 'refused'),
      ),
    )
    .where(where)
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(query.size)
    .offset((query.page - 1) * query.size)
  const [total] = await tx.select({ n: count() }).from(auditEvents).where(where)
  return { rows, total: total?.n ?? 0 }
}

/** All that a filter finds, for the auditor's export; at most 100,000. */
export const exportEvents = (tx: Tx, query: Omit<AuditQuery, 'page' | 'size'>, timeZone: string) =>
  tx
    .select()
    .from(auditEvents)
    .where(filterOf(query, timeZone))
    .orderBy(asc(auditEvents.at), asc(auditEvents.id))
    .limit(100_000)

/** One event with its details and its place in the chain. */
export async function findEvent(tx: Tx, eventId: string) {
  const [row] = await tx
    .select({ event: auditEvents, details: auditDetails.details, seq: auditChain.seq, hash: auditChain.hash })
    .from(auditEvents)
    .leftJoin(
      auditDetails,
      and(eq(auditDetails.districtId, auditEvents.districtId), eq(auditDetails.eventId, auditEvents.id)),
    )
    .leftJoin(
      auditChain,
      and(eq(auditChain.districtId, auditEvents.districtId), eq(auditChain.eventId, auditEvents.id)),
    )
    .where(eq(auditEvents.id, eventId))
  return row ?? null
}

/** The last signed heads and the state of sealing. */
export async function sealing(tx: Tx) {
  const heads = await tx.select().from(auditHeads).orderBy(desc(auditHeads.seq)).limit(30)
  const [sealed] = await tx.select({ n: count() }).from(auditChain)
  const [waiting] = await tx.select({ n: count() }).from(auditPending)
  return { heads, sealed: sealed?.n ?? 0, waiting: waiting?.n ?? 0 }
}

/** Who did what to one case, for everybody who sees the case; details are the auditor's alone. */
export const caseTrail = (tx: Tx, caseId: CaseId) =>
  tx
    .select({
      id: auditEvents.id,
      at: auditEvents.at,
      by: auditEvents.actorName,
      role: auditEvents.role,
      action: auditEvents.action,
      outcome: auditEvents.outcome,
    })
    .from(auditEvents)
    .where(and(eq(auditEvents.resource, 'case'), eq(auditEvents.objectId, caseId)))
    .orderBy(asc(auditEvents.at), asc(auditEvents.id))
