import { and, asc, count, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import {
  annualAssessments,
  appointments,
  orders,
  postings,
  rotationCases,
  rotationRounds,
  schools,
  serviceAssessments,
  teachers,
  weakSchoolListings,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { otherFormOf } from '@/lib/rules/register/facts-from-records.ts'
import type { AssessmentResult } from '@/lib/rules/register/vocabulary.ts'
import { DECIDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import { type RuralRecord, type RuralService, ruralRecord } from '@/lib/rules/standing/promotion.ts'
import { contains, type LocalDate, overlaps } from '@/lib/rules/values/dates.ts'
import type { CaseId, TeacherId } from '@/lib/rules/values/ids.ts'
import { orderNumber } from '../documents/words.ts'
import { policyFor } from './policy-for.ts'

const origin = alias(schools, 'origin')
const destination = alias(schools, 'destination')

export interface ServiceQuery {
  /** serving · over (last day passed, not completed) · ended */
  part: 'serving' | 'over' | 'ended'
  caseId?: CaseId
  page: number
  size: number
}

/** Postings under way or over, those that end first before others. */
export async function listService(tx: Tx, query: ServiceQuery, today: LocalDate) {
  const part = {
    serving: and(
      inArray(rotationCases.state, ['serving', 'reported']),
      sql`coalesce(${rotationCases.endsOn}, 'infinity') >= ${today}`,
    ),
    over: and(eq(rotationCases.state, 'serving'), sql`${rotationCases.endsOn} < ${today}`),
    ended: inArray(rotationCases.state, ['completed', 'transferred', 'terminated']),
  }[query.part]
  const where = query.caseId ? eq(rotationCases.id, query.caseId) : part
  const rows = await tx
    .select({
      row: rotationCases,
      round: rotationRounds.name,
      teacher: teachers.name,
      staffNo: teachers.staffNo,
      from: origin.name,
      to: destination.name,
    })
    .from(rotationCases)
    .innerJoin(rotationRounds, eq(rotationRounds.id, rotationCases.roundId))
    .innerJoin(teachers, eq(teachers.id, rotationCases.teacherId))
    .innerJoin(origin, eq(origin.id, rotationCases.fromSchoolId))
    .leftJoin(destination, eq(destination.id, rotationCases.toSchoolId))
    .where(where)
    .orderBy(asc(rotationCases.endsOn), asc(rotationCases.number))
    .limit(query.size)
    .offset((query.page - 1) * query.size)
  const [all] = await tx.select({ n: count() }).from(rotationCases).where(where)
  const ids = rows.map(({ row }) => row.id)
  const said =
    ids.length === 0
      ? []
      : await tx
          .select()
          .from(serviceAssessments)
          .where(inArray(serviceAssessments.caseId, ids))
          .orderBy(desc(serviceAssessments.year))
  return {
    rows: rows.map((found) => ({ ...found, assessments: said.filter(({ caseId }) => caseId === found.row.id) })),
    total: all?.n ?? 0,
  }
}
export type ServiceListRow = Awaited<ReturnType<typeof listService>>['rows'][number]

/** Proposals of the schools that HR has not checked, and postings whose last day has passed. */
export async function serviceWaiting(tx: Tx, actor: UserActor): Promise<number> {
  if (actor.role !== 'bureau_hr') return 0
  const [said] = await tx.select({ n: count() }).from(serviceAssessments).where(isNull(serviceAssessments.checkedBy))
  const [over] = await tx
    .select({ n: count() })
    .from(rotationCases)
    .where(and(eq(rotationCases.state, 'serving'), sql`${rotationCases.endsOn} < ${actor.today}`))
  return (said?.n ?? 0) + (over?.n ?? 0)
}

/** Rural and weak-school teaching of a person up to a day with the orders that prove it (R-PROM-1); null: no such person here. */
export async function ruralService(tx: Tx, teacherId: TeacherId, on: LocalDate): Promise<RuralRecord | null> {
  const rows = await tx
    .select({ row: appointments, locality: schools.locality })
    .from(appointments)
    .innerJoin(schools, eq(schools.id, appointments.schoolId))
    .where(and(eq(appointments.teacherId, teacherId), eq(appointments.kind, 'service')))
    .orderBy(asc(appointments.validFrom))
  if (rows.length === 0) return null
  const weak = await tx.select().from(weakSchoolListings)
  const posted = await tx
    .select({ posting: postings, from: schools.locality, order: orders })
    .from(postings)
    .innerJoin(schools, eq(schools.id, postings.fromSchoolId))
    .leftJoin(orders, and(eq(orders.caseId, postings.caseId), eq(orders.state, 'issued')))
    .where(eq(postings.teacherId, teacherId))
  const assessed = await tx
    .select({ year: annualAssessments.year, result: annualAssessments.result })
    .from(annualAssessments)
    .where(eq(annualAssessments.teacherId, teacherId))
  const services = rows.map(({ row, locality }): RuralService => {
    const by = posted.find(
      ({ posting }) =>
        posting.id === row.postingId || (posting.toSchoolId === row.schoolId && contains(row.during, posting.startsOn)),
    )
    return {
      ...row.during,
      schoolId: row.schoolId,
      locality,
      weak: weak.some((listing) => listing.schoolId === row.schoolId && overlaps(listing.during, row.during)),
      fromLocality: by?.from ?? null,
      isShadowing: by?.posting.form === 9 && otherFormOf(by.posting.note ?? '') === 'shadowing',
      order: by?.order ? orderNumber(by.order.prefix, by.order.year, by.order.serial) : (by?.posting.note ?? null),
    }
  })
  const { policy } = await policyFor(tx, Number(on.slice(0, 4)))
  return ruralRecord(
    services,
    assessed.map(({ year, result }) => ({ year, result: result as AssessmentResult })),
    on,
    policy.process,
  )
}

/** A teacher's own cases that have passed 局审定 or ended after it, for the page of papers. */
export async function casesOfTeacher(tx: Tx, teacherId: TeacherId) {
  return tx
    .select({
      row: rotationCases,
      round: rotationRounds.name,
      year: rotationRounds.year,
      from: origin.name,
      to: destination.name,
    })
    .from(rotationCases)
    .innerJoin(rotationRounds, eq(rotationRounds.id, rotationCases.roundId))
    .innerJoin(origin, eq(origin.id, rotationCases.fromSchoolId))
    .leftJoin(destination, eq(destination.id, rotationCases.toSchoolId))
    .where(
      and(
        eq(rotationCases.teacherId, teacherId),
        or(inArray(rotationCases.state, [...DECIDED_STATES, 'terminated']), sql`${rotationCases.noticeId} IS NOT NULL`),
      ),
    )
    .orderBy(desc(rotationCases.changedAt))
}
