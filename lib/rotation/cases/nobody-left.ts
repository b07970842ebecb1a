import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { notifications, rotationCases } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { SystemActor, UserActor } from '@/lib/rules/access/actor.ts'
import { RECUSALS_HREF } from './addresses.ts'
import { holdersOf } from './recipients.ts'
import { ROUTED_STATES } from './route.ts'

const KIND = 'case.nobodyLeft'

/**
 * Keeps the security administrator told how many cases wait because everybody who might take the step is related to the
 * teacher (SD-5): only a role given to somebody else, or a declaration ended, helps. The one who can is shown no cases,
 * so the number itself is the message; it is read away once no case waits any more.
 */
export async function tellNobodyLeft(tx: Tx, actor: SystemActor): Promise<void> {
  const [waiting] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(rotationCases)
    .where(and(eq(rotationCases.bureauBarred, 'bureau'), inArray(rotationCases.state, [...ROUTED_STATES])))
  const count = waiting?.count ?? 0
  const at = now()
  if (count === 0) {
    await tx
      .update(notifications)
      .set({ readAt: at })
      .where(and(eq(notifications.kind, KIND), isNull(notifications.readAt)))
    return
  }
  for (const userId of await holdersOf(tx, { role: 'bureau_security', schoolId: null }, actor.today)) {
    const kept = await tx
      .update(notifications)
      .set({ values: { count } })
      .where(and(eq(notifications.userId, userId), eq(notifications.kind, KIND), isNull(notifications.readAt)))
      .returning({ id: notifications.id })
    if (kept.length > 0) continue
    await tx.insert(notifications).values({
      districtId: actor.districtId,
      id: newId<string>(),
      userId,
      kind: KIND,
      key: 'case.notification.nobodyLeft',
      values: { count },
      href: RECUSALS_HREF,
      at,
    })
  }
}

/** How many cases wait for the security administrator to find somebody for them; nobody else is asked. */
export async function nobodyLeft(tx: Tx, actor: UserActor): Promise<number> {
  if (actor.role !== 'bureau_security') return 0
  const [told] = await tx
    .select({ values: notifications.values })
    .from(notifications)
    .where(and(eq(notifications.userId, actor.userId), eq(notifications.kind, KIND), isNull(notifications.readAt)))
    .limit(1)
  return Number(told?.values.count ?? 0)
}
