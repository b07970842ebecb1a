import { studioMemberships, studios } from '@/db/schema/index.ts'
import type { StudioId } from '@/db/schema/talent.ts'
import type { Tx } from '@/db/scope.ts'
import { generateTalent } from '@/db/seed/talent.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import { insertAll } from '@/lib/register/store/load-district.ts'
import type { DistrictRecords } from '@/lib/rules/register/records.ts'
import type { DistrictId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'

interface Places {
  schoolIds: Map<string, SchoolId>
  /** By ID number. */
  teacherIds: Map<string, TeacherId>
}

/** Writes the studios of a demo district: 2 national, 9 of the city, 27 of the district with 4 for moral education. */
export async function seedTalent(
  tx: Tx,
  districtId: DistrictId,
  district: DistrictRecords & { seed: string | number; index: number },
  places: Places,
): Promise<void> {
  const at = now() as string
  const made = generateTalent(district).studios.map((record) => {
    const id = newId<StudioId>()
    const during = { from: record.from, until: record.until }
    const membership = (
      role: 'host' | 'member',
      person: { idNumber: string; name: string; school: string },
      period: typeof during,
    ) => ({
      districtId,
      id: newId<string>(),
      studioId: id,
      teacherId: places.teacherIds.get(person.idNumber)!,
      role,
      personName: person.name,
      schoolId: places.schoolIds.get(person.school) ?? null,
      during: period,
      changedAt: at,
    })
    return {
      studio: {
        districtId,
        id,
        name: record.name,
        level: record.level,
        kind: record.kind,
        subject: record.subject,
        during,
        changedAt: at,
      },
      memberships: [
        membership('host', record.host, during),
        ...record.members.map((member) =>
          membership('member', member, { from: member.from, until: member.until ?? record.until }),
        ),
      ],
    }
  })
  await insertAll(
    tx,
    studios,
    made.map(({ studio }) => studio),
  )
  await insertAll(
    tx,
    studioMemberships,
    made.flatMap(({ memberships }) => memberships),
  )
}
