import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { rotationRounds } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { idSchema, type PolicyId, type RoundId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { findPolicy } from '../queries/policies.ts'
import { policyFor } from '../queries/policy-for.ts'
import { insertPolicyDraft } from '../store/policy-draft.ts'

/** A new version of the policy of a school year, as a draft: from a version named, else from the one in force. */
export const draftPolicy = defineCommand({
  name: 'rotation.policy.draft',
  input: z.strictObject({
    year: z.coerce.number().int().min(2000).max(2100),
    title: z.string().trim().min(1).max(80),
    fromId: z.preprocess((value) => (value === '' ? undefined : value), idSchema<PolicyId>().optional()),
    /** 补充规定: for this open round only. */
    roundId: z.preprocess((value) => (value === '' ? undefined : value), idSchema<RoundId>().optional()),
  }),
  async run({ tx, actor, at, input }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const round = input.roundId
      ? (await tx.select().from(rotationRounds).where(eq(rotationRounds.id, input.roundId)))[0]
      : undefined
    if (input.roundId && round?.state !== 'open') return refuse('policy.refusal.roundNotOpen', {}, { field: 'roundId' })
    const year = round?.year ?? input.year
    const fromId = input.fromId ?? round?.policyId ?? null
    const source = fromId ? await findPolicy(tx, fromId) : null
    if (fromId && !source) return refuse('platform.refusal.notFound')
    const content = source?.content ?? (await policyFor(tx, year)).policy
    const { id, version } = await insertPolicyDraft(
      tx,
      actor,
      { year, title: input.title, content, forRoundId: input.roundId ?? null },
      at,
    )
    return finished(
      { policyId: id },
      {
        message: { key: 'policy.draft.done', values: { version } },
        audit: {
          resource: 'policy',
          objectId: id,
          details: { year, version, from: fromId, round: input.roundId ?? null },
        },
      },
    )
  },
})
