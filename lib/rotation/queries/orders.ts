import { and, asc, count, desc, eq, inArray, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { afterDecisions, orders, rotationCases, rotationRounds, schools, teachers, users } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import type { CaseId, RoundId } from '@/lib/rules/values/ids.ts'

const origin = alias(schools, 'origin')
const destination = alias(schools, 'destination')

export interface OrderQuery {
  batchId?: string
  /** Only those not reported in by their last day. */
  late?: boolean
  who?: string
  page: number
  size: number
}

/** Batches of orders, the latest first: numbers, how many, what has been issued and taken effect. */
export async function listBatches(tx: Tx) {
  return tx
    .select({
      batchId: orders.batchId,
      roundId: orders.roundId,
      round: rotationRounds.name,
      year: sql<number>`max(${orders.year})`,
      prefix: sql<string>`max(${orders.prefix})`,
      first: sql<number>`min(${orders.serial})`,
      last: sql<number>`max(${orders.serial})`,
      total: sql<number>`count(*)::int`,
      prepared: sql<number>`count(*) FILTER (WHERE ${orders.state} = 'prepared')::int`,
      issued: sql<number>`count(*) FILTER (WHERE ${orders.state} = 'issued')::int`,
      applied: sql<number>`count(*) FILTER (WHERE ${orders.appliedAt} IS NOT NULL)::int`,
      reported: sql<number>`count(*) FILTER (WHERE ${rotationCases.reportedOn} IS NOT NULL AND ${orders.state} = 'issued')::int`,
      effectiveOn: sql<LocalDate>`min(${orders.effectiveOn})`,
      preparedAt: sql<string>`max(${orders.preparedAt})`,
    })
    .from(orders)
    .innerJoin(rotationCases, eq(rotationCases.id, orders.caseId))
    .innerJoin(rotationRounds, eq(rotationRounds.id, orders.roundId))
    .groupBy(orders.batchId, orders.roundId, rotationRounds.name)
    .orderBy(desc(sql`max(${orders.preparedAt})`))
    .limit(100)
}

const columns = {
  order: orders,
  caseId: rotationCases.id,
  number: rotationCases.number,
  state: rotationCases.state,
  form: rotationCases.form,
  subject: rotationCases.subject,
  endsOn: rotationCases.endsOn,
  reportedOn: rotationCases.reportedOn,
  toSchoolId: rotationCases.toSchoolId,
  teacher: teachers.name,
  staffNo: teachers.staffNo,
  from: origin.name,
  to: destination.name,
}

/** Orders the actor may see: all for the bureau, those of its own people and of those who come for a school. */
export async function listOrders(tx: Tx, query: OrderQuery, today: LocalDate) {
  const where = and(
    query.batchId ? eq(orders.batchId, query.batchId) : undefined,
    query.late
      ? and(eq(orders.state, 'issued'), eq(rotationCases.state, 'ordered'), sql`${orders.reportBy} < ${today}`)
      : undefined,
    query.who
      ? or(
          sql`${teachers.name} = ${query.who}`,
          sql`${teachers.initials} >= ${query.who.toLowerCase()} AND ${teachers.initials} < ${`${query.who.toLowerCase()}{`}`,
          sql`${teachers.staffNo} = ${query.who}`,
        )
      : undefined,
  )
  const base = () =>
    tx
      .select(columns)
      .from(orders)
      .innerJoin(rotationCases, eq(rotationCases.id, orders.caseId))
      .innerJoin(teachers, eq(teachers.id, rotationCases.teacherId))
      .innerJoin(origin, eq(origin.id, rotationCases.fromSchoolId))
      .leftJoin(destination, eq(destination.id, rotationCases.toSchoolId))
      .where(where)
  const rows = await base()
    .orderBy(desc(orders.year), asc(orders.serial))
    .limit(query.size)
    .offset((query.page - 1) * query.size)
  const [all] = await tx
    .select({ n: count() })
    .from(orders)
    .innerJoin(rotationCases, eq(rotationCases.id, orders.caseId))
    .innerJoin(teachers, eq(teachers.id, rotationCases.teacherId))
    .where(where)
  return { rows, total: all?.n ?? 0 }
}
export type OrderListRow = Awaited<ReturnType<typeof listOrders>>['rows'][number]

/** Decided, and not undone since. */
export const isDecided = sql`${rotationCases.state} IN ('decided', 'on_notice', 'objection_open', 'ready', 'ordered', 'reported', 'serving', 'completed', 'transferred')`

/** Ids of the cases of a batch, or of a round's decided and later cases, for papers. */
export async function casesOfBatch(tx: Tx, batchId: string): Promise<CaseId[]> {
  const rows = await tx
    .select({ id: orders.caseId })
    .from(orders)
    .where(and(eq(orders.batchId, batchId), inArray(orders.state, ['prepared', 'issued'])))
    .orderBy(asc(orders.serial))
  return rows.map(({ id }) => id)
}
export async function decidedCases(tx: Tx, roundId: RoundId): Promise<CaseId[]> {
  const rows = await tx
    .select({ id: rotationCases.id })
    .from(rotationCases)
    .where(and(eq(rotationCases.roundId, roundId), isDecided))
    .orderBy(asc(rotationCases.number))
  return rows.map(({ id }) => id)
}

/** Orders that wait for a school to write 报到, or for the bureau once overdue. */
export async function reportsWaiting(tx: Tx, actor: UserActor): Promise<number> {
  const { role } = actor
  if (role !== 'principal' && role !== 'school_hr' && role !== 'bureau_hr') return 0
  const mine =
    role === 'bureau_hr'
      ? sql`${orders.reportBy} < ${actor.today}`
      : and(
          inArray(rotationCases.toSchoolId, actor.schoolIds),
          sql`coalesce(${orders.deferredTo}, ${orders.effectiveOn}) <= ${actor.today}`,
        )
  if (role !== 'bureau_hr' && actor.schoolIds.length === 0) return 0
  const [row] = await tx
    .select({ n: count() })
    .from(orders)
    .innerJoin(rotationCases, eq(rotationCases.id, orders.caseId))
    .where(and(eq(orders.state, 'issued'), eq(rotationCases.state, 'ordered'), mine))
  return row?.n ?? 0
}

/** What was done after 局审定, the latest first, with the quota as it then stood. */
export async function listAfterDecisions(tx: Tx) {
  const asker = alias(users, 'asker')
  const answerer = alias(users, 'answerer')
  return tx
    .select({
      after: afterDecisions,
      number: rotationCases.number,
      teacher: teachers.name,
      school: origin.name,
      asked: asker.displayName,
      answered: answerer.displayName,
    })
    .from(afterDecisions)
    .innerJoin(rotationCases, eq(rotationCases.id, afterDecisions.caseId))
    .innerJoin(teachers, eq(teachers.id, rotationCases.teacherId))
    .innerJoin(origin, eq(origin.id, rotationCases.fromSchoolId))
    .leftJoin(asker, eq(asker.id, afterDecisions.askedBy))
    .leftJoin(answerer, eq(answerer.id, afterDecisions.answeredBy))
    .orderBy(desc(afterDecisions.at))
    .limit(200)
}

/** Cases an act after deciding may be about, for the form's choice. */
export async function casesAfterDeciding(tx: Tx) {
  return tx
    .select({
      id: rotationCases.id,
      number: rotationCases.number,
      state: rotationCases.state,
      teacher: teachers.name,
      from: origin.name,
      to: destination.name,
    })
    .from(rotationCases)
    .innerJoin(rotationRounds, eq(rotationRounds.id, rotationCases.roundId))
    .innerJoin(teachers, eq(teachers.id, rotationCases.teacherId))
    .innerJoin(origin, eq(origin.id, rotationCases.fromSchoolId))
    .leftJoin(destination, eq(destination.id, rotationCases.toSchoolId))
    .where(
      and(
        eq(rotationRounds.kind, 'regular'),
        sql`${rotationCases.state} IN ('decided', 'on_notice', 'objection_open', 'ready', 'ordered', 'reported', 'rejected', 'withdrawn', 'terminated')`,
        sql`EXISTS (SELECT 1 FROM case_decisions d WHERE d.district_id = ${rotationCases.districtId} AND d.case_id = ${rotationCases.id} AND d.part = 'decide')`,
      ),
    )
    .orderBy(desc(rotationRounds.year), asc(rotationCases.number))
    .limit(1000)
}
