import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { rotationRounds } from '@/db/schema/index.ts'
import { finished } from '@/lib/platform/command.ts'
import { defineOperation } from '@/lib/platform/two-person.ts'
import { idSchema, type RoundId } from '@/lib/rules/values/ids.ts'
import { refuse } from '@/lib/rules/values/outcome.ts'
import { lockRound } from '../cases/lock.ts'

const payload = z.strictObject({ roundId: idSchema<RoundId>(), version: z.number().int() })

/** A closed round opens again only by two people (security.md §2.5). */
export const reopenOperation = defineOperation<z.output<typeof payload>>({
  name: 'rotation.round.reopen',
  asks: 'rotation.round.reopen',
  answerRoles: ['bureau_reviewer', 'bureau_hr'],
  payload,
  href: (roundId) => `/rotation/rounds/${roundId}`,
  execute: async ({ tx, at }, { roundId, version }) => {
    await lockRound(tx, roundId)
    const [round] = await tx
      .update(rotationRounds)
      .set({ state: 'open', closedAt: null, version: version + 1, changedAt: at })
      .where(
        and(eq(rotationRounds.id, roundId), eq(rotationRounds.version, version), eq(rotationRounds.state, 'closed')),
      )
      .returning({ name: rotationRounds.name })
    if (!round) return refuse('platform.refusal.payloadChanged')
    return finished(null, { message: { key: 'round.done.reopened', values: { name: round.name } } })
  },
})
