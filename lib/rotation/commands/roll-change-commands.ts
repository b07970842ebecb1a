import { and, eq, inArray, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { rollChanges, rotationRounds } from '@/db/schema/index.ts'
import { exactly } from '@/db/scope.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { compareRoll } from '../roll/compare.ts'

/** The nightly comparison, asked for now. */
export const compareRollNow = defineCommand({
  name: 'rotation.roll.compare',
  input: z.strictObject({ roundId: idSchema<RoundId>() }),
  scope: { statementSeconds: 60 },
  target: async (tx, { roundId }) => {
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId)).for('update')
    return round ? { ...round, target: {} } : null
  },
  async run({ tx, actor, before }) {
    if (before.state !== 'open') return refuse('policy.refusal.roundNotOpen')
    const result = await compareRoll(tx, actor, before.id)
    return finished(result, {
      message: { key: 'roll.changes.compared', values: result },
      audit: { resource: 'roll', objectId: before.id, details: result },
    })
  },
})

/** 名册变化 decided: keep the frozen outcome, or follow the new one, with words for the record. */
export const decideRollChanges = defineCommand({
  name: 'rotation.roll.decideChange',
  input: z.strictObject({
    changeIds: z.array(idSchema<string>()).min(1).max(500),
    decision: z.enum(['keep', 'follow']),
    reason: z.string().trim().min(1).max(500),
  }),
  async run({ tx, actor, at, input }) {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const ids = [...new Set(input.changeIds)]
    const open = await tx
      .select()
      .from(rollChanges)
      .where(and(inArray(rollChanges.id, ids), isNull(rollChanges.decision)))
      .for('update')
    if (open.length !== ids.length) return refuse('policy.refusal.changeDecided')
    exactly(
      await tx
        .update(rollChanges)
        .set({
          decision: input.decision,
          decidedBy: actor.userId,
          decidedByName: actor.name,
          decidedAt: at,
          reason: input.reason,
        })
        .where(inArray(rollChanges.id, ids))
        .returning({ id: rollChanges.id }),
      ids.length,
    )
    return finished(
      { count: ids.length },
      {
        message: {
          key: input.decision === 'keep' ? 'roll.changes.kept' : 'roll.changes.followed',
          values: { count: ids.length },
        },
        audit: {
          resource: 'roll',
          objectId: open[0]!.roundId,
          reason: input.reason,
          details: {
            decision: input.decision,
            people: open.map(({ teacherId, was, now }) => ({ teacherId, was, now })),
          },
        },
      },
    )
  },
})
