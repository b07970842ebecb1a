import { and, asc, eq, isNull, lte, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { appointments, postings, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'

export interface RunningPosting {
  id: string
  name: string
  subject: Subject | null
  fromSchoolId: SchoolId
  from: string
  toSchoolId: SchoolId
  to: string
  startsOn: LocalDate
  endsOn: LocalDate | null
}

const origin = alias(schools, 'origin')
const destination = alias(schools, 'destination')

/** Everybody who works away from the school of relation on a day; a school sees its own (row-level security). */
export const runningPostings = (tx: Tx, on: LocalDate): Promise<RunningPosting[]> =>
  tx
    .select({
      id: postings.id,
      name: sql<string>`coalesce(${teachers.name}, '')`,
      subject: sql<Subject | null>`(SELECT a.subject FROM ${appointments} a
        WHERE a.district_id = ${postings.districtId} AND a.teacher_id = ${postings.teacherId}
          AND a.kind = 'establishment' AND a.valid_from <= ${on} AND a.valid_to > ${on} LIMIT 1)`,
      fromSchoolId: postings.fromSchoolId,
      from: origin.name,
      toSchoolId: postings.toSchoolId,
      to: destination.name,
      startsOn: postings.startsOn,
      endsOn: postings.endsOn,
    })
    .from(postings)
    .innerJoin(origin, and(eq(origin.districtId, postings.districtId), eq(origin.id, postings.fromSchoolId)))
    .innerJoin(
      destination,
      and(eq(destination.districtId, postings.districtId), eq(destination.id, postings.toSchoolId)),
    )
    .leftJoin(teachers, and(eq(teachers.districtId, postings.districtId), eq(teachers.id, postings.teacherId)))
    .where(
      and(
        eq(postings.movesRelation, false),
        lte(postings.startsOn, on),
        or(isNull(postings.endsOn), sql`${postings.endsOn} >= ${on}`),
      ),
    )
    .orderBy(asc(origin.position), asc(destination.position), asc(postings.startsOn), asc(postings.id))

export interface FlowCount {
  from: { id: SchoolId; name: string }
  to: { id: SchoolId; name: string }
  subject: Subject | null
  count: number
}

/** Postings by origin, destination and subject. */
export function countFlows(rows: readonly RunningPosting[]): FlowCount[] {
  const flows = new Map<string, FlowCount>()
  for (const row of rows) {
    const key = `${row.fromSchoolId} ${row.toSchoolId} ${row.subject}`
    const flow = flows.get(key) ?? {
      from: { id: row.fromSchoolId, name: row.from },
      to: { id: row.toSchoolId, name: row.to },
      subject: row.subject,
      count: 0,
    }
    flow.count += 1
    flows.set(key, flow)
  }
  return [...flows.values()]
}
