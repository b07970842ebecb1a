import { and, eq, inArray, sql } from 'drizzle-orm'
import { schools, teachers, titles } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { CaseRow } from './lock.ts'

/** The person's key fields at the moment of a step (domain.md §2.6), and the names a sentence needs. */
export interface CaseSnapshot {
  name: string
  staffNo: string
  title: string | null
  fromSchool: string
  toSchool: string | null
  stage: string | null
  subject: string | null
  form: number
  isBackbone: boolean
  startsOn: LocalDate
  endsOn: LocalDate | null
}

/** Snapshots of cases in three reads. A person outside the actor's scope leaves the name empty. */
export async function snapshotsOf(tx: Tx, rows: readonly CaseRow[], on: LocalDate): Promise<Map<string, CaseSnapshot>> {
  if (rows.length === 0) return new Map()
  const teacherIds = [...new Set(rows.map(({ teacherId }) => teacherId))]
  const schoolIds = [
    ...new Set(rows.flatMap((row) => (row.toSchoolId ? [row.fromSchoolId, row.toSchoolId] : [row.fromSchoolId]))),
  ]
  const people = await tx
    .select({ id: teachers.id, name: teachers.name, staffNo: teachers.staffNo })
    .from(teachers)
    .where(inArray(teachers.id, teacherIds))
  const places = await tx
    .select({ id: schools.id, name: schools.name })
    .from(schools)
    .where(inArray(schools.id, schoolIds))
  const held = await tx
    .select({ teacherId: titles.teacherId, title: titles.title })
    .from(titles)
    .where(
      and(
        inArray(titles.teacherId, teacherIds),
        eq(titles.kind, 'appointed'),
        sql`${titles.validFrom} <= ${on} AND ${titles.validTo} > ${on}`,
      ),
    )
  const person = new Map(people.map((row) => [row.id, row]))
  const school = new Map(places.map((row) => [row.id, row.name]))
  const title = new Map(held.map((row) => [row.teacherId, row.title]))
  return new Map(
    rows.map((row) => [
      row.id,
      {
        name: person.get(row.teacherId)?.name ?? '',
        staffNo: person.get(row.teacherId)?.staffNo ?? '',
        title: title.get(row.teacherId) ?? null,
        fromSchool: school.get(row.fromSchoolId) ?? '',
        toSchool: row.toSchoolId ? (school.get(row.toSchoolId) ?? '') : null,
        stage: row.stage,
        subject: row.subject,
        form: row.form,
        isBackbone: row.isBackbone,
        startsOn: row.startsOn,
        endsOn: row.endsOn,
      },
    ]),
  )
}
