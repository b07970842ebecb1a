import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { exchangeConsents, rotationCases, rotationRounds, schools, teachers } from '@/db/schema/index.ts'
import type { ExchangeId, ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { CaseState } from '@/lib/rules/rotation/case-states.ts'
import { type ExchangeState, exchangeState, isRunningExchange } from '@/lib/rules/rotation/exchange.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { CaseId, RoundId, TeacherId } from '@/lib/rules/values/ids.ts'

/** One person of an exchange that was offered. */
export interface OfferedPart {
  teacherId: TeacherId
  name: string
  staffNo: string
  subject: string
  from: string
  to: string
  rank: number
  agreed: boolean | null
  answeredAt: string | null
  caseId: CaseId | null
  caseNumber: number | null
  caseState: CaseState | null
}

/** An exchange the bureau asked its people about. */
export interface OfferedExchange {
  id: ExchangeId
  scenarioId: ScenarioId
  round: { id: RoundId; name: string; isOpen: boolean }
  state: ExchangeState
  offeredAt: string
  answerUntil: LocalDate
  parts: OfferedPart[]
}

const origin = alias(schools, 'origin')
const destination = alias(schools, 'destination')

/** Exchanges offered in the open rounds, or from one scenario, newest first; people in the order of the cycle's schools. */
export async function offeredExchanges(tx: Tx, today: LocalDate, scenarioId?: ScenarioId): Promise<OfferedExchange[]> {
  const rows = await tx
    .select({
      part: exchangeConsents,
      name: teachers.name,
      staffNo: teachers.staffNo,
      from: origin.name,
      to: destination.name,
      round: rotationRounds.name,
      roundState: rotationRounds.state,
      caseNumber: rotationCases.number,
      caseState: rotationCases.state,
    })
    .from(exchangeConsents)
    .innerJoin(
      teachers,
      and(eq(teachers.districtId, exchangeConsents.districtId), eq(teachers.id, exchangeConsents.teacherId)),
    )
    .innerJoin(
      rotationRounds,
      and(eq(rotationRounds.districtId, exchangeConsents.districtId), eq(rotationRounds.id, exchangeConsents.roundId)),
    )
    .innerJoin(
      origin,
      and(eq(origin.districtId, exchangeConsents.districtId), eq(origin.id, exchangeConsents.fromSchoolId)),
    )
    .innerJoin(
      destination,
      and(eq(destination.districtId, exchangeConsents.districtId), eq(destination.id, exchangeConsents.toSchoolId)),
    )
    .leftJoin(
      rotationCases,
      and(eq(rotationCases.districtId, exchangeConsents.districtId), eq(rotationCases.id, exchangeConsents.caseId)),
    )
    .where(scenarioId ? eq(exchangeConsents.scenarioId, scenarioId) : eq(rotationRounds.state, 'open'))
    .orderBy(asc(exchangeConsents.id))
  return [...groupBy(rows, ({ part }) => part.exchangeId)]
    .map(([id, found]): OfferedExchange => {
      const { part, round, roundState } = found[0]!
      return {
        id,
        scenarioId: part.scenarioId,
        round: { id: part.roundId, name: round, isOpen: roundState === 'open' },
        state: exchangeState(
          found.map((row) => row.part),
          today,
        ),
        offeredAt: part.offeredAt,
        answerUntil: part.answerUntil,
        parts: found.map((row) => ({
          teacherId: row.part.teacherId,
          name: row.name,
          staffNo: row.staffNo,
          subject: row.part.subject,
          from: row.from,
          to: row.to,
          rank: row.part.rank,
          agreed: row.part.agreed,
          answeredAt: row.part.answeredAt,
          caseId: row.part.caseId,
          caseNumber: row.caseNumber,
          caseState: row.caseState,
        })),
      }
    })
    .sort((a, b) => (a.offeredAt < b.offeredAt ? 1 : -1))
}

const inOpenRound = sql`${exchangeConsents.roundId} IN (SELECT ${rotationRounds.id} FROM ${rotationRounds} WHERE ${rotationRounds.state} = 'open')`

/** Offers that wait for this teacher's answer. */
export async function askedExchanges(tx: Tx, actor: UserActor): Promise<number> {
  if (actor.role !== 'teacher' || !actor.teacherId) return 0
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(exchangeConsents)
    .where(
      and(
        eq(exchangeConsents.teacherId, actor.teacherId),
        isNull(exchangeConsents.agreed),
        isNull(exchangeConsents.withdrawnAt),
        sql`${exchangeConsents.answerUntil} >= ${actor.today}`,
        inOpenRound,
      ),
    )
  return row?.count ?? 0
}

/** Exchanges everybody agreed to, which HR can make into cases. */
export async function agreedExchanges(tx: Tx, actor: UserActor): Promise<number> {
  if (actor.role !== 'bureau_hr') return 0
  const rows = await tx
    .select({ id: exchangeConsents.exchangeId })
    .from(exchangeConsents)
    .where(inOpenRound)
    .groupBy(exchangeConsents.exchangeId)
    .having(
      sql`bool_and(coalesce(${exchangeConsents.agreed}, false) AND ${exchangeConsents.caseId} IS NULL AND ${exchangeConsents.withdrawnAt} IS NULL)`,
    )
  return rows.length
}

/** The other cases of the exchange a case belongs to, as far as the actor may see them. */
export async function exchangePartners(
  tx: Tx,
  { id, exchangeId }: { id: CaseId; exchangeId: ExchangeId | null },
): Promise<{ id: CaseId; number: number; state: CaseState; from: string; to: string }[]> {
  if (exchangeId === null) return []
  const rows = await tx
    .select({
      id: rotationCases.id,
      number: rotationCases.number,
      state: rotationCases.state,
      from: origin.name,
      to: destination.name,
    })
    .from(rotationCases)
    .innerJoin(origin, and(eq(origin.districtId, rotationCases.districtId), eq(origin.id, rotationCases.fromSchoolId)))
    .innerJoin(
      destination,
      and(eq(destination.districtId, rotationCases.districtId), eq(destination.id, rotationCases.toSchoolId)),
    )
    .where(eq(rotationCases.exchangeId, exchangeId))
    .orderBy(asc(rotationCases.number))
  return rows.filter((row) => row.id !== id)
}

/** Everybody of these who is held by an exchange that runs in the round. */
export async function heldByExchange(
  tx: Tx,
  roundId: RoundId,
  teacherIds: readonly TeacherId[],
  today: LocalDate,
): Promise<TeacherId[]> {
  const mine = await tx
    .select({ id: exchangeConsents.exchangeId })
    .from(exchangeConsents)
    .where(and(eq(exchangeConsents.roundId, roundId), inArray(exchangeConsents.teacherId, [...teacherIds])))
  if (mine.length === 0) return []
  const rows = await tx
    .select()
    .from(exchangeConsents)
    .where(
      inArray(
        exchangeConsents.exchangeId,
        mine.map(({ id }) => id),
      ),
    )
  const wanted = new Set<string>(teacherIds)
  return [...groupBy(rows, ({ exchangeId }) => exchangeId)].flatMap(([, parts]) =>
    isRunningExchange(exchangeState(parts, today))
      ? parts.flatMap(({ teacherId }) => (wanted.has(teacherId) ? [teacherId] : []))
      : [],
  )
}
