import { and, eq, isNull, ne } from 'drizzle-orm'
import { z } from 'zod'
import { policies, rotationRounds } from '@/db/schema/index.ts'
import { one } from '@/db/scope.ts'
import { finished } from '@/lib/platform/command.ts'
import { defineOperation } from '@/lib/platform/two-person.ts'
import { idSchema, type PersonId, type PolicyId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { lockPolicy } from '../queries/lock-policy.ts'
import { freezeRoll } from '../roll/freeze.ts'

/**
 * A policy comes into force when a reviewer agrees to what a clerk submitted (SD-2). The version before it is superseded;
 * rounds that are open keep theirs. A 补充规定 is for one open round: its roll gets a further version at once.
 */
export const activatePolicy = defineOperation({
  name: 'rotation.policy.activate',
  asks: 'rotation.policy.submit',
  answerRoles: ['bureau_reviewer'],
  payload: z.strictObject({ policyId: idSchema<PolicyId>(), rowVersion: z.int() }),
  href: (policyId) => `/policies/${policyId}`,
  async execute({ tx, actor, at }, { policyId, rowVersion }, asked) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const before = await lockPolicy(tx, policyId)
    if (!before) return refuse('platform.refusal.notFound')
    if (before.state !== 'submitted' || before.rowVersion !== rowVersion)
      return refuse('platform.refusal.payloadChanged')
    if (before.preparedByPerson === actor.personId)
      return refuse('platform.refusal.secondPerson', undefined, { rule: 'SD-2' })
    const superseded = before.forRoundId
      ? []
      : await tx
          .update(policies)
          .set({ state: 'superseded' })
          .where(
            and(
              eq(policies.year, before.year),
              eq(policies.state, 'active'),
              isNull(policies.forRoundId),
              ne(policies.id, policyId),
            ),
          )
          .returning({ id: policies.id })
    one(
      await tx
        .update(policies)
        .set({
          state: 'active',
          rowVersion: before.rowVersion + 1,
          decidedBy: actor.userId,
          decidedByPerson: actor.personId as PersonId,
          decidedByName: actor.name,
          decidedAt: at,
        })
        .where(and(eq(policies.id, policyId), eq(policies.rowVersion, rowVersion)))
        .returning({ id: policies.id }),
    )
    const roll = before.forRoundId ? await freezeForRound(before.forRoundId) : null
    return finished(
      { policyId },
      {
        message: roll
          ? { key: 'policy.activate.supplement', values: { version: roll.version, eligible: roll.counts.eligible } }
          : { key: 'policy.activate.done', values: { document: before.documentNo ?? '' } },
        audit: {
          resource: 'policy',
          objectId: policyId,
          details: {
            preparedBy: asked.name,
            superseded: superseded.map(({ id }) => id),
            roll: roll ? { id: roll.rollId, version: roll.version, counts: roll.counts } : null,
          },
        },
      },
    )

    async function freezeForRound(roundId: NonNullable<typeof before>['forRoundId'] & string) {
      const round = one(await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId)).for('update'))
      const frozen = await freezeRoll(tx, actor, round, { id: policyId, policy: before!.content })
      one(
        await tx
          .update(rotationRounds)
          .set({ policyId, version: round.version + 1, changedAt: at })
          .where(eq(rotationRounds.id, roundId))
          .returning({ id: rotationRounds.id }),
      )
      return frozen
    }
  },
})
