import type { Tx } from '@/db/scope.ts'
import { waitingExemptions } from '@/lib/rotation/queries/exemptions.ts'
import { waitingChanges } from '@/lib/rotation/queries/roll-changes.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'

/** One kind of work that waits for somebody; each area brings its own. */
export interface InboxSource {
  kind: string
  /** How many wait for this actor now. */
  count: (tx: Tx, actor: UserActor) => Promise<number>
}

export const INBOX_SOURCES: readonly InboxSource[] = [
  { kind: 'exemption', count: waitingExemptions },
  { kind: 'rollChange', count: waitingChanges },
]

/** All that waits for the actor: the number in the rail and the top bar. */
export async function inboxCount(tx: Tx, actor: UserActor): Promise<number> {
  let total = 0
  for (const source of INBOX_SOURCES) total += await source.count(tx, actor)
  return total
}
