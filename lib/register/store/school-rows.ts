import type { groupMemberships, schoolPairings, schools, schoolYears } from '@/db/schema/index.ts'
import type { GroupId } from '@/db/schema/register/schools.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { SchoolRecord } from '@/lib/rules/register/records.ts'
import type { LocalDate, SchoolYear } from '@/lib/rules/values/dates.ts'
import type { DistrictId, SchoolId } from '@/lib/rules/values/ids.ts'
import { pinyinKeys } from './pinyin.ts'

export interface SchoolContext {
  districtId: DistrictId
  at: string
  year: SchoolYear
}

type SchoolRow = typeof schools.$inferInsert
type SchoolYearRow = typeof schoolYears.$inferInsert

/** The school's own row as its record says it; `branchOf` is set once every school has an id. */
export function schoolRow(context: SchoolContext, record: SchoolRecord, id: SchoolId, position: number): SchoolRow {
  return {
    districtId: context.districtId,
    id,
    code: record.code,
    name: record.name,
    shortName: record.shortName,
    aliases: record.aliases,
    ...pinyinKeys(record.name),
    kind: record.kind,
    typeCode: record.typeCode,
    localityCode: record.localityCode,
    locality: record.locality,
    quality: record.quality,
    zone: record.zone,
    foundedYear: record.foundedYear,
    x: record.position?.x ?? null,
    y: record.position?.y ?? null,
    oneSchoolOnePlan: record.oneSchoolOnePlan,
    interactive: record.interactive,
    smartCampus: record.smartCampus,
    position,
    changedAt: context.at,
  }
}

/** What one school year of a school looks like. */
export function schoolYearRow(context: SchoolContext, record: SchoolRecord, schoolId: SchoolId): SchoolYearRow {
  return {
    districtId: context.districtId,
    schoolId,
    year: context.year,
    pupilsPrimary: record.pupils.P,
    pupilsJunior: record.pupils.J,
    classes: Array.from({ length: 9 }, (_, grade) => record.classes[grade] ?? 0),
    establishment: record.establishment,
    seats: record.seats,
    addedSeats: record.addedSeats,
    resourcesPrimary: record.resources.P,
    resourcesJunior: record.resources.J,
    changedAt: context.at,
  }
}

/** Memberships of education groups named by the schools; the school that gives the group its name is the core school. */
export function groupRows(
  context: SchoolContext,
  records: readonly SchoolRecord[],
  idOf: (name: string) => SchoolId,
  from: LocalDate,
): {
  groups: { districtId: DistrictId; id: GroupId; name: string }[]
  memberships: (typeof groupMemberships.$inferInsert)[]
} {
  const groups = new Map<string, { districtId: DistrictId; id: GroupId; name: string }>()
  const memberships = records.flatMap((record) => {
    if (!record.group) return []
    const group = groups.get(record.group) ?? {
      districtId: context.districtId,
      id: newId<GroupId>(),
      name: record.group,
    }
    groups.set(record.group, group)
    return [
      {
        districtId: context.districtId,
        id: newId<string>(),
        groupId: group.id,
        schoolId: idOf(record.name),
        isCore: record.group.startsWith(record.name),
        during: { from, until: null },
      },
    ]
  })
  return { groups: [...groups.values()], memberships }
}

/** 结对: one row a pair, told by both schools or by one. */
export function pairingRows(
  context: SchoolContext,
  records: readonly SchoolRecord[],
  idOf: (name: string) => SchoolId | null,
  from: LocalDate,
): (typeof schoolPairings.$inferInsert)[] {
  const seen = new Set<string>()
  return records.flatMap((record) => {
    const partner = record.pairedSchool ? idOf(record.pairedSchool) : null
    const own = idOf(record.name)
    if (!partner || !own || !record.pairedClasses) return []
    const key = [own, partner].sort().join('|')
    if (seen.has(key)) return []
    seen.add(key)
    return [
      {
        districtId: context.districtId,
        id: newId<string>(),
        schoolId: own,
        partnerId: partner,
        classes: record.pairedClasses,
        during: { from, until: null },
      },
    ]
  })
}
