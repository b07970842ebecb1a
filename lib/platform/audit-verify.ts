import type { KeyObject } from 'node:crypto'
import { and, asc, eq, gt, notExists, sql } from 'drizzle-orm'
import { auditChain, auditDetails, auditEvents, auditHeads, auditPending } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { canonicalDetails, canonicalEvent } from './audit.ts'
import { type Head, headOf, isSigned } from './audit-heads.ts'
import { sameBytes, sha256, sha256Hex } from './crypto.ts'
import { GENESIS, linkHash } from './jobs/seal.ts'

/** What is wrong with the trail, at which place of the chain (0 where it has none). */
export interface Fault {
  code:
    | 'gap'
    | 'link'
    | 'hash'
    | 'eventMissing'
    | 'eventChanged'
    | 'detailsChanged'
    | 'timeOrder'
    | 'unsealed'
    | 'pendingWithoutEvent'
    | 'headSignature'
    | 'headMismatch'
    | 'cutTail'
    | 'givenHeadMismatch'
  seq: number
  /** Event, head or count, for the person who looks into it. */
  what: string
}

export interface Verdict {
  ok: boolean
  links: number
  waiting: number
  heads: number
  givenHeads: number
  /** Events whose details were deleted after retention; the chain holds their hash. */
  detailsGone: number
  faults: Fault[]
}

const CHUNK = 5000
const MOST_FAULTS = 50
/** Events are sealed in the order they arrive; clocks of two processes may differ by this much. */
const HOUR_MS = 3600_000

/**
 * Walks the whole chain of the district in scope: events ↔ links one to one, links, hashes, details, counts, order of
 * times, signed heads, and the heads given from outside (security.md §6.5). Stops collecting at 50 faults.
 */
export async function verifyChain(tx: Tx, keys: { own: KeyObject | null; given?: Head[] }): Promise<Verdict> {
  const verdict: Verdict = {
    ok: true,
    links: 0,
    waiting: 0,
    heads: 0,
    givenHeads: keys.given?.length ?? 0,
    detailsGone: 0,
    faults: [],
  }
  const fault = (code: Fault['code'], seq: number, what = '') => {
    if (verdict.faults.length < MOST_FAULTS) verdict.faults.push({ code, seq, what })
  }
  const hashAt = await walkLinks(tx, verdict, fault)
  await compareSets(tx, verdict, fault)
  await checkHeads(tx, verdict, fault, hashAt, keys)
  verdict.ok = verdict.faults.length === 0
  return verdict
}

type Report = (code: Fault['code'], seq: number, what?: string) => void

async function walkLinks(tx: Tx, verdict: Verdict, fault: Report): Promise<Map<number, string>> {
  const hashAt = new Map<number, string>()
  let prev: Buffer = GENESIS
  let last = 0
  let latest = Number.NEGATIVE_INFINITY
  for (;;) {
    const rows = await tx
      .select({ link: auditChain, event: auditEvents, details: auditDetails.details, detailsId: auditDetails.eventId })
      .from(auditChain)
      .leftJoin(
        auditEvents,
        and(eq(auditEvents.districtId, auditChain.districtId), eq(auditEvents.id, auditChain.eventId)),
      )
      .leftJoin(
        auditDetails,
        and(eq(auditDetails.districtId, auditChain.districtId), eq(auditDetails.eventId, auditChain.eventId)),
      )
      .where(gt(auditChain.seq, last))
      .orderBy(asc(auditChain.seq))
      .limit(CHUNK)
    if (rows.length === 0) return hashAt
    for (const { link, event, details, detailsId } of rows) {
      const { seq } = link
      verdict.links += 1
      if (seq !== last + 1) fault('gap', seq, `${last} → ${seq}`)
      if (!sameBytes(link.prev, prev)) fault('link', seq, link.eventId)
      if (!event) fault('eventMissing', seq, link.eventId)
      else {
        if (!sameBytes(link.hash, linkHash(link.prev, seq, event.h))) fault('hash', seq, event.id)
        const { h, ...columns } = event
        if (!sameBytes(h, sha256(canonicalEvent(columns)))) fault('eventChanged', seq, event.id)
        if (detailsId === null) verdict.detailsGone += event.detailsHash === null ? 0 : 1
        else if (event.detailsHash !== sha256Hex(canonicalDetails(details))) fault('detailsChanged', seq, event.id)
        const at = Date.parse(event.at)
        if (at < latest - HOUR_MS) fault('timeOrder', seq, event.id)
        latest = Math.max(latest, at)
      }
      hashAt.set(seq, link.hash.toString('hex'))
      prev = link.hash
      last = seq
    }
  }
}

/** Every event is in the chain or waits to be; nothing waits that is not an event. */
async function compareSets(tx: Tx, verdict: Verdict, fault: Report): Promise<void> {
  const linked = tx
    .select({ one: sql`1` })
    .from(auditChain)
    .where(and(eq(auditChain.districtId, auditEvents.districtId), eq(auditChain.eventId, auditEvents.id)))
  const waits = tx
    .select({ one: sql`1` })
    .from(auditPending)
    .where(and(eq(auditPending.districtId, auditEvents.districtId), eq(auditPending.eventId, auditEvents.id)))
  const stray = await tx
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(and(notExists(linked), notExists(waits)))
    .limit(MOST_FAULTS)
  for (const event of stray) fault('unsealed', 0, event.id)
  const waiting = await tx
    .select({ id: auditPending.eventId, event: auditEvents.id })
    .from(auditPending)
    .leftJoin(
      auditEvents,
      and(eq(auditEvents.districtId, auditPending.districtId), eq(auditEvents.id, auditPending.eventId)),
    )
  verdict.waiting = waiting.length
  for (const row of waiting) if (row.event === null) fault('pendingWithoutEvent', 0, row.id)
}

async function checkHeads(
  tx: Tx,
  verdict: Verdict,
  fault: Report,
  hashAt: Map<number, string>,
  keys: { own: KeyObject | null; given?: Head[] },
): Promise<void> {
  const stored = await tx.select().from(auditHeads).orderBy(asc(auditHeads.seq))
  verdict.heads = stored.length
  for (const row of stored) {
    const head = headOf(row)
    if (!keys.own || !isSigned(keys.own, head)) fault('headSignature', head.seq, head.keyId)
    if (head.seq > verdict.links && !hashAt.has(head.seq)) fault('cutTail', head.seq, String(verdict.links))
    else if (hashAt.get(head.seq) !== head.hash || head.count !== head.seq) fault('headMismatch', head.seq, head.hash)
  }
  for (const head of keys.given ?? []) {
    if (keys.own && !isSigned(keys.own, head)) fault('headSignature', head.seq, head.keyId)
    if (hashAt.get(head.seq) !== head.hash)
      fault(head.seq > verdict.links ? 'cutTail' : 'givenHeadMismatch', head.seq, head.hash)
  }
}
