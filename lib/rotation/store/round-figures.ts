import type { Tx } from '@/db/scope.ts'
import type { QuotaVerdict } from '@/lib/rules/rotation/quota.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { roundQuota } from '../queries/round-quota.ts'

/** Quota of a round in numbers, as an act after deciding keeps it: every count, need and verdict of that moment. */
export interface KeptFigures {
  eligible: number
  eligibleBackbone: number
  moved: number
  movedBackbone: number
  need: number
  binding: 'A' | 'B' | 'C'
  total: QuotaVerdict
  readings: Record<'A' | 'B' | 'C', QuotaVerdict>
}

/** Recomputed from the roll and the cases as they stand in this transaction; null while the round has no roll (补录). */
export async function keptFigures(tx: Tx, roundId: RoundId): Promise<KeptFigures | null> {
  const quota = await roundQuota(tx, roundId)
  if (!quota) return null
  const { figures } = quota
  return {
    eligible: figures.eligible.length + figures.added.length,
    eligibleBackbone: figures.eligibleBackbone.length + figures.addedBackbone.length,
    moved: figures.moved.length,
    movedBackbone: figures.movedBackbone.length,
    need: figures.total.kind === 'measured' ? figures.total.need : 0,
    binding: figures.binding,
    total: figures.total,
    readings: figures.readings,
  }
}
