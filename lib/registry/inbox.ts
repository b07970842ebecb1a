import type { Tx } from '@/db/scope.ts'
import { collectionsWaiting } from '@/lib/register/queries/collections.ts'
import { submittedCount } from '@/lib/register/queries/imports.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'

/** One kind of work that waits for somebody; each area brings its own. */
export interface InboxSource {
  kind: string
  /** How many wait for this actor now. */
  count: (tx: Tx, actor: UserActor) => Promise<number>
}

export const INBOX_SOURCES: readonly InboxSource[] = [
  { kind: 'collection', count: collectionsWaiting },
  { kind: 'import', count: (tx, actor) => (actor.role === 'bureau_hr' ? submittedCount(tx) : Promise.resolve(0)) },
]

/** All that waits for the actor: the number in the rail and the top bar. */
export async function inboxCount(tx: Tx, actor: UserActor): Promise<number> {
  let total = 0
  for (const source of INBOX_SOURCES) total += await source.count(tx, actor)
  return total
}
