import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { appointments, employments, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { RETIREMENT_CATEGORIES, type RetirementCategory } from '@/lib/rules/register/retirement.ts'
import type { LineageEvent } from '@/lib/rules/register/school-lineage.ts'
import type { SchoolStay } from '@/lib/rules/register/tenure.ts'
import type { EducationLevel, Stage, Subject } from '@/lib/rules/register/vocabulary.ts'
import type { SchoolFacts, TeacherFacts } from '@/lib/rules/rotation/facts.ts'
import { addDays, type LocalDate, monthOf, parseDay } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { absencesOf, disciplinesOf, teacherHistories } from './teacher-histories.ts'

/** Who a line of a roll or figure is about, as pages and files name a person. */
export interface Who {
  teacherId: TeacherId
  staffNo: string
  name: string
  /** School of the personnel relation. */
  schoolId: SchoolId
  schoolName: string
  /** Place of work 任教单位 on the day; the relation's school when none is recorded. */
  workSchoolId: SchoolId
  stage: Stage | null
  subject: Subject | null
  education: EducationLevel | null
}

export interface TeacherOnDay {
  facts: TeacherFacts
  who: Who
}

/** Which people: all that the scope shows, or some by id. */
export interface Whom {
  teacherIds?: readonly TeacherId[]
}

/**
 * What the rules need to know of everyone on the staff on a day, from the register, in a fixed number of queries.
 * On the staff: employed on the day, or from the day after (a snapshot of 31 August decides for a year that starts on
 * 1 September, and those who join then are on its roll). What is dated is as of the day; later facts wait their turn.
 */
export async function teacherFacts(tx: Tx, on: LocalDate, whom: Whom = {}): Promise<TeacherOnDay[]> {
  const ids = whom.teacherIds
  const people = await employedOn(tx, on, ids)
  const places = groupBy(await placesUntil(tx, on, ids), (row) => row.teacherId)
  const schoolFacts = await schoolFactsById(tx)
  const histories = await teacherHistories(tx, ids)
  return people.flatMap((person): TeacherOnDay[] => {
    const own = places.get(person.id) ?? []
    const relations = own.filter((place) => place.kind === 'establishment')
    const relation = inForce(relations, on)
    const school = relation && schoolFacts.get(relation.schoolId)
    if (!relation || !school) return []
    const service = inForce(
      own.filter((place) => place.kind === 'service'),
      on,
    )
    const history = histories(person.id)
    const status = { status: person.status, on: person.statusOn ?? person.validFrom }
    const facts: TeacherFacts = {
      id: person.id,
      sex: person.sex,
      birth: person.birth ?? person.birthMonth,
      form: person.form,
      category: person.category,
      postKind: person.postKind,
      stage: relation.stage,
      subject: relation.subject,
      duty: person.duty,
      countyRank: false,
      status: person.status,
      school: school.facts,
      stays: relations.map(stayOf),
      titles: history.titles(on),
      honours: history.honours,
      absences: absencesOf(history.leaves, status),
      births: history.leaves.flatMap(({ childBirth }) => childBirth ?? []),
      disciplines: disciplinesOf(history.disciplines, status),
      assessments: history.assessments,
      postings: history.postings,
      exemptions: history.exemptions,
      retirement: retirementOnFile(person.retirementOverride),
      bondUntil: person.bondUntil,
    }
    const who: Who = {
      teacherId: person.id,
      staffNo: person.staffNo,
      name: person.name,
      schoolId: relation.schoolId,
      schoolName: school.name,
      workSchoolId: service?.schoolId ?? relation.schoolId,
      stage: relation.stage,
      subject: relation.subject,
      education: person.education as EducationLevel | null,
    }
    return [{ facts, who }]
  })
}

/** Rows that matter on a day: in force on it, or beginning the day after. */
const aroundDay = (table: { validFrom: PgColumn; validTo: PgColumn }, on: LocalDate) =>
  sql`${table.validFrom} <= ${addDays(on, 1)} AND ${table.validTo} > ${on}`

async function employedOn(tx: Tx, on: LocalDate, ids: readonly TeacherId[] | undefined) {
  const births = sql`sec.birth_days()`
  return tx
    .selectDistinctOn([teachers.id], {
      id: teachers.id,
      staffNo: teachers.staffNo,
      name: teachers.name,
      sex: teachers.sex,
      birthMonth: teachers.birthMonth,
      birth: sql<LocalDate | null>`born.birth`,
      education: teachers.highestEducation,
      retirementOverride: teachers.retirementOverride,
      bondUntil: teachers.bondUntil,
      form: employments.form,
      category: employments.category,
      postKind: employments.postKind,
      duty: employments.duty,
      status: employments.status,
      statusOn: employments.statusOn,
      validFrom: sql<LocalDate>`${employments.validFrom}`,
    })
    .from(teachers)
    .innerJoin(
      employments,
      and(eq(employments.districtId, teachers.districtId), eq(employments.teacherId, teachers.id)),
    )
    .leftJoin(sql`${births} AS born`, sql`born.teacher_id = ${teachers.id}`)
    .where(and(aroundDay(employments, on), ids ? inArray(teachers.id, [...ids]) : undefined))
    .orderBy(teachers.id, asc(employments.validFrom))
}

async function placesUntil(tx: Tx, on: LocalDate, ids: readonly TeacherId[] | undefined) {
  return tx
    .select({
      teacherId: appointments.teacherId,
      schoolId: appointments.schoolId,
      kind: appointments.kind,
      stage: appointments.stage,
      subject: appointments.subject,
      from: sql<LocalDate>`${appointments.validFrom}`,
      /** Day after the last; null while it lasts. */
      until: sql<LocalDate | null>`nullif(${appointments.validTo}, 'infinity')`,
    })
    .from(appointments)
    .where(
      and(
        sql`${appointments.validFrom} <= ${addDays(on, 1)}`,
        sql`(${appointments.kind} = 'establishment' OR ${appointments.validTo} > ${on})`,
        ids ? inArray(appointments.teacherId, [...ids]) : undefined,
      ),
    )
    .orderBy(appointments.teacherId, asc(appointments.validFrom), asc(appointments.id))
}

type Place = Awaited<ReturnType<typeof placesUntil>>[number]

/** The place that holds on the day, else the one that begins the day after. Rows come in order of their first day. */
const inForce = (places: readonly Place[], on: LocalDate): Place | undefined =>
  places.find((place) => place.until === null || place.until > on)

const stayOf = (place: Place): SchoolStay => ({
  schoolId: place.schoolId,
  from: monthOf(place.from),
  until: place.until === null ? null : monthOf(place.until),
})

async function schoolFactsById(tx: Tx): Promise<Map<string, { name: string; facts: SchoolFacts }>> {
  const rows = await tx
    .select({
      id: schools.id,
      name: schools.name,
      kind: schools.kind,
      locality: schools.locality,
      quality: schools.quality,
      zone: schools.zone,
    })
    .from(schools)
  return new Map(rows.map(({ name, ...facts }) => [facts.id, { name, facts: { ...facts, isPublic: true } }]))
}

/** Branches, as far as tenure asks for them (R-TEN-2); renamed and merged schools keep their row. */
export async function schoolLineage(tx: Tx): Promise<LineageEvent[]> {
  const rows = await tx.select({ id: schools.id, branchOf: schools.branchOf }).from(schools)
  return rows.flatMap(({ id, branchOf }) => (branchOf ? [{ kind: 'branch', from: branchOf, to: id } as const] : []))
}

function retirementOnFile(override: { category?: string; ownDate?: string } | null): TeacherFacts['retirement'] {
  const category = override?.category as RetirementCategory | undefined
  return {
    override: category && RETIREMENT_CATEGORIES.includes(category) ? category : null,
    choice: override?.ownDate ? parseDay(override.ownDate) : null,
  }
}
