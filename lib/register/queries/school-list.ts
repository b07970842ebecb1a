import { and, asc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { educationGroups, groupMemberships, schoolPairings, schools } from '@/db/schema/index.ts'
import { joinByHash, type Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { DistrictSubjectNeed, SubjectNeed } from '@/lib/rules/register/subject-need.ts'
import type { Locality, SchoolKind } from '@/lib/rules/register/vocabulary.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'
import { policyInForce } from './backbone.ts'
import { moversOn } from './movers.ts'
import { districtOnDay, establishmentFigures, subjectFigures } from './school-figures.ts'
import { ownSchools } from './schools.ts'
import { holdsOn } from './teacher-conditions.ts'

export interface SchoolRow {
  id: SchoolId
  code: string
  name: string
  kind: SchoolKind
  locality: Locality
  quality: boolean
  zone: string | null
  /** Absent for roles that read names only. */
  figures: {
    pupils: number
    classes: number
    approved: number | null
    normTenths: number
    actual: number
    staff: number
    byWorkPlace: number
    backbone: number
    out: number
    in: number
  } | null
}

const READS_FIGURES: readonly UserActor['role'][] = ['bureau_hr', 'bureau_reviewer', 'principal', 'school_hr']

/** Schools of a day with their headline figures; one of a school sees its own. */
export async function listSchools(tx: Tx, actor: UserActor, on: LocalDate): Promise<SchoolRow[]> {
  const rows = await tx
    .select({
      id: schools.id,
      code: schools.code,
      name: schools.name,
      kind: schools.kind,
      locality: schools.locality,
      quality: schools.quality,
      zone: schools.zone,
    })
    .from(schools)
    .where(and(sql`(${schools.closedOn} IS NULL OR ${schools.closedOn} > ${on})`, ownSchools(actor)))
    .orderBy(asc(schools.position))
  if (!READS_FIGURES.includes(actor.role)) return rows.map((row) => ({ ...row, figures: null }))
  await joinByHash(tx)
  const policy = await policyInForce(tx, on)
  const day = await districtOnDay(tx, on, policy)
  const movers = await moversOn(tx, on)
  const out = groupBy(movers, ({ fromSchoolId }) => fromSchoolId)
  const into = groupBy(movers, ({ toSchoolId }) => toSchoolId)
  const backbone = groupBy(
    day.staff.filter(({ isBackbone }) => isBackbone),
    ({ relationSchool }) => relationSchool,
  )
  const byId = new Map(establishmentFigures(day, policy.norm).map((row) => [row.school.id, row]))
  return rows.map((row) => {
    const known = byId.get(row.id)
    if (!known) return { ...row, figures: null }
    return {
      ...row,
      figures: {
        pupils: known.school.pupils.P + known.school.pupils.J,
        classes: known.school.classes.reduce((sum, count) => sum + count, 0),
        approved: known.approved,
        normTenths: known.norm.tenths,
        actual: known.actual,
        staff: known.staff,
        byWorkPlace: known.byWorkPlace,
        backbone: backbone.get(row.id)?.length ?? 0,
        out: out.get(row.id)?.length ?? 0,
        in: into.get(row.id)?.length ?? 0,
      },
    }
  })
}

export interface NeedTable {
  needs: SubjectNeed[]
  district: DistrictSubjectNeed[]
  schools: { id: SchoolId; name: string }[]
}

/** Subject need of every school the actor may see (R-SUB-1). */
export async function needTable(tx: Tx, actor: UserActor, on: LocalDate): Promise<NeedTable> {
  await joinByHash(tx)
  const policy = await policyInForce(tx, on)
  const day = await districtOnDay(tx, on, policy)
  const mine = day.schools.filter(
    (school) => !['principal', 'school_hr'].includes(actor.role) || actor.schoolIds.includes(school.id),
  )
  const { needs, district } = subjectFigures({ ...day, schools: mine }, policy.periodPlan)
  return { needs, district, schools: mine.map(({ id, name }) => ({ id, name })) }
}

export interface SchoolTies {
  groups: { id: string; name: string; members: { id: SchoolId; name: string; isCore: boolean }[] }[]
  branches: { id: SchoolId; name: string; of: { id: SchoolId; name: string } }[]
  pairs: { id: string; a: { id: SchoolId; name: string }; b: { id: SchoolId; name: string }; classes: number }[]
}

/** 教育集团, branches and 同频互动课堂 pairs of a day. */
export async function schoolTies(tx: Tx, on: LocalDate): Promise<SchoolTies> {
  const mother = alias(schools, 'mother')
  const members = await tx
    .select({
      groupId: educationGroups.id,
      group: educationGroups.name,
      id: schools.id,
      name: schools.name,
      isCore: groupMemberships.isCore,
    })
    .from(groupMemberships)
    .innerJoin(
      educationGroups,
      and(
        eq(educationGroups.districtId, groupMemberships.districtId),
        eq(educationGroups.id, groupMemberships.groupId),
      ),
    )
    .innerJoin(
      schools,
      and(eq(schools.districtId, groupMemberships.districtId), eq(schools.id, groupMemberships.schoolId)),
    )
    .where(holdsOn(groupMemberships, on))
    .orderBy(asc(educationGroups.name), sql`${groupMemberships.isCore} DESC`, asc(schools.position))
  const groups = new Map<string, SchoolTies['groups'][number]>()
  for (const { groupId, group, ...member } of members) {
    const known = groups.get(groupId) ?? { id: groupId, name: group, members: [] }
    known.members.push(member)
    groups.set(groupId, known)
  }
  const branches = await tx
    .select({ id: schools.id, name: schools.name, of: { id: mother.id, name: mother.name } })
    .from(schools)
    .innerJoin(mother, and(eq(mother.districtId, schools.districtId), eq(mother.id, schools.branchOf)))
    .orderBy(asc(mother.position), asc(schools.position))
  const pairs = await tx
    .select({
      id: schoolPairings.id,
      a: { id: schools.id, name: schools.name },
      b: { id: mother.id, name: mother.name },
      classes: schoolPairings.classes,
    })
    .from(schoolPairings)
    .innerJoin(schools, and(eq(schools.districtId, schoolPairings.districtId), eq(schools.id, schoolPairings.schoolId)))
    .innerJoin(mother, and(eq(mother.districtId, schoolPairings.districtId), eq(mother.id, schoolPairings.partnerId)))
    .where(holdsOn(schoolPairings, on))
    .orderBy(asc(schools.position))
  return { groups: [...groups.values()], branches, pairs }
}
