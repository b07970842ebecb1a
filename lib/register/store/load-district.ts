import { eq } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import {
  annualAssessments,
  appointments,
  certificates,
  disciplinaryPeriods,
  educationGroups,
  employments,
  groupMemberships,
  honours,
  leaves,
  postGrades,
  postings,
  principalships,
  schoolPairings,
  schools,
  schoolYears,
  teacherSecrets,
  teachers,
  titles,
} from '@/db/schema/index.ts'
import type { PostingId } from '@/db/schema/rotation/postings.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { keyring } from '@/lib/platform/crypto.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { DistrictRecords, RotationRecord } from '@/lib/rules/register/records.ts'
import {
  addDays,
  addMonths,
  firstDayOf,
  type LocalDate,
  schoolYearOf,
  schoolYearPeriod,
} from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { DistrictId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { type PersonRows, personRows } from './person-rows.ts'
import { groupRows, pairingRows, schoolRow, schoolYearRow } from './school-rows.ts'
import { serviceLine } from './service-line.ts'

const CHUNK = 1000

/** Inserts rows in pieces a statement can hold; every row must arrive. */
export async function insertAll<T extends PgTable>(tx: Tx, table: T, rows: T['$inferInsert'][]): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK)
    await tx.insert(table).values(rows.slice(start, start + CHUNK) as never)
}

/** Last day of a posting that ends in this month; null for an open one. */
export const lastDayOfPosting = (record: RotationRecord): LocalDate | null =>
  record.end === null ? null : addDays(firstDayOf(addMonths(record.end, 1)), -1)

/**
 * Fills an empty district with all that its workbooks say: the demo district, and the quickest honest path a test has
 * to a full register. Later workbooks come through the import, which compares.
 */
export async function loadDistrict(
  tx: Tx,
  districtId: DistrictId,
  records: DistrictRecords,
): Promise<{ schoolIds: Map<string, SchoolId>; teacherIds: Map<string, TeacherId> }> {
  const at = now() as string
  const year = schoolYearOf(records.statisticsDate)
  const context = { districtId, at, year }
  const schoolIds = new Map(records.schools.map((record) => [record.name, newId<SchoolId>()]))
  const schoolIdOf = (name: string): SchoolId => {
    const id = schoolIds.get(name)
    if (!id) throw new RangeError(`no such school: ${name}`)
    return id
  }
  await insertAll(
    tx,
    schools,
    records.schools.map((record, index) => schoolRow(context, record, schoolIdOf(record.name), index)),
  )
  for (const record of records.schools)
    if (record.branchOf)
      await tx
        .update(schools)
        .set({ branchOf: schoolIdOf(record.branchOf) })
        .where(eq(schools.id, schoolIdOf(record.name)))
  await insertAll(
    tx,
    schoolYears,
    records.schools.map((record) => schoolYearRow(context, record, schoolIdOf(record.name))),
  )
  const yearStart = schoolYearPeriod(year).from
  const { groups, memberships } = groupRows(context, records.schools, schoolIdOf, yearStart)
  await insertAll(tx, educationGroups, groups)
  await insertAll(tx, groupMemberships, memberships)
  await insertAll(
    tx,
    schoolPairings,
    pairingRows(context, records.schools, (name) => schoolIds.get(name) ?? null, yearStart),
  )

  const keys = await keyring(tx, districtId)
  const people = records.staff.map((record, index) =>
    personRows(
      { districtId, at, statisticsDate: records.statisticsDate, batchId: null, keys, schoolIdOf },
      record,
      record.staffNo ?? `T${String(index + 1).padStart(6, '0')}`,
    ),
  )
  const teacherIds = new Map(records.staff.map((record, index) => [record.idNumber, people[index]!.teacher.id]))
  const postingRows = records.rotations.flatMap((record) => {
    const teacherId = teacherIds.get(record.idNumber)
    if (!teacherId) return []
    return [
      {
        districtId,
        id: newId<PostingId>(),
        teacherId,
        form: record.form,
        movesRelation: record.movesRelation,
        fromSchoolId: schoolIdOf(record.fromSchool),
        toSchoolId: schoolIdOf(record.toSchool),
        startsOn: firstDayOf(record.start),
        endsOn: lastDayOfPosting(record),
        planned: record.planned,
        source: 'register' as const,
        note: record.note,
        changedAt: at,
      },
    ]
  })
  followPostings(people, postingRows)
  await insertAll(
    tx,
    teachers,
    people.map((person) => person.teacher),
  )
  await insertAll(
    tx,
    teacherSecrets,
    people.map((person) => person.secrets),
  )
  await insertAll(
    tx,
    employments,
    people.flatMap((person) => person.employments),
  )
  await insertAll(
    tx,
    appointments,
    people.flatMap((person) => person.appointments),
  )
  await insertAll(
    tx,
    titles,
    people.flatMap((person) => person.titles),
  )
  await insertAll(
    tx,
    postGrades,
    people.flatMap((person) => person.postGrades),
  )
  await insertAll(
    tx,
    honours,
    people.flatMap((person) => person.honours),
  )
  await insertAll(
    tx,
    certificates,
    people.flatMap((person) => person.certificates),
  )
  await insertAll(
    tx,
    annualAssessments,
    people.flatMap((person) => person.assessments),
  )
  await insertAll(
    tx,
    principalships,
    people.flatMap((person) => person.principalships),
  )
  await insertAll(tx, postings, postingRows)
  await insertAll(
    tx,
    leaves,
    records.leaves.flatMap((record) => {
      const teacherId = teacherIds.get(record.idNumber)
      return teacherId
        ? [
            {
              districtId,
              id: newId<string>(),
              teacherId,
              kind: record.kind,
              startsOn: record.start,
              endsOn: record.end,
              childBirth: record.childBirth,
              changedAt: at,
            },
          ]
        : []
    }),
  )
  await insertAll(
    tx,
    disciplinaryPeriods,
    records.disciplines.flatMap((record) => {
      const teacherId = teacherIds.get(record.idNumber)
      return teacherId
        ? [
            {
              districtId,
              id: newId<string>(),
              teacherId,
              kind: record.kind,
              startsOn: record.start,
              endsOn: record.end,
              changedAt: at,
            },
          ]
        : []
    }),
  )
  return { schoolIds, teacherIds }
}

/** Rewrites the service rows of posted people so that every posting of the register shows where they taught, and when. */
function followPostings(people: PersonRows[], rows: (typeof postings.$inferInsert)[]): void {
  const byTeacher = groupBy(
    rows.filter((row) => !row.movesRelation),
    (row) => row.teacherId,
  )
  for (const person of people) {
    const mine = byTeacher.get(person.teacher.id)
    const relation = person.appointments.find((row) => row.kind === 'establishment')
    if (!mine || !relation) continue
    const line = serviceLine(
      [{ schoolId: relation.schoolId, during: relation.during }],
      mine.map((row) => ({
        id: row.id,
        toSchoolId: row.toSchoolId,
        during: { from: row.startsOn, until: row.endsOn ? addDays(row.endsOn, 1) : null },
      })),
    )
    person.appointments = [
      relation,
      ...line.map((span) => ({
        ...relation,
        id: newId<(typeof relation)['id']>(),
        kind: 'service' as const,
        schoolId: span.schoolId,
        during: span.during,
        postingId: span.postingId,
      })),
    ]
  }
}
