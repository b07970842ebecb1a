import type { Tx } from '@/db/scope.ts'
import { countWaitingFor } from '@/lib/platform/queries/two-person.ts'
import { collectionsWaiting } from '@/lib/register/queries/collections.ts'
import { openCorrections } from '@/lib/register/queries/corrections.ts'
import { submittedCount } from '@/lib/register/queries/imports.ts'
import { nobodyLeft } from '@/lib/rotation/cases/nobody-left.ts'
import { afterDecidingWaiting } from '@/lib/rotation/queries/after-deciding-inbox.ts'
import { agreedExchanges, askedExchanges } from '@/lib/rotation/queries/exchanges.ts'
import { waitingExemptions } from '@/lib/rotation/queries/exemptions.ts'
import { countOf } from '@/lib/rotation/queries/inbox.ts'
import { waitingChanges } from '@/lib/rotation/queries/roll-changes.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { OPERATIONS } from './operations.ts'

/** One kind of work that waits for somebody; each area brings its own. */
export interface InboxSource {
  kind: string
  /** Page where it is dealt with. */
  href: string
  /** How many wait for this actor now. */
  count: (tx: Tx, actor: UserActor) => Promise<number>
}

/** Corrections and proposals: the school's opinion, then HR's decision. */
const corrections: InboxSource = { kind: 'register.correction', href: '/teachers/corrections', count: openCorrections }

export const INBOX_SOURCES: readonly InboxSource[] = [
  { kind: 'twoPerson', href: '/two-person', count: (tx, actor) => countWaitingFor(tx, actor, OPERATIONS) },
  corrections,
  { kind: 'case', href: '/inbox', count: (tx, actor) => countOf(tx, actor, 'todo') },
  { kind: 'recusal.nobodyLeft', href: '/rotation/recusals', count: nobodyLeft },
  { kind: 'exemption', href: '/rotation/exemptions', count: waitingExemptions },
  { kind: 'rollChange', href: '/rotation/roll/changes', count: waitingChanges },
  { kind: 'exchange.answer', href: '/my/exchanges', count: askedExchanges },
  { kind: 'exchange.make', href: '/rotation/exchanges', count: agreedExchanges },
  ...afterDecidingWaiting,
  { kind: 'collection', href: '/collections', count: collectionsWaiting },
  {
    kind: 'import',
    href: '/imports',
    count: (tx, actor) => (actor.role === 'bureau_hr' ? submittedCount(tx) : Promise.resolve(0)),
  },
]

/** Work of one kind that waits, and where it is dealt with. */
export interface WaitingWork extends Pick<InboxSource, 'kind' | 'href'> {
  count: number
}

/** What waits for the actor, kind by kind; kinds without work are left out. */
export async function inboxByKind(tx: Tx, actor: UserActor): Promise<WaitingWork[]> {
  const waiting = await Promise.all(
    INBOX_SOURCES.map(async ({ kind, href, count }) => ({ kind, href, count: await count(tx, actor) })),
  )
  return waiting.filter(({ count }) => count > 0)
}

/** All that waits for the actor: the number in the rail and the top bar of every page, so all sources are asked at once. */
export async function inboxCount(tx: Tx, actor: UserActor): Promise<number> {
  const counts = await Promise.all(INBOX_SOURCES.map((source) => source.count(tx, actor)))
  return counts.reduce((sum, count) => sum + count, 0)
}
