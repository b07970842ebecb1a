import { eq } from 'drizzle-orm'
import { rotationRounds } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import type { RoundId } from '@/lib/rules/values/ids.ts'
import { policyById, policyFor } from './policy-for.ts'

/** The policy a round was opened under; before that, and for 补录, the one in force for its year. */
export async function roundPolicy(tx: Tx, roundId: RoundId): Promise<Policy> {
  const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId))
  const own = round?.policyId ? await policyById(tx, round.policyId) : null
  return own ?? (await policyFor(tx, round?.year ?? 0)).policy
}
