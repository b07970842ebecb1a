import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import {
  annualAssessments,
  disciplinaryPeriods,
  districts,
  exemptions,
  honours,
  leaves,
  orders,
  postings,
  titles,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { ABSENCE_OF_STATUS, otherFormOf } from '@/lib/rules/register/facts-from-records.ts'
import type { AssessmentResult, RotationForm, Status } from '@/lib/rules/register/vocabulary.ts'
import type {
  AbsenceFact,
  DecidedExemption,
  DisciplineFact,
  PostingFact,
  TeacherFacts,
  TitleFact,
} from '@/lib/rules/rotation/facts.ts'
import type { Honour } from '@/lib/rules/standing/backbone.ts'
import { addDays, type LocalDate, monthOf, type YearMonth } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'

type LeaveRow = Pick<typeof leaves.$inferSelect, 'kind' | 'startsOn' | 'endsOn' | 'childBirth' | 'grade'>
type DisciplineRow = Pick<typeof disciplinaryPeriods.$inferSelect, 'kind' | 'startsOn' | 'endsOn'>

/** What the dated tables say of one person. */
export interface TeacherHistory {
  /** Titles that have not ended by the day. */
  titles: (on: LocalDate) => TitleFact[]
  honours: Honour[]
  leaves: LeaveRow[]
  disciplines: DisciplineRow[]
  assessments: TeacherFacts['assessments']
  postings: PostingFact[]
  exemptions: DecidedExemption[]
}

const dayAfter = (last: LocalDate | null): LocalDate | null => (last === null ? null : addDays(last, 1))
const monthIn = (day: LocalDate | null): YearMonth | null => (day === null ? null : monthOf(day))

/** Titles, honours, leaves, disciplines, assessments, postings and decided exemptions: one query each, for all asked for. */
export async function teacherHistories(
  tx: Tx,
  ids: readonly TeacherId[] | undefined,
): Promise<(teacherId: TeacherId) => TeacherHistory> {
  const those = (column: PgColumn) => (ids ? inArray(column, [...ids]) : undefined)
  const byTeacher = <R extends { teacherId: TeacherId }>(rows: R[]) => groupBy(rows, (row) => row.teacherId)
  const titleRows = byTeacher(
    await tx
      .select({
        teacherId: titles.teacherId,
        title: titles.title,
        kind: titles.kind,
        from: sql<LocalDate>`${titles.validFrom}`,
        until: sql<LocalDate | null>`nullif(${titles.validTo}, 'infinity')`,
      })
      .from(titles)
      .where(those(titles.teacherId)),
  )
  const honourRows = byTeacher(
    await tx
      .select({
        teacherId: honours.teacherId,
        kind: honours.kind,
        level: honours.level,
        awardedMonth: honours.awardedMonth,
        validUntil: honours.validUntil,
        revokedOn: honours.revokedOn,
      })
      .from(honours)
      .where(those(honours.teacherId)),
  )
  const leaveRows = byTeacher(
    await tx
      .select({
        teacherId: leaves.teacherId,
        kind: leaves.kind,
        startsOn: leaves.startsOn,
        endsOn: leaves.endsOn,
        childBirth: leaves.childBirth,
        grade: leaves.grade,
      })
      .from(leaves)
      .where(those(leaves.teacherId))
      .orderBy(asc(leaves.startsOn), asc(leaves.id)),
  )
  const disciplineRows = byTeacher(
    await tx
      .select({
        teacherId: disciplinaryPeriods.teacherId,
        kind: disciplinaryPeriods.kind,
        startsOn: disciplinaryPeriods.startsOn,
        endsOn: disciplinaryPeriods.endsOn,
      })
      .from(disciplinaryPeriods)
      .where(those(disciplinaryPeriods.teacherId))
      .orderBy(asc(disciplinaryPeriods.startsOn), asc(disciplinaryPeriods.id)),
  )
  const assessmentRows = byTeacher(
    await tx
      .select({
        teacherId: annualAssessments.teacherId,
        year: annualAssessments.year,
        result: annualAssessments.result,
      })
      .from(annualAssessments)
      .where(those(annualAssessments.teacherId)),
  )
  const postingRows = byTeacher(await postingFacts(tx, ids))
  const exemptionRows = byTeacher(
    await tx
      .select({
        teacherId: exemptions.teacherId,
        rule: exemptions.rule,
        outcome: exemptions.outcome,
        minutesNo: exemptions.minutesNo,
        during: exemptions.during,
      })
      .from(exemptions)
      .where(and(eq(exemptions.state, 'granted'), those(exemptions.teacherId))),
  )
  return (id) => ({
    titles: (on) => titleFacts((titleRows.get(id) ?? []).filter(({ until }) => until === null || until > on)),
    honours: (honourRows.get(id) ?? []).map((row) => ({
      kind: row.kind,
      level: row.level,
      awarded: monthIn(row.awardedMonth),
      validUntil: row.validUntil,
      revokedOn: row.revokedOn,
    })),
    leaves: leaveRows.get(id) ?? [],
    disciplines: disciplineRows.get(id) ?? [],
    assessments: (assessmentRows.get(id) ?? []).map(({ year, result }) => ({
      year,
      result: result as AssessmentResult,
    })),
    postings: (postingRows.get(id) ?? []).map(({ fact }) => fact),
    exemptions: (exemptionRows.get(id) ?? []).map((row) => ({
      rule: row.rule as DecidedExemption['rule'],
      state: row.outcome,
      document: row.minutesNo,
      ...row.during,
    })),
  })
}

/** Held and appointed rows of one title are one fact; a title that is only appointed is held too. */
function titleFacts(rows: { title: TitleFact['title']; kind: 'held' | 'appointed'; from: LocalDate }[]): TitleFact[] {
  const facts = new Map<TitleFact['title'], TitleFact>()
  for (const row of rows) {
    const fact = facts.get(row.title) ?? { title: row.title, obtained: null, appointed: null }
    if (row.kind === 'held') fact.obtained = monthOf(row.from)
    else fact.appointed = monthOf(row.from)
    facts.set(row.title, fact)
  }
  return [...facts.values()]
}

/** Postings of the register and of issued orders, oldest first, as the rules count them. */
export async function postingFacts(
  tx: Tx,
  ids?: readonly TeacherId[],
): Promise<{ teacherId: TeacherId; caseId: string | null; fact: PostingFact }[]> {
  const rows = await tx
    .select({
      teacherId: postings.teacherId,
      caseId: postings.caseId,
      form: postings.form,
      movesRelation: postings.movesRelation,
      fromSchoolId: postings.fromSchoolId,
      toSchoolId: postings.toSchoolId,
      startsOn: postings.startsOn,
      endsOn: postings.endsOn,
      periodsPerWeek: postings.periodsPerWeek,
      note: postings.note,
      orderedOn: sql<LocalDate | null>`(${orders.issuedAt} AT TIME ZONE ${districts.timeZone})::date::text`,
    })
    .from(postings)
    .innerJoin(districts, eq(districts.id, postings.districtId))
    .leftJoin(
      orders,
      and(eq(orders.districtId, postings.districtId), eq(orders.caseId, postings.caseId), eq(orders.state, 'issued')),
    )
    .where(ids ? inArray(postings.teacherId, [...ids]) : undefined)
    .orderBy(asc(postings.startsOn), asc(postings.id))
  return rows.map((row) => ({
    teacherId: row.teacherId,
    caseId: row.caseId,
    fact: {
      form: row.form as RotationForm,
      other: otherFormOf(row.note),
      movesRelation: row.movesRelation,
      fromSchool: row.fromSchoolId,
      toSchool: row.toSchoolId,
      from: row.startsOn,
      until: dayAfter(row.endsOn),
      orderedOn: row.orderedOn,
      periodsPerWeek: row.periodsPerWeek,
    },
  }))
}

interface ReportedStatus {
  status: Status
  /** Day on which it was reported. */
  on: LocalDate
}

/**
 * Absences from the register of leaves, and the one that a reported status says when no line of its kind covered the
 * day of the report: then nobody knows since when, and it lasts as long as the status does.
 */
export function absencesOf(rows: readonly LeaveRow[], reported: ReportedStatus): AbsenceFact[] {
  const registered = rows.flatMap((row): AbsenceFact[] =>
    row.kind === 'birth' ? [] : [{ kind: row.kind, from: row.startsOn, until: dayAfter(row.endsOn), grade: row.grade }],
  )
  const kind = ABSENCE_OF_STATUS[reported.status]
  const isRegistered = registered.some(
    (absence) =>
      absence.kind === kind &&
      (absence.from === null || absence.from <= reported.on) &&
      (absence.until === null || reported.on < absence.until),
  )
  return kind && !isRegistered ? [...registered, { kind, from: null, until: null, grade: null }] : registered
}

/** Disciplines from their register; 停职 without an open investigation there counts as one from the day it was reported. */
export function disciplinesOf(rows: readonly DisciplineRow[], reported: ReportedStatus): DisciplineFact[] {
  const registered = rows.map(
    ({ kind, startsOn, endsOn }): DisciplineFact => ({ kind, from: startsOn, until: dayAfter(endsOn) }),
  )
  return reported.status === 'suspended' && !registered.some(({ kind }) => kind === 'investigation')
    ? [...registered, { kind: 'investigation', from: reported.on, until: null }]
    : registered
}
