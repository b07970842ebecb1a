import { and, eq, isNull, sql } from 'drizzle-orm'
import { roleGrants, sessions, users } from '@/db/schema/index.ts'
import { one, type Tx } from '@/db/scope.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import { addDays, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { GrantId, PersonId, SchoolId, UserId } from '@/lib/rules/values/ids.ts'

/** Roles at a school: the security administrator gives and ends them alone; all others take a second person. */
export const SCHOOL_GRANTS = ['principal', 'school_hr', 'teacher'] as const satisfies readonly Role[]
export const takesTwo = (role: Role, flags: readonly string[]): boolean =>
  flags.length > 0 || !(SCHOOL_GRANTS as readonly Role[]).includes(role)

/**
 * Ends a grant now: sessions acting under it die with the next click. `during` keeps the day it began, for who held what
 * on a day is asked later; `ended_at` says the moment.
 */
export async function endGrantNow(
  tx: Tx,
  grant: { id: GrantId; validFrom: LocalDate | null; validTo: LocalDate | null },
  end: { at: string; today: LocalDate; by: UserId | null; reason: string },
): Promise<void> {
  const from = grant.validFrom as LocalDate
  const until = end.today > from ? end.today : addDays(from, 1)
  const ends = grant.validTo && grant.validTo < until ? grant.validTo : until
  one(
    await tx
      .update(roleGrants)
      .set({ during: { from, until: ends }, endedAt: end.at, endedBy: end.by, endReason: end.reason })
      .where(eq(roleGrants.id, grant.id))
      .returning({ id: roleGrants.id }),
  )
}

/** Sessions that act under a grant; RLS lets administrators end them. */
export async function endSessionsOfGrant(tx: Tx, grantId: GrantId, at: string): Promise<void> {
  await tx
    .update(sessions)
    .set({ endedAt: at, endReason: 'grant_ended' })
    .where(and(eq(sessions.grantId, grantId), isNull(sessions.endedAt)))
}

/** The person who is to receive a role, with what they hold now. */
export async function granteeOf(tx: Tx, userId: UserId, today: LocalDate) {
  const [user] = await tx.select().from(users).where(eq(users.id, userId))
  if (!user) return null
  const held = await tx
    .select()
    .from(roleGrants)
    .where(
      and(
        eq(roleGrants.personId, user.personId as PersonId),
        isNull(roleGrants.endedAt),
        sql`${roleGrants.validTo} > ${today}`,
      ),
    )
  return { user, held }
}

export interface NewGrant {
  userId: UserId
  role: Role
  schoolId: SchoolId | null
  flags: string[]
  from: LocalDate
  until: LocalDate | null
  reason: string
}
