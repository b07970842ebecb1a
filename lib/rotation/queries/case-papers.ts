import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import {
  caseDecisions,
  districts,
  orders,
  rotationCases,
  rotationRounds,
  schools,
  serviceAssessments,
  wishes,
} from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { dayIn, type Instant } from '@/lib/platform/clock.ts'
import { ASSESSMENT_RESULTS, type AssessmentResult, type RotationForm } from '@/lib/rules/register/vocabulary.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { CaseId, SchoolId } from '@/lib/rules/values/ids.ts'
import type { CasePaper, PaperDecision, PaperOrder, PaperSchool } from '../documents/facts.ts'
import { orderNumber } from '../documents/words.ts'
import { paperPersons } from './paper-persons.ts'

/** All that papers say of these cases, in the order of their numbers; a fixed number of queries however many. */
export async function casePapers(tx: Tx, caseIds: readonly CaseId[], today: LocalDate): Promise<CasePaper[]> {
  if (caseIds.length === 0) return []
  const ids = [...caseIds]
  const rows = await tx
    .select({ row: rotationCases, year: rotationRounds.year, snapshot: rotationRounds.snapshotDate })
    .from(rotationCases)
    .innerJoin(rotationRounds, eq(rotationRounds.id, rotationCases.roundId))
    .where(inArray(rotationCases.id, ids))
    .orderBy(asc(rotationCases.number))
  const persons = await paperPersons(
    tx,
    rows.map(({ row }) => row.teacherId),
    today,
  )
  const places = await schoolsById(tx)
  const decisions = groupBy(await decisionRows(tx, ids), ({ caseId }) => caseId)
  const ordered = await liveOrders(tx, ids)
  const wished = groupBy(
    await tx.select().from(wishes).where(inArray(wishes.caseId, ids)).orderBy(asc(wishes.rank)),
    ({ caseId }) => caseId,
  )
  const assessed = groupBy(
    await tx
      .select()
      .from(serviceAssessments)
      .where(inArray(serviceAssessments.caseId, ids))
      .orderBy(desc(serviceAssessments.year)),
    ({ caseId }) => caseId,
  )
  return rows.flatMap(({ row, year }): CasePaper[] => {
    const person = persons.get(row.teacherId)
    const from = places.get(row.fromSchoolId)
    if (!person || !from) return []
    return [
      {
        caseId: row.id,
        number: row.number,
        state: row.state,
        year,
        form: row.form as RotationForm,
        movesRelation: row.movesRelation,
        startsOn: row.startsOn,
        endsOn: row.endsOn,
        isContinuing: row.isContinuing,
        isBackbone: row.isBackbone,
        acceptsAllocation: row.acceptsAllocation,
        source: row.source,
        reason: row.reason,
        person,
        from,
        to: row.toSchoolId ? (places.get(row.toSchoolId) ?? null) : null,
        wishes: (wished.get(row.id) ?? []).map(({ schoolId }) => places.get(schoolId)?.name ?? '—'),
        decisions: (decisions.get(row.id) ?? []).map(({ decision }) => decision),
        order: ordered.get(row.id) ?? null,
        serviceResults: (assessed.get(row.id) ?? []).map((found) => ({
          year: found.year,
          result: ASSESSMENT_RESULTS[found.result as AssessmentResult],
        })),
      },
    ]
  })
}

export async function schoolsById(tx: Tx): Promise<Map<SchoolId, PaperSchool>> {
  const rows = await tx
    .select({ id: schools.id, name: schools.name, locality: schools.locality, quality: schools.quality })
    .from(schools)
  return new Map(rows.map((row) => [row.id, row]))
}

async function zoneOf(tx: Tx): Promise<string> {
  const [district] = await tx.select({ zone: districts.timeZone }).from(districts)
  return district?.zone ?? 'Asia/Shanghai'
}

async function decisionRows(tx: Tx, ids: CaseId[]): Promise<{ caseId: CaseId; decision: PaperDecision }[]> {
  const zone = await zoneOf(tx)
  const rows = await tx
    .select()
    .from(caseDecisions)
    .where(inArray(caseDecisions.caseId, ids))
    .orderBy(asc(caseDecisions.at), asc(caseDecisions.id))
  return rows.map((row) => ({
    caseId: row.caseId,
    decision: {
      part: row.part,
      side: row.side,
      action: row.action,
      byName: row.paperDecider ?? row.byName,
      role: row.role,
      on: row.paperDate ?? dayIn(zone, row.at as Instant),
      reason: row.reason,
      meeting: row.meeting,
      meetingDate: row.meetingDate,
      minutesNo: row.minutesNo,
    },
  }))
}

async function liveOrders(tx: Tx, ids: CaseId[]): Promise<Map<CaseId, PaperOrder>> {
  const rows = await tx
    .select()
    .from(orders)
    .where(and(inArray(orders.caseId, ids), sql`${orders.state} <> 'cancelled'`))
  return new Map(
    rows.map((row) => [
      row.caseId,
      {
        id: row.id,
        number: orderNumber(row.prefix, row.year, row.serial),
        kind: row.kind,
        state: row.state,
        effectiveOn: row.deferredTo ?? row.effectiveOn,
        reportBy: row.reportBy,
        issuedOn: row.issuedOn,
      },
    ]),
  )
}
