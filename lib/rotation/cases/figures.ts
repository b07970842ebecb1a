import { eq } from 'drizzle-orm'
import { roundCounters } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { type RoundFigures, roundFigures } from '@/lib/rules/rotation/round-figures.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { roundQuota } from '../queries/round-quota.ts'

/** Whether the actor's scope shows the whole district, so that figures computed in it are true. */
export const seesDistrict = (actor: Actor): boolean =>
  actor.kind === 'system' || (actor.kind === 'user' && (actor.role === 'bureau_hr' || actor.role === 'bureau_reviewer'))

/** The round's figures as last computed; what a school's step keeps of its moment. */
export async function storedFigures(tx: Tx, roundId: RoundId): Promise<RoundFigures | null> {
  const [row] = await tx
    .select({ figures: roundCounters.figures })
    .from(roundCounters)
    .where(eq(roundCounters.roundId, roundId))
  return (row?.figures ?? null) as RoundFigures | null
}

/** Computes the round's figures anew and keeps them; only in a scope that sees the whole district. */
export async function refreshFigures(tx: Tx, roundId: RoundId): Promise<RoundFigures | null> {
  const quota = await roundQuota(tx, roundId)
  if (!quota) return null
  const figures = roundFigures(quota.figures)
  await tx.update(roundCounters).set({ figures, figuresAt: now() }).where(eq(roundCounters.roundId, roundId))
  return figures
}
