import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { reserveCandidates, reservePlacements, schools } from '@/db/schema/index.ts'
import type { CandidateId } from '@/db/schema/talent.ts'
import type { Tx } from '@/db/scope.ts'
import type { CertificateKind, Sex, Stage, Subject } from '@/lib/rules/register/vocabulary.ts'
import { SUBJECTS } from '@/lib/rules/register/vocabulary.ts'
import {
  ASSIGNED,
  CANDIDATE_STATES,
  type CandidateState,
  ENDED,
  IN_POOL,
  RESERVE_CHANNELS,
  type ReserveChannel,
} from '@/lib/rules/reserve/pipeline.ts'
import { addDays, type LocalDate } from '@/lib/rules/values/dates.ts'
import { idSchema, type SchoolId } from '@/lib/rules/values/ids.ts'

const codes = <T extends string>(table: Record<T, unknown>) =>
  z
    .enum(Object.keys(table) as [T, ...T[]])
    .optional()
    .catch(undefined)
const year = z.coerce.number().int().min(2000).max(2100).optional().catch(undefined)

/** What the counter counts (R-POOL-2); a link from each figure opens its people. */
export const RESERVE_GROUPS = { pool: IN_POOL, assigned: ASSIGNED, left: ENDED } as const
/** Days ahead that a pool age running out is shown. */
export const WARN_DAYS = 90

export const candidateQuery = z.object({
  who: z.string().trim().max(80).optional().catch(undefined),
  year,
  /** Calendar year of 入库. */
  entered: year,
  channel: codes(RESERVE_CHANNELS),
  stage: z.enum(['P', 'J']).optional().catch(undefined),
  subject: codes(SUBJECTS),
  state: codes(CANDIDATE_STATES),
  group: codes(RESERVE_GROUPS),
  school: idSchema<SchoolId>().optional().catch(undefined),
  /** `soon`: in the pool, and the pool age has run out or does within 90 days. */
  age: z.enum(['soon']).optional().catch(undefined),
  view: z.enum(['list', 'board']).catch('list'),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  size: z.coerce
    .number()
    .refine((n) => [20, 50, 100].includes(n))
    .catch(50),
})
export type CandidateQuery = z.output<typeof candidateQuery>

export interface CandidateRow {
  id: CandidateId
  number: string
  name: string
  sex: Sex
  year: number
  channel: ReserveChannel
  stage: Stage
  subject: Subject
  certificateKind: CertificateKind | null
  state: CandidateState
  pooledOn: LocalDate | null
  poolUntil: LocalDate | null
  leftOn: LocalDate | null
  schoolId: SchoolId | null
  school: string | null
  placedFrom: LocalDate | null
  version: number
}

function conditions(query: CandidateQuery, today: LocalDate): SQL | undefined {
  const pattern = query.who ? `%${query.who.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%` : null
  return and(
    pattern
      ? sql`(${reserveCandidates.name} LIKE ${pattern} OR ${reserveCandidates.number} LIKE ${pattern})`
      : undefined,
    query.year ? eq(reserveCandidates.year, query.year) : undefined,
    query.entered
      ? sql`${reserveCandidates.pooledOn} BETWEEN ${`${query.entered}-01-01`} AND ${`${query.entered}-12-31`}`
      : undefined,
    query.channel ? eq(reserveCandidates.channel, query.channel) : undefined,
    query.stage ? eq(reserveCandidates.stage, query.stage) : undefined,
    query.subject ? eq(reserveCandidates.subject, query.subject) : undefined,
    query.state ? eq(reserveCandidates.state, query.state) : undefined,
    query.group ? inArray(reserveCandidates.state, [...RESERVE_GROUPS[query.group]]) : undefined,
    query.school ? eq(reservePlacements.schoolId, query.school) : undefined,
    query.age ? runsOut(today) : undefined,
  )
}

const runsOut = (today: LocalDate) =>
  and(
    inArray(reserveCandidates.state, [...IN_POOL]),
    sql`${reserveCandidates.poolUntil} <= ${addDays(today, WARN_DAYS)}`,
  )

const columns = {
  id: reserveCandidates.id,
  number: reserveCandidates.number,
  name: reserveCandidates.name,
  sex: reserveCandidates.sex,
  year: reserveCandidates.year,
  channel: reserveCandidates.channel,
  stage: reserveCandidates.stage,
  subject: reserveCandidates.subject,
  certificateKind: reserveCandidates.certificateKind,
  state: reserveCandidates.state,
  pooledOn: reserveCandidates.pooledOn,
  poolUntil: reserveCandidates.poolUntil,
  leftOn: reserveCandidates.leftOn,
  schoolId: reservePlacements.schoolId,
  school: schools.name,
  placedFrom: reservePlacements.validFrom,
  version: reserveCandidates.version,
}

/** With the present or last school; one placement at a time, so a person stands once. */
const withPlacement = and(
  eq(reservePlacements.districtId, reserveCandidates.districtId),
  eq(reservePlacements.candidateId, reserveCandidates.id),
  sql`${reservePlacements.validFrom} = (SELECT max(p.valid_from) FROM reserve_placements p
    WHERE p.district_id = ${reserveCandidates.districtId} AND p.candidate_id = ${reserveCandidates.id})`,
)
const placedAt = and(eq(schools.districtId, reservePlacements.districtId), eq(schools.id, reservePlacements.schoolId))

/** Reserve hires of a filter, newest entry first. A school sees those placed there (row-level security). */
export async function listCandidates(
  tx: Tx,
  query: CandidateQuery,
  today: LocalDate,
  all = false,
): Promise<{ rows: CandidateRow[]; total: number }> {
  const filter = conditions(query, today)
  const listed = tx
    .select(columns)
    .from(reserveCandidates)
    .leftJoin(reservePlacements, withPlacement)
    .leftJoin(schools, placedAt)
    .where(filter)
    .orderBy(
      query.age ? asc(reserveCandidates.poolUntil) : sql`${reserveCandidates.pooledOn} DESC NULLS FIRST`,
      desc(reserveCandidates.number),
    )
  const rows = await (all ? listed : listed.limit(query.size).offset((query.page - 1) * query.size))
  const [counted] = await tx
    .select({ total: sql<number>`count(*)::int` })
    .from(reserveCandidates)
    .leftJoin(reservePlacements, withPlacement)
    .where(filter)
  return { rows, total: counted?.total ?? 0 }
}

/** A pool member as the counter needs it. */
export const poolMembers = (tx: Tx) =>
  tx
    .select({ id: reserveCandidates.id, enteredOn: reserveCandidates.pooledOn, state: reserveCandidates.state })
    .from(reserveCandidates)

/** How many pool ages have run out or do within 90 days. */
export async function agesRunningOut(tx: Tx, today: LocalDate): Promise<number> {
  const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(reserveCandidates).where(runsOut(today))
  return row?.count ?? 0
}
