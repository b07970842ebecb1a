import { and, asc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { postings, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Subject } from '@/lib/rules/register/vocabulary.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'

export interface Mover {
  id: string
  teacherId: TeacherId
  name: string
  subject: Subject | null
  form: number
  fromSchoolId: SchoolId
  from: string
  toSchoolId: SchoolId
  to: string
  startsOn: LocalDate
  endsOn: LocalDate | null
}

/** Rotations running on a day, of one school (out of it and into it) or of all the actor sees. */
export async function moversOn(tx: Tx, on: LocalDate, schoolId?: SchoolId): Promise<Mover[]> {
  const from = alias(schools, 'from_school')
  const to = alias(schools, 'to_school')
  return tx
    .select({
      id: postings.id,
      teacherId: postings.teacherId,
      name: teachers.name,
      subject: sql<Subject | null>`(SELECT rel.subject FROM appointments rel WHERE rel.district_id = ${postings.districtId}
        AND rel.teacher_id = ${postings.teacherId} AND rel.kind = 'establishment' AND rel.valid_from <= ${on} AND rel.valid_to > ${on})`,
      form: postings.form,
      fromSchoolId: postings.fromSchoolId,
      from: from.name,
      toSchoolId: postings.toSchoolId,
      to: to.name,
      startsOn: postings.startsOn,
      endsOn: postings.endsOn,
    })
    .from(postings)
    .innerJoin(teachers, and(eq(teachers.districtId, postings.districtId), eq(teachers.id, postings.teacherId)))
    .innerJoin(from, and(eq(from.districtId, postings.districtId), eq(from.id, postings.fromSchoolId)))
    .innerJoin(to, and(eq(to.districtId, postings.districtId), eq(to.id, postings.toSchoolId)))
    .where(
      and(
        sql`${postings.startsOn} <= ${on} AND (${postings.endsOn} IS NULL OR ${postings.endsOn} >= ${on}) AND NOT ${postings.movesRelation}`,
        schoolId && sql`(${postings.fromSchoolId} = ${schoolId} OR ${postings.toSchoolId} = ${schoolId})`,
      ),
    )
    .orderBy(asc(postings.startsOn), asc(teachers.pinyin))
}
