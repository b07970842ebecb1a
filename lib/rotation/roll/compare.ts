import { and, desc, eq } from 'drizzle-orm'
import { rollChanges, rollEntries } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { rollChanges as changesBetween } from '@/lib/rules/rotation/roll-changes.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { policyById } from '../queries/policy-for.ts'
import { computeRoll } from '../queries/roll.ts'
import { latestRoll } from '../queries/round-quota.ts'

/**
 * Compares a round's frozen roll with the register as it is now, under the same policy and snapshot, and keeps what
 * differs under 名册变化. A difference already decided is not asked again; one that has gone by itself is closed.
 * @returns how many differences are new, and how many went by themselves
 */
export async function compareRoll(tx: Tx, actor: Actor, roundId: RoundId): Promise<{ found: number; gone: number }> {
  const roll = await latestRoll(tx, roundId)
  const policy = roll && (await policyById(tx, roll.policyId))
  if (!roll || !policy) return { found: 0, gone: 0 }
  const frozen = await tx
    .select({
      id: rollEntries.teacherId,
      state: rollEntries.state,
      decidingRule: rollEntries.decidingRule,
      isBackbone: rollEntries.isBackbone,
    })
    .from(rollEntries)
    .where(eq(rollEntries.rollId, roll.id))
  const lines = await computeRoll(tx, roll.snapshotDate, policy)
  const reasonsOf = new Map<string, (typeof lines)[number]['result']['reasons']>(
    lines.map(({ result }) => [result.id, result.reasons]),
  )
  const known = await tx
    .select()
    .from(rollChanges)
    .where(and(eq(rollChanges.roundId, roundId), eq(rollChanges.rollId, roll.id)))
    .orderBy(desc(rollChanges.foundAt))
  const lastOf = new Map<string, (typeof known)[number]>()
  for (const change of known) if (!lastOf.has(change.teacherId)) lastOf.set(change.teacherId, change)
  const at = now()
  const differences = changesBetween(
    frozen,
    lines.map(({ result }) => result),
  )
  let found = 0
  for (const { id, before, after } of differences) {
    const last = lastOf.get(id)
    const sides = {
      was: before?.state ?? ('absent' as const),
      now: after?.state ?? ('absent' as const),
      wasRule: before?.decidingRule ?? null,
      nowRule: after?.decidingRule ?? null,
      wasBackbone: before?.isBackbone ?? false,
      nowBackbone: after?.isBackbone ?? false,
    }
    const same =
      last && last.now === sides.now && last.nowRule === sides.nowRule && last.nowBackbone === sides.nowBackbone
    if (same && last.decision !== 'gone') continue
    const findings = reasonsOf.get(id) ?? []
    found += 1
    if (last && last.decision === null)
      await tx
        .update(rollChanges)
        .set({ ...sides, findings, foundAt: at })
        .where(eq(rollChanges.id, last.id))
    else
      await tx.insert(rollChanges).values({
        districtId: actor.districtId,
        id: newId<string>(),
        roundId,
        rollId: roll.id,
        teacherId: id as (typeof frozen)[number]['id'],
        ...sides,
        findings,
        foundAt: at,
      })
  }
  const differing = new Set(differences.map(({ id }) => id))
  const gone = known.filter(({ teacherId, decision }) => decision === null && !differing.has(teacherId))
  for (const change of gone)
    await tx.update(rollChanges).set({ decision: 'gone', decidedAt: at }).where(eq(rollChanges.id, change.id))
  return { found, gone: gone.length }
}
