import { asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { auditChain, auditEvents, auditPending } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { sha256 } from '../crypto.ts'

const BATCH = 1000
/** Before the first link. */
export const GENESIS = Buffer.alloc(32)

/** hash = SHA-256(prev ‖ int64 seq ‖ h), big-endian seq (security.md §6.3). */
export function linkHash(prev: Buffer, seq: number, h: Buffer): Buffer {
  const number = Buffer.alloc(8)
  number.writeBigInt64BE(BigInt(seq))
  return sha256(Buffer.concat([prev, number, h]))
}

/** Links waiting events to the district's chain, one sealer a district at a time. @returns events sealed */
export async function sealAudit(actor: SystemActor): Promise<number> {
  return withScope(actor, async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`seal|${actor.districtId}`}, 0))`)
    const waiting = await tx
      .select({ id: auditPending.eventId, h: auditEvents.h })
      .from(auditPending)
      .innerJoin(auditEvents, eq(auditEvents.id, auditPending.eventId))
      .orderBy(asc(auditEvents.at), asc(auditEvents.id))
      .limit(BATCH)
      .for('update', { of: auditPending, skipLocked: true })
    if (waiting.length === 0) return 0
    const [last] = await tx.select().from(auditChain).orderBy(desc(auditChain.seq)).limit(1)
    let prev = last?.hash ?? GENESIS
    let seq = last?.seq ?? 0
    const links = waiting.map((event) => {
      seq += 1
      const link = { districtId: actor.districtId, seq, eventId: event.id, prev, hash: linkHash(prev, seq, event.h) }
      prev = link.hash
      return link
    })
    await tx.insert(auditChain).values(links)
    await tx.delete(auditPending).where(
      inArray(
        auditPending.eventId,
        waiting.map((event) => event.id),
      ),
    )
    return links.length
  })
}
