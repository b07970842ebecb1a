import { eq } from 'drizzle-orm'
import { rotationRounds } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import type { DailyJob } from '@/lib/platform/queue.ts'
import { compareRoll } from '../roll/compare.ts'

/** Every night: each open round's frozen roll against the register. A transaction a round; safe to run twice. */
export const compareRolls: DailyJob = {
  name: 'rotation.roll.compare',
  onlyLatest: true,
  async run({ actor }) {
    const rounds = await withScope(actor, (tx) =>
      tx.select({ id: rotationRounds.id }).from(rotationRounds).where(eq(rotationRounds.state, 'open')),
    )
    const results: Record<string, { found: number; gone: number }> = {}
    for (const { id } of rounds)
      results[id] = await withScope(actor, (tx) => compareRoll(tx, actor, id), { statementSeconds: 120 })
    return results
  },
}
