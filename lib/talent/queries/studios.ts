import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { schools, studioMemberships, studios } from '@/db/schema/index.ts'
import type { StudioId, StudioLevelCode } from '@/db/schema/talent.ts'
import type { Tx } from '@/db/scope.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import { STUDIO_KINDS, STUDIO_LEVELS, type StudioKind } from '@/lib/rules/talent/studio.ts'
import { type LocalDate, type Period, parseDay } from '@/lib/rules/values/dates.ts'
import { idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'

const text = z.string().trim().max(80).optional().catch(undefined)
export const STUDIO_TIMES = ['running', 'ended', 'coming', 'all'] as const

/** Query of the studio list; every field falls back to its default, so an old link never breaks. */
export const studioQuery = z.object({
  who: text,
  level: z.enum(STUDIO_LEVELS).optional().catch(undefined),
  kind: z
    .enum(Object.keys(STUDIO_KINDS) as [StudioKind, ...StudioKind[]])
    .optional()
    .catch(undefined),
  school: idSchema<SchoolId>().optional().catch(undefined),
  time: z.enum(STUDIO_TIMES).catch('running'),
  view: z.enum(['list', 'schools']).catch('list'),
  asOf: z
    .string()
    .transform((value) => parseDay(value) ?? undefined)
    .optional()
    .catch(undefined),
})
export type StudioQuery = z.output<typeof studioQuery>

export interface StudioRow {
  id: StudioId
  name: string
  level: StudioLevelCode
  kind: StudioKind
  subject: Subject | null
  during: Period
  version: number
  hostName: string | null
  hostSchoolId: SchoolId | null
  hostSchool: string | null
  members: number
}

const host = alias(studioMemberships, 'host')
const hostSchool = alias(schools, 'host_school')

/** Where somebody belongs on a day, as far as the reader may know; else the school of the day of joining. */
const schoolOn = (membership: typeof host, on: LocalDate): SQL<SchoolId | null> => sql<SchoolId | null>`coalesce((
  SELECT a.school_id FROM appointments a WHERE a.district_id = ${membership.districtId}
    AND a.teacher_id = ${membership.teacherId} AND a.kind = 'establishment'
    AND a.valid_from <= ${on} AND a.valid_to > ${on} LIMIT 1), ${membership.schoolId})`

const holds = (table: { validFrom: unknown; validTo: unknown }, on: LocalDate) =>
  sql`${table.validFrom} <= ${on} AND ${table.validTo} > ${on}`

/** Studios with host, school and number of members on a day, highest level first. */
export async function listStudios(tx: Tx, query: StudioQuery, on: LocalDate): Promise<StudioRow[]> {
  const time = {
    running: holds(studios, on),
    ended: sql`${studios.validTo} <= ${on}`,
    coming: sql`${studios.validFrom} > ${on}`,
    all: undefined,
  }[query.time]
  const anyone = (condition: SQL) => sql`EXISTS (SELECT 1 FROM studio_memberships m
    WHERE m.district_id = ${studios.districtId} AND m.studio_id = ${studios.id} AND ${condition})`
  const pattern = query.who ? `%${query.who.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` : null
  return tx
    .select({
      id: studios.id,
      name: studios.name,
      level: studios.level,
      kind: studios.kind,
      subject: studios.subject,
      during: studios.during,
      version: studios.version,
      hostName: host.personName,
      hostSchoolId: schoolOn(host, on),
      hostSchool: hostSchool.name,
      members: sql<number>`(SELECT count(*)::int FROM studio_memberships m
        WHERE m.district_id = ${studios.districtId} AND m.studio_id = ${studios.id} AND m.role = 'member'
          AND m.valid_from <= ${on} AND m.valid_to > ${on})`,
    })
    .from(studios)
    .leftJoin(
      host,
      and(
        eq(host.districtId, studios.districtId),
        eq(host.studioId, studios.id),
        eq(host.role, 'host'),
        holds(host, on),
      ),
    )
    .leftJoin(
      hostSchool,
      and(eq(hostSchool.districtId, studios.districtId), sql`${hostSchool.id} = ${schoolOn(host, on)}`),
    )
    .where(
      and(
        time,
        query.level ? eq(studios.level, query.level) : undefined,
        query.kind ? eq(studios.kind, query.kind) : undefined,
        pattern
          ? sql`(${studios.name} LIKE ${pattern} OR ${anyone(sql`m.person_name LIKE ${pattern} AND m.valid_from <= ${on} AND m.valid_to > ${on}`)})`
          : undefined,
        query.school
          ? anyone(sql`m.school_id = ${query.school} AND m.valid_from <= ${on} AND m.valid_to > ${on}`)
          : undefined,
      ),
    )
    .orderBy(
      sql`array_position(ARRAY['national', 'region', 'city', 'county'], ${studios.level})`,
      asc(studios.kind),
      asc(studios.name),
    )
}

export interface StudioSchool {
  id: SchoolId
  name: string
  hosts: number
  members: number
}

/** How many of each school host or belong to a running studio on a day; every school once, most hosts first. */
export async function studiosBySchool(tx: Tx, on: LocalDate): Promise<StudioSchool[]> {
  const rows = await tx
    .select({
      id: schools.id,
      name: schools.name,
      hosts: sql<number>`(count(*) FILTER (WHERE ${studioMemberships.role} = 'host'))::int`,
      members: sql<number>`(count(*) FILTER (WHERE ${studioMemberships.role} = 'member'))::int`,
    })
    .from(schools)
    .innerJoin(
      studioMemberships,
      and(
        eq(studioMemberships.districtId, schools.districtId),
        eq(studioMemberships.schoolId, schools.id),
        holds(studioMemberships, on),
      ),
    )
    .groupBy(schools.id, schools.name, schools.position)
    .orderBy(sql`3 DESC`, sql`4 DESC`, asc(schools.position))
  return rows
}

/** Names of all open schools, for menus. */
export const schoolChoices = (tx: Tx): Promise<{ id: SchoolId; name: string }[]> =>
  tx
    .select({ id: schools.id, name: schools.name })
    .from(schools)
    .where(sql`${schools.closedOn} IS NULL`)
    .orderBy(asc(schools.position))
