import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { delegations, roleGrants, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import { WAITING_FOR } from '@/lib/rules/rotation/case-steps.ts'
import { routedBy } from '@/lib/rules/rotation/recusal.ts'
import type { SchoolId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'
import type { CaseRow } from './lock.ts'

/** Whose step a case waits for now: a role, at a school or in the bureau; null when nobody's (draft, notice, ended …). */
export function waitingAt(row: CaseRow): { role: Role; schoolId: SchoolId | null } | null {
  const waiting = WAITING_FOR[row.state]
  if (!waiting || waiting.role === 'system') return null
  // Where the whole personnel office is related to the teacher, the directors rule (SD-5).
  if (routedBy(row)) return { role: row.bureauBarred === 'hr' ? 'bureau_reviewer' : 'bureau_hr', schoolId: null }
  if (waiting.side === 'origin') return { role: waiting.role, schoolId: row.fromSchoolId }
  // Without a destination the bureau has to find one first.
  if (waiting.side === 'destination')
    return row.toSchoolId ? { role: waiting.role, schoolId: row.toSchoolId } : { role: 'bureau_hr', schoolId: null }
  return { role: waiting.role, schoolId: null }
}

/** Accounts that hold a post on a day, with those it is delegated to. Needs a scope that sees all grants. */
export async function holdersOf(
  tx: Tx,
  { role, schoolId }: { role: Role; schoolId: SchoolId | null },
  on: string,
): Promise<UserId[]> {
  const held = await tx
    .select({ grantId: roleGrants.id, userId: roleGrants.userId })
    .from(roleGrants)
    .innerJoin(users, and(eq(users.districtId, roleGrants.districtId), eq(users.id, roleGrants.userId)))
    .where(
      and(
        eq(roleGrants.role, role),
        schoolId ? eq(roleGrants.schoolId, schoolId) : undefined,
        sql`${roleGrants.validFrom} <= ${on} AND ${roleGrants.validTo} > ${on}`,
        isNull(users.disabledAt),
      ),
    )
  if (held.length === 0) return []
  const delegates = await tx
    .select({ userId: delegations.toUser })
    .from(delegations)
    .where(
      and(
        inArray(
          delegations.grantId,
          held.map(({ grantId }) => grantId as string),
        ),
        sql`${delegations.endedAt} IS NULL AND ${delegations.validFrom} <= ${on} AND ${delegations.validTo} > ${on}`,
      ),
    )
  return [...new Set([...held, ...delegates].map(({ userId }) => userId))]
}

/** Accounts of a teacher. */
export const accountsOf = async (tx: Tx, teacherId: TeacherId): Promise<UserId[]> =>
  (
    await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.teacherId, teacherId), isNull(users.disabledAt)))
  ).map(({ id }) => id)
