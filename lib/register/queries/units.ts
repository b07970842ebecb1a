import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { appointments, employments, honours, schools, schoolYears, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { EquitySchool } from '@/lib/rules/equity/who-counts.ts'
import type {
  Category,
  EducationLevel,
  EmploymentForm,
  Stage,
  Status,
  Subject,
} from '@/lib/rules/register/vocabulary.ts'
import { type BackboneSettings, isBackbone } from '@/lib/rules/standing/backbone.ts'
import { addDays, type LocalDate, monthOf, type SchoolYear, schoolYearOf } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'

/** A school as of a day, with the numbers of its school year. The research centre is no school and is not here. */
export interface SchoolUnit extends EquitySchool {
  id: SchoolId
  code: string
  name: string
  shortName: string | null
  quality: boolean
  zone: string | null
  /** Classes of grades 1–9. */
  classes: number[]
  /** 核定编制; null = not typed in. */
  establishment: number | null
  seats: number | null
  /** Plane coordinates in km. */
  position: { x: number; y: number } | null
  /** School year the numbers are of: that of the day, else the last one recorded before. */
  year: SchoolYear | null
}

/** Schools open on a day, in the order of lists, with the numbers of that day's school year. */
export async function schoolUnits(tx: Tx, on: LocalDate): Promise<SchoolUnit[]> {
  const open = await tx
    .select()
    .from(schools)
    .where(and(sql`${schools.kind} <> 'research'`, or(isNull(schools.closedOn), sql`${schools.closedOn} > ${on}`)))
    .orderBy(asc(schools.position), asc(schools.name))
  const years = await tx
    .selectDistinctOn([schoolYears.schoolId])
    .from(schoolYears)
    .where(sql`${schoolYears.year} <= ${yearKnownFor(on)}`)
    .orderBy(schoolYears.schoolId, sql`${schoolYears.year} DESC`)
  const byId = new Map(years.map((row) => [row.schoolId, row]))
  return open.map((school): SchoolUnit => {
    const numbers = byId.get(school.id)
    return {
      id: school.id,
      code: school.code,
      name: school.name,
      shortName: school.shortName,
      kind: school.kind,
      locality: school.locality,
      quality: school.quality,
      zone: school.zone,
      pupils: { P: numbers?.pupilsPrimary ?? 0, J: numbers?.pupilsJunior ?? 0 },
      resources: { P: numbers?.resourcesPrimary ?? null, J: numbers?.resourcesJunior ?? null },
      classes: numbers?.classes ?? Array.from({ length: 9 }, () => 0),
      establishment: numbers?.establishment ?? null,
      seats: numbers?.seats ?? null,
      position: school.x === null || school.y === null ? null : { x: school.x, y: school.y },
      year: numbers ? (numbers.year as SchoolYear) : null,
    }
  })
}

/** The snapshot of 31 August looks at the numbers of the school year that begins the day after. */
const yearKnownFor = (on: LocalDate): SchoolYear => schoolYearOf(addDays(on, 1))

/** One of the staff on a day, as far as the figures of schools look. */
export interface StaffMember {
  teacherId: TeacherId
  staffNo: string
  name: string
  relationSchool: SchoolId
  workSchool: SchoolId
  stage: Stage | null
  subject: Subject | null
  /** Stage and subject taught at the place of work; as in the relation where the posting names none. */
  workStage: Stage | null
  workSubject: Subject | null
  category: Category
  form: EmploymentForm
  status: Status
  education: EducationLevel | null
  isBackbone: boolean
}

const LEFT: readonly Status[] = ['retired', 'moved_out', 'resigned', 'deceased']

/** Everyone employed on a day who has not left, with school of relation and place of work (R-BAL-4), in two queries. */
export async function staffOn(tx: Tx, on: LocalDate, settings: BackboneSettings): Promise<StaffMember[]> {
  const holds = (table: typeof employments | typeof appointments) =>
    sql`${table.validFrom} <= ${on} AND ${table.validTo} > ${on}`
  const people = await tx
    .select({
      teacherId: teachers.id,
      staffNo: teachers.staffNo,
      name: teachers.name,
      education: teachers.highestEducation,
      category: employments.category,
      form: employments.form,
      status: employments.status,
    })
    .from(teachers)
    .innerJoin(
      employments,
      and(eq(employments.districtId, teachers.districtId), eq(employments.teacherId, teachers.id)),
    )
    .where(holds(employments))
    .orderBy(asc(teachers.staffNo))
  const places = await tx
    .select({
      teacherId: appointments.teacherId,
      schoolId: appointments.schoolId,
      kind: appointments.kind,
      stage: appointments.stage,
      subject: appointments.subject,
    })
    .from(appointments)
    .where(holds(appointments))
    // 走教: the place with most periods is the place of work
    .orderBy(asc(appointments.teacherId), sql`${appointments.periods} DESC NULLS LAST`, asc(appointments.id))
  const placesOf = groupBy(places, (place) => place.teacherId)
  const honoursOf = groupBy(
    await tx
      .select()
      .from(honours)
      .where(inArray(honours.kind, [...settings.backboneKinds])),
    (honour) => honour.teacherId,
  )
  return people.flatMap((person): StaffMember[] => {
    if (LEFT.includes(person.status)) return []
    const own = placesOf.get(person.teacherId) ?? []
    const relation = own.find((place) => place.kind === 'establishment')
    if (!relation) return []
    const work = own.find((place) => place.kind === 'service')
    const held = (honoursOf.get(person.teacherId) ?? []).map((row) => ({
      kind: row.kind,
      level: row.level,
      awarded: row.awardedMonth === null ? null : monthOf(row.awardedMonth),
      validUntil: row.validUntil,
      revokedOn: row.revokedOn,
    }))
    return [
      {
        ...person,
        education: person.education as EducationLevel | null,
        relationSchool: relation.schoolId,
        workSchool: work?.schoolId ?? relation.schoolId,
        stage: relation.stage,
        subject: relation.subject,
        workStage: work?.stage ?? relation.stage,
        workSubject: work?.subject ?? relation.subject,
        isBackbone: isBackbone(held, on, settings),
      },
    ]
  })
}
