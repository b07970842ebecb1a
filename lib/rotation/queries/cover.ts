import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { appointments, employments, rotationCases, schoolYears } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { subjectNeed } from '@/lib/rules/register/subject-need.ts'
import type { Stage, Subject } from '@/lib/rules/register/vocabulary.ts'
import type { Cover } from '@/lib/rules/rotation/case-facts.ts'
import { type CaseState, ENDED_STATES, rankOf } from '@/lib/rules/rotation/case-states.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { RoundId, SchoolId } from '@/lib/rules/values/ids.ts'

export interface SubjectCover extends Cover {
  schoolId: SchoolId
  stage: 'P' | 'J'
  subject: Subject
  /** Teachers by work place on the day, before the round moves anybody. */
  nowTenths: number
  /** Agreed departures and arrivals of the round that have not begun yet. */
  leaving: number
  coming: number
}

export const coverKey = (schoolId: string, stage: string | null, subject: string | null) =>
  `${schoolId} ${stage ?? ''} ${subject ?? ''}`

/** States in which a move is agreed by the origin (or destination) but has not begun. */
const isAgreed = (state: CaseState, since: CaseState) =>
  rankOf(state) >= rankOf(since) &&
  rankOf(state) < rankOf('serving') &&
  !(ENDED_STATES as readonly CaseState[]).includes(state)

/**
 * Subject cover of schools by work place (R-SUB-1): 专任教师 on the day by main subject, less who leaves and plus who
 * comes by the agreed cases of the round, against the need of the school's classes. In tenths of a teacher.
 */
export async function subjectCover(
  tx: Tx,
  schoolIds: readonly SchoolId[],
  on: LocalDate,
  policy: Pick<Policy, 'periodPlan'>,
  roundId: RoundId | null,
): Promise<Map<string, SubjectCover>> {
  const covers = new Map<string, SubjectCover>()
  if (schoolIds.length === 0) return covers
  const ids = [...new Set(schoolIds)]
  const at = (schoolId: SchoolId, stage: Stage | null, subject: Subject | null): SubjectCover | null => {
    if ((stage !== 'P' && stage !== 'J') || subject === null) return null
    const key = coverKey(schoolId, stage, subject)
    const known = covers.get(key)
    if (known) return known
    const fresh: SubjectCover = {
      schoolId,
      stage,
      subject,
      haveTenths: 0,
      needTenths: 0,
      nowTenths: 0,
      leaving: 0,
      coming: 0,
    }
    covers.set(key, fresh)
    return fresh
  }
  const staff = await tx
    .select({
      schoolId: appointments.schoolId,
      stage: appointments.stage,
      subject: appointments.subject,
      count: sql<number>`count(*)::int`,
    })
    .from(appointments)
    .innerJoin(
      employments,
      and(eq(employments.districtId, appointments.districtId), eq(employments.teacherId, appointments.teacherId)),
    )
    .where(
      and(
        eq(appointments.kind, 'service'),
        inArray(appointments.schoolId, ids),
        sql`${appointments.validFrom} <= ${on} AND ${appointments.validTo} > ${on}`,
        sql`${employments.validFrom} <= ${on} AND ${employments.validTo} > ${on}`,
        eq(employments.category, 'teacher'),
      ),
    )
    .groupBy(appointments.schoolId, appointments.stage, appointments.subject)
  for (const row of staff) {
    const cover = at(row.schoolId, row.stage, row.subject)
    if (cover) cover.nowTenths += row.count * 10
  }
  if (roundId) {
    const moves = await tx
      .select({
        state: rotationCases.state,
        from: rotationCases.fromSchoolId,
        to: rotationCases.toSchoolId,
        teacherStage: rotationCases.teacherStage,
        stage: rotationCases.stage,
        subject: rotationCases.subject,
      })
      .from(rotationCases)
      .where(eq(rotationCases.roundId, roundId))
    for (const move of moves) {
      if (ids.includes(move.from) && isAgreed(move.state, 'origin_approved')) {
        const cover = at(move.from, move.teacherStage ?? move.stage, move.subject)
        if (cover) cover.leaving += 1
      }
      if (move.to && ids.includes(move.to) && isAgreed(move.state, 'destination_approved')) {
        const cover = at(move.to, move.stage, move.subject)
        if (cover) cover.coming += 1
      }
    }
  }
  await addNeeds(tx, ids, policy, at)
  for (const cover of covers.values()) cover.haveTenths = cover.nowTenths + (cover.coming - cover.leaving) * 10
  return covers
}

async function addNeeds(
  tx: Tx,
  ids: SchoolId[],
  { periodPlan }: Pick<Policy, 'periodPlan'>,
  at: (schoolId: SchoolId, stage: Stage, subject: Subject) => SubjectCover | null,
): Promise<void> {
  const years = await tx
    .select({ schoolId: schoolYears.schoolId, year: schoolYears.year, classes: schoolYears.classes })
    .from(schoolYears)
    .where(inArray(schoolYears.schoolId, ids))
    .orderBy(desc(schoolYears.year))
  const seen = new Set<string>()
  for (const { schoolId, classes } of years) {
    if (seen.has(schoolId)) continue
    seen.add(schoolId)
    for (const plan of periodPlan.subjects)
      for (const stage of ['P', 'J'] as const) {
        const grades = stage === 'P' ? classes.slice(0, 6) : classes.slice(6, 9)
        if (grades.every((count) => count === 0)) continue
        const need = subjectNeed(plan, stage, classes)
        if (need === null || need.num === 0) continue
        const cover = at(schoolId, stage, plan.subject)
        if (cover) cover.needTenths = Math.ceil((need.num * 10) / need.den)
      }
  }
}
