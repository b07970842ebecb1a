import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { rotationCases, rotationRounds, yearClosings } from '@/db/schema/index.ts'
import { defineCommand, finished } from '@/lib/platform/command.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { closingFigures } from '../queries/closing.ts'

const SETTLED = [...ENDED_STATES, 'ordered', 'reported', 'serving'] as readonly string[]

/** Freezes the figures of a round's year with the ids behind each (R-QUOTA-4); only once everything has its order or has ended. */
export const closeYear = defineCommand({
  name: 'rotation.closing.close',
  input: z.strictObject({ roundId: idSchema<RoundId>() }),
  target: async (tx, { roundId }) => {
    const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId)).for('update')
    return round ? { ...round, target: {} } : null
  },
  run: async ({ tx, actor, before: round, at }) => {
    if (actor.kind !== 'user') return refuse('platform.refusal.forbidden')
    const cases = await tx
      .select({ state: rotationCases.state })
      .from(rotationCases)
      .where(eq(rotationCases.roundId, round.id))
    const open = cases.filter(({ state }) => !SETTLED.includes(state)).length
    if (open > 0) return refuse('closing.refusal.open', { count: open })
    const found = await closingFigures(tx, round.id)
    if (!found) return refuse('closing.refusal.noRoll')
    const id = newId<string>()
    await tx.insert(yearClosings).values({
      districtId: round.districtId,
      id,
      roundId: round.id,
      year: round.year,
      figures: found.figures,
      people: found.people,
      closedBy: actor.userId,
      closedAt: at,
    })
    return finished(
      { closingId: id },
      {
        message: {
          key: 'closing.closed',
          values: { moved: found.figures.moved, eligible: found.figures.eligible },
        },
        audit: { resource: 'round', objectId: round.id, details: found.figures },
      },
    )
  },
})
