import { and, eq, isNull, sql } from 'drizzle-orm'
import { notifications } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { UserId } from '@/lib/rules/values/ids.ts'

export interface Notice {
  /** What may be silenced together: `case.waiting`, `case.own`, `case.returned`, `case.late`. */
  kind: string
  key: string
  values: Record<string, string | number>
  href: string
}

/** Tells each of these people once; an unread message of the same kind and address only counts one more. */
export async function tell(tx: Tx, actor: Actor, userIds: readonly UserId[], notice: Notice): Promise<void> {
  for (const userId of new Set(userIds)) {
    const grouped = await tx
      .update(notifications)
      .set({
        values: sql`${JSON.stringify(notice.values)}::jsonb || jsonb_build_object('count', coalesce((${notifications.values}->>'count')::int, 1) + 1)`,
        at: now(),
      })
      .where(
        and(
          eq(notifications.userId, userId),
          eq(notifications.kind, notice.kind),
          eq(notifications.key, notice.key),
          eq(notifications.href, notice.href),
          isNull(notifications.readAt),
        ),
      )
      .returning({ id: notifications.id })
    if (grouped.length > 0) continue
    await tx.insert(notifications).values({
      districtId: actor.districtId,
      id: newId<string>(),
      userId,
      kind: notice.kind,
      key: notice.key,
      values: { count: 1, ...notice.values },
      href: notice.href,
      at: now(),
    })
  }
}
