import { and, desc, eq, inArray, isNull, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { delegations, roleGrants, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'

/** Delegations the actor gave or received, newest first. */
export async function listDelegations(tx: Tx) {
  const to = alias(users, 'delegate')
  const rows = await tx
    .select({ row: delegations, fromName: users.displayName, toName: to.displayName })
    .from(delegations)
    .leftJoin(users, and(eq(users.districtId, delegations.districtId), eq(users.id, delegations.fromUser)))
    .leftJoin(to, and(eq(to.districtId, delegations.districtId), eq(to.id, delegations.toUser)))
    .orderBy(desc(delegations.createdAt))
    .limit(100)
  return rows.map(({ row, fromName, toName }) => ({ ...row, fromName: fromName ?? '', toName: toName ?? '' }))
}

/** Who may stand in: people with a post at the same school, or of the bureau's personnel and review (SD-7). */
export async function delegates(tx: Tx, actor: UserActor): Promise<{ value: string; text: string }[]> {
  const atMySchool = actor.schoolIds.length > 0
  const rows = await tx
    .selectDistinct({ value: users.id, text: users.displayName })
    .from(roleGrants)
    .innerJoin(users, and(eq(users.districtId, roleGrants.districtId), eq(users.id, roleGrants.userId)))
    .where(
      and(
        ne(users.id, actor.userId),
        isNull(users.disabledAt),
        sql`${roleGrants.validFrom} <= ${actor.today} AND ${roleGrants.validTo} > ${actor.today}`,
        atMySchool
          ? inArray(roleGrants.schoolId, actor.schoolIds)
          : inArray(roleGrants.role, ['bureau_hr', 'bureau_reviewer']),
      ),
    )
  return rows.sort((a, b) => a.text.localeCompare(b.text))
}
