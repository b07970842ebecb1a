import { credentials, roleGrants, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { DemoAccount } from '@/db/seed/accounts.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { hashPassword } from '@/lib/platform/passwords.ts'
import { insertAll } from '@/lib/register/store/load-district.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { addMonthsToDay, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { GrantId, PersonId, SchoolId, TeacherId, UserId } from '@/lib/rules/values/ids.ts'

interface Places {
  schoolByCode: Map<string, SchoolId>
  teacherByNo: Map<string, TeacherId>
}

/** Makes the planned accounts; somebody who works at a school is a teacher too, with that grant beside the other. */
export async function createDemoAccounts(
  tx: Tx,
  actor: SystemActor,
  accounts: DemoAccount[],
  password: string,
  places: Places,
): Promise<void> {
  const passwordHash = await hashPassword(password)
  const at = now()
  const from: LocalDate = addMonthsToDay(actor.today, -12)
  const rows = accounts.map((account) => {
    const userId = newId<UserId>()
    const personId = newId<PersonId>()
    const teacherId = account.staffNo ? (places.teacherByNo.get(account.staffNo) ?? null) : null
    const schoolId = account.schoolCode ? (places.schoolByCode.get(account.schoolCode) ?? null) : null
    const needsSchool = account.role === 'principal' || account.role === 'school_hr'
    const grant = (role: DemoAccount['role'], flags: string[]) => ({
      districtId: actor.districtId,
      id: newId<GrantId>(),
      userId,
      personId,
      role,
      schoolId: role === 'principal' || role === 'school_hr' ? schoolId : null,
      flags,
      reason: '演示数据',
      during: { from, until: null },
    })
    return {
      user: {
        districtId: actor.districtId,
        id: userId,
        personId,
        login: account.login,
        displayName: account.displayName,
        teacherId,
        schoolId,
        privacyAcceptedAt: at,
        createdAt: at,
      },
      credential: {
        districtId: actor.districtId,
        userId,
        login: account.login,
        passwordHash,
        passwordSetAt: at,
        mustChange: false,
      },
      grants: [
        grant(account.role, account.role === 'bureau_hr' || account.role === 'bureau_reviewer' ? ['evidence'] : []),
        ...(needsSchool && teacherId ? [grant('teacher', [])] : []),
      ],
    }
  })
  await insertAll(
    tx,
    users,
    rows.map((row) => row.user),
  )
  await insertAll(
    tx,
    credentials,
    rows.map((row) => row.credential),
  )
  await insertAll(
    tx,
    roleGrants,
    rows.flatMap((row) => row.grants),
  )
}
