import { credentials, roleGrants, users } from '@/db/schema/index.ts'
import { withScope } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { SystemActor, UserActor } from '@/lib/rules/access/actor.ts'
import type { Role } from '@/lib/rules/access/roles.ts'
import { addMonthsToDay } from '@/lib/rules/values/dates.ts'
import type { GrantId, PersonId, SchoolId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'

/** A person with an account and a grant, as an actor without a session: what a command needs. */
export async function anActor(
  system: SystemActor,
  role: Role,
  more: { name?: string; schoolId?: SchoolId; teacherId?: TeacherId; personId?: PersonId } = {},
): Promise<UserActor> {
  const userId = newId<UserId>()
  const personId = more.personId ?? newId<PersonId>()
  const grantId = newId<GrantId>()
  const name = more.name ?? role
  const at = now()
  await withScope(system, async (tx) => {
    const login = `u${userId.replaceAll('-', '').slice(-12)}`
    await tx.insert(users).values({
      districtId: system.districtId,
      id: userId,
      personId,
      login,
      displayName: name,
      teacherId: more.teacherId ?? null,
      createdAt: at,
    })
    await tx.insert(credentials).values({
      districtId: system.districtId,
      userId,
      login,
      passwordHash: 'none',
      passwordSetAt: at,
      mustChange: false,
    })
    await tx.insert(roleGrants).values({
      districtId: system.districtId,
      id: grantId,
      userId,
      personId,
      role,
      schoolId: more.schoolId ?? null,
      flags: [],
      reason: 'test',
      during: { from: addMonthsToDay(system.today, -12), until: null },
    })
  })
  return {
    kind: 'user',
    districtId: system.districtId,
    userId,
    personId,
    grantId,
    role,
    schoolIds: more.schoolId ? [more.schoolId] : [],
    teacherId: more.teacherId ?? null,
    flags: [],
    name,
    sessionId: null,
    today: system.today,
  }
}
