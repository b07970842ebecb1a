import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { rotationRounds } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { policyById } from '../queries/policy-for.ts'
import { latestRoll } from '../queries/round-quota.ts'
import { freezeRoll } from '../roll/freeze.ts'

/** Freezes the roll of a round that is prepared. Once it is open, only a 补充规定 makes a further version. */
export const freezeRollCommand = defineCommand({
  name: 'rotation.roll.freeze',
  input: z.strictObject({ roundId: idSchema<RoundId>() }),
  scope: { statementSeconds: 60 },
  target: async (tx, { roundId }) => {
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId)).for('update')
    return round ? { ...round, target: {} } : null
  },
  async run({ tx, actor, before }) {
    if (before.state === 'closed' || before.policyId === null) return refuse('policy.refusal.roundNotOpen')
    if (before.state === 'open' && (await latestRoll(tx, before.id))) return refuse('policy.refusal.rollFrozen')
    const policy = await policyById(tx, before.policyId)
    if (!policy) return refuse('platform.refusal.notFound')
    const { rollId, version, counts } = await freezeRoll(tx, actor, before, { id: before.policyId, policy })
    return finished(
      { rollId },
      {
        message: { key: 'roll.freeze.done', values: { version, eligible: counts.eligible } },
        audit: { resource: 'roll', objectId: rollId, details: { round: before.id, version, counts } },
      },
    )
  },
})
