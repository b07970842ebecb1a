import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import {
  annualAssessments,
  appointments,
  certificates,
  honours,
  postGrades,
  schools,
  teacherSecrets,
  teachers,
  titles,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { monthsInclusive } from '@/lib/rules/register/tenure.ts'
import {
  ASSESSMENT_RESULTS,
  type AssessmentResult,
  CERTIFICATE_KINDS,
  EDUCATION_LEVELS,
  type EducationLevel,
  HONOUR_KINDS,
  HONOUR_LEVELS,
  SUBJECTS,
  TITLES,
} from '@/lib/rules/register/vocabulary.ts'
import { countedHonours, DEFAULT_BACKBONE_KINDS, DEFAULT_HONOUR_VALIDITY } from '@/lib/rules/standing/backbone.ts'
import { addDays, ageOn, type LocalDate, monthOf, yearOf } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'
import type { PaperPerson } from '../documents/facts.ts'

type HonourRow = typeof honours.$inferSelect
const isIn = (row: { validFrom: LocalDate | null; validTo: LocalDate | null }, on: LocalDate): boolean =>
  row.validFrom !== null && row.validFrom <= on && (row.validTo === null || row.validTo > on)

const COUNTED = { backboneKinds: DEFAULT_BACKBONE_KINDS, honourValidityMonths: DEFAULT_HONOUR_VALIDITY }
const countsOn = ({ kind, level, awardedMonth, validUntil, revokedOn }: HonourRow, on: LocalDate): boolean =>
  countedHonours([{ kind, level, awarded: awardedMonth && monthOf(awardedMonth), validUntil, revokedOn }], on, COUNTED)
    .length > 0

const honourText = (row: HonourRow): string =>
  `${HONOUR_LEVELS[row.level]}${HONOUR_KINDS[row.kind]}${row.awardedMonth ? `（${yearOf(row.awardedMonth)}年）` : ''}`

/** What the papers say of these people, as the register has them on a day; columns the reader may not see are null. */
export async function paperPersons(
  tx: Tx,
  teacherIds: readonly TeacherId[],
  on: LocalDate,
): Promise<Map<TeacherId, PaperPerson>> {
  if (teacherIds.length === 0) return new Map()
  const ids = [...new Set(teacherIds)]
  const people = await tx.select().from(teachers).where(inArray(teachers.id, ids))
  const secrets = await tx
    .select({
      teacherId: teacherSecrets.teacherId,
      birth: teacherSecrets.birth,
      ethnic: teacherSecrets.ethnic,
      political: teacherSecrets.political,
    })
    .from(teacherSecrets)
    .where(inArray(teacherSecrets.teacherId, ids))
  const secretOf = new Map(secrets.map((row) => [row.teacherId, row]))
  const titleRows = groupBy(
    await tx.select().from(titles).where(inArray(titles.teacherId, ids)),
    (row) => row.teacherId,
  )
  const gradeRows = groupBy(
    await tx.select().from(postGrades).where(inArray(postGrades.teacherId, ids)),
    (row) => row.teacherId,
  )
  const honourRows = groupBy(
    await tx.select().from(honours).where(inArray(honours.teacherId, ids)).orderBy(desc(honours.awardedMonth)),
    (row) => row.teacherId,
  )
  const certificateRows = groupBy(
    await tx.select().from(certificates).where(inArray(certificates.teacherId, ids)),
    (row) => row.teacherId,
  )
  const assessmentRows = groupBy(
    await tx
      .select()
      .from(annualAssessments)
      .where(inArray(annualAssessments.teacherId, ids))
      .orderBy(asc(annualAssessments.year)),
    (row) => row.teacherId,
  )
  const places = groupBy(
    await tx
      .select({ row: appointments, school: schools.name })
      .from(appointments)
      .innerJoin(schools, eq(schools.id, appointments.schoolId))
      .where(and(inArray(appointments.teacherId, ids), sql`${appointments.validFrom} <= ${on}`))
      .orderBy(asc(appointments.validFrom)),
    ({ row }) => row.teacherId,
  )
  return new Map(
    people.map((person): [TeacherId, PaperPerson] => {
      const secret = secretOf.get(person.id)
      const birth = secret?.birth ?? person.birthMonth
      const own = places.get(person.id) ?? []
      const relation = own.findLast(({ row }) => row.kind === 'establishment' && isIn(row, on))?.row
      const appointed = (titleRows.get(person.id) ?? []).find((row) => row.kind === 'appointed' && isIn(row, on))
      const shown = appointed ?? (titleRows.get(person.id) ?? []).find((row) => isIn(row, on))
      const counted = (honourRows.get(person.id) ?? []).filter((row) => row.revokedOn === null || row.revokedOn > on)
      const backbone = counted.find((row) => countsOn(row, on))
      return [
        person.id,
        {
          teacherId: person.id,
          staffNo: person.staffNo,
          name: person.name,
          sex: person.sex,
          birth,
          age: ageOn(birth, on),
          ethnic: secret?.ethnic ?? null,
          political: secret?.political ?? null,
          joinedWork: person.joinedWork,
          joinedSchool: relation?.during.from ?? null,
          education: person.highestEducation ? EDUCATION_LEVELS[person.highestEducation as EducationLevel] : null,
          educationAt: person.highestEducationAt,
          degree: person.degree,
          title: shown ? TITLES[shown.title] : null,
          titleSince: shown ? monthOf(shown.during.from) : null,
          grade: (gradeRows.get(person.id) ?? []).find((row) => isIn(row, on))?.grade ?? null,
          stage: relation?.stage ?? null,
          subject: relation?.subject ? SUBJECTS[relation.subject] : null,
          certificates: (certificateRows.get(person.id) ?? []).map(
            (row) => `${CERTIFICATE_KINDS[row.kind]}${row.subject ? `（${row.subject}）` : ''}`,
          ),
          honours: counted.map(honourText),
          backbone: backbone ? `${HONOUR_LEVELS[backbone.level]}${HONOUR_KINDS[backbone.kind]}` : null,
          tenureMonths: relation ? monthsInclusive(monthOf(relation.during.from), on) : null,
          assessments: (assessmentRows.get(person.id) ?? [])
            .slice(-3)
            .map(({ year, result }) => ({ year, result: ASSESSMENT_RESULTS[result as AssessmentResult] })),
          resume: own
            .filter(({ row }) => row.kind === 'service')
            .slice(-6)
            .map(({ row, school }) => ({
              from: row.during.from,
              until: row.during.until && row.during.until <= on ? addDays(row.during.until, -1) : null,
              school,
              what: row.subject ? `${SUBJECTS[row.subject]}教师` : '教职工',
            })),
        },
      ]
    }),
  )
}
