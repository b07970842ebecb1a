import { and, asc, desc, eq, inArray, isNotNull, notInArray, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { policies, rotationCases, rotationRounds, roundCounters, schools, vacancies } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { type CaseState, ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import type { RoundFigures } from '@/lib/rules/rotation/round-figures.ts'
import type { CaseId, RoundId, SchoolId } from '@/lib/rules/values/ids.ts'
import { roundContext } from '../cases/facts.ts'
import type { RoundRow } from '../cases/lock.ts'
import { waitingAt } from '../cases/recipients.ts'
import { snapshotsOf } from '../cases/snapshot.ts'
import { countByState } from './cases.ts'
import { type SubjectCover, subjectCover } from './cover.ts'

export interface RoundListRow extends RoundRow {
  policyTitle: string | null
  figures: RoundFigures | null
  figuresAt: string | null
}

/** Rounds, newest school year first, each with its figures as last computed. */
export async function listRounds(tx: Tx): Promise<RoundListRow[]> {
  const rows = await tx
    .select({
      round: rotationRounds,
      policyTitle: policies.title,
      figures: roundCounters.figures,
      figuresAt: roundCounters.figuresAt,
    })
    .from(rotationRounds)
    .leftJoin(
      policies,
      and(eq(policies.districtId, rotationRounds.districtId), eq(policies.id, rotationRounds.policyId)),
    )
    .leftJoin(
      roundCounters,
      and(eq(roundCounters.districtId, rotationRounds.districtId), eq(roundCounters.roundId, rotationRounds.id)),
    )
    .orderBy(desc(rotationRounds.year), desc(rotationRounds.changedAt))
  return rows.map(({ round, figures, ...rest }) => ({ ...round, ...rest, figures: figures as RoundFigures | null }))
}

/** One round with its figures; null when there is none the actor may see. */
export async function roundById(tx: Tx, roundId: RoundId): Promise<RoundListRow | null> {
  return (await listRounds(tx)).find(({ id }) => id === roundId) ?? null
}

/** The newest open round, where pages begin. */
export async function openRounds(tx: Tx): Promise<RoundRow[]> {
  return tx
    .select()
    .from(rotationRounds)
    .where(eq(rotationRounds.state, 'open'))
    .orderBy(desc(rotationRounds.year), desc(rotationRounds.changedAt))
}

export interface SchoolLine {
  schoolId: SchoolId
  school: string
  locality: string
  quality: boolean
  /** Live cases leaving and coming, and those of them the gate counts. */
  out: number
  in: number
  outChecked: number
  inChecked: number
  places: number
  /** By subject, where need or moves are. */
  subjects: SubjectCover[]
}

/** Schools of a round with out, in and need by subject, and how far the cases are; schools see their own line. */
export async function roundSummary(
  tx: Tx,
  actor: Actor,
  roundId: RoundId,
): Promise<{ schools: SchoolLine[]; states: Partial<Record<CaseState, number>> } | null> {
  const context = await roundContext(tx, roundId)
  if (!context) return null
  const mine = actor.kind === 'user' && actor.schoolIds.length > 0 ? actor.schoolIds : null
  const all = await tx.select().from(schools).orderBy(asc(schools.position), asc(schools.name))
  const shown = all.filter(
    ({ id, kind, closedOn }) => kind !== 'research' && closedOn === null && (!mine || mine.includes(id)),
  )
  const covers = await subjectCover(
    tx,
    shown.map(({ id }) => id),
    actor.today,
    context.policy,
    roundId,
  )
  const cases = await tx
    .select({ from: rotationCases.fromSchoolId, to: rotationCases.toSchoolId, state: rotationCases.state })
    .from(rotationCases)
    .where(and(eq(rotationCases.roundId, roundId), notInArray(rotationCases.state, [...ENDED_STATES])))
  const offered = await tx
    .select({ schoolId: vacancies.schoolId, places: sql<number>`sum(${vacancies.places})::int` })
    .from(vacancies)
    .where(and(eq(vacancies.roundId, roundId), eq(vacancies.state, 'published')))
    .groupBy(vacancies.schoolId)
  const places = new Map(offered.map((row) => [row.schoolId, row.places]))
  const isChecked = (state: CaseState) =>
    !['draft', 'submitted', 'origin_approved', 'destination_approved'].includes(state)
  const lines = shown.map((school): SchoolLine => {
    const out = cases.filter(({ from }) => from === school.id)
    const coming = cases.filter(({ to }) => to === school.id)
    return {
      schoolId: school.id,
      school: school.name,
      locality: school.locality,
      quality: school.quality,
      out: out.length,
      in: coming.length,
      outChecked: out.filter(({ state }) => isChecked(state)).length,
      inChecked: coming.filter(({ state }) => isChecked(state)).length,
      places: places.get(school.id) ?? 0,
      subjects: [...covers.values()].filter((cover) => cover.schoolId === school.id),
    }
  })
  return { schools: lines, states: await countByState(tx, roundId) }
}

export interface Flow {
  fromSchoolId: SchoolId
  from: string
  toSchoolId: SchoolId
  to: string
  subject: string | null
  count: number
  backbone: number
}

/** Moves between schools by subject, live cases with a destination. */
export async function roundFlows(tx: Tx, roundId: RoundId): Promise<Flow[]> {
  const from = alias(schools, 'from_school')
  const to = alias(schools, 'to_school')
  const rows = await tx
    .select({
      fromSchoolId: rotationCases.fromSchoolId,
      from: from.name,
      toSchoolId: sql<SchoolId>`${rotationCases.toSchoolId}`,
      to: to.name,
      subject: rotationCases.subject,
      count: sql<number>`count(*)::int`,
      backbone: sql<number>`count(*) FILTER (WHERE ${rotationCases.isBackbone})::int`,
    })
    .from(rotationCases)
    .innerJoin(from, and(eq(from.districtId, rotationCases.districtId), eq(from.id, rotationCases.fromSchoolId)))
    .innerJoin(to, and(eq(to.districtId, rotationCases.districtId), eq(to.id, rotationCases.toSchoolId)))
    .where(
      and(eq(rotationCases.roundId, roundId), notInArray(rotationCases.state, ['rejected', 'withdrawn', 'terminated'])),
    )
    .groupBy(rotationCases.fromSchoolId, from.name, rotationCases.toSchoolId, to.name, rotationCases.subject)
  return rows.sort((a, b) => b.count - a.count || a.from.localeCompare(b.from))
}

export interface LateStep {
  caseId: CaseId
  number: number
  name: string
  state: CaseState
  dueOn: string
  role: string
  schoolId: SchoolId | null
  school: string | null
  remindedOn: string | null
  /** Why the step is the bureau's too (局裁定): refused, late past its day, or nobody at the school may act. */
  byBureau: (typeof rotationCases.$inferSelect)['originByBureau']
}

/** Who is late: every step of a round past its day, longest first, with the post that owes it. */
export async function lateSteps(tx: Tx, actor: Actor, roundId: RoundId): Promise<LateStep[]> {
  const rows = await tx
    .select()
    .from(rotationCases)
    .where(
      and(
        eq(rotationCases.roundId, roundId),
        isNotNull(rotationCases.dueOn),
        sql`${rotationCases.dueOn} < ${actor.today}`,
        inArray(rotationCases.state, ['submitted', 'origin_approved', 'destination_approved', 'checked']),
      ),
    )
    .orderBy(asc(rotationCases.dueOn), asc(rotationCases.number))
  const snapshots = await snapshotsOf(tx, rows, actor.today)
  const names = new Map(
    (await tx.select({ id: schools.id, name: schools.name }).from(schools)).map((s) => [s.id, s.name]),
  )
  return rows.flatMap((row): LateStep[] => {
    const waiting = waitingAt(row)
    if (!waiting) return []
    return [
      {
        caseId: row.id,
        number: row.number,
        name: snapshots.get(row.id)?.name ?? '',
        state: row.state,
        dueOn: row.dueOn!,
        role: waiting.role,
        schoolId: waiting.schoolId,
        school: waiting.schoolId ? (names.get(waiting.schoolId) ?? null) : null,
        remindedOn: row.remindedOn,
        byBureau:
          row.state === 'submitted'
            ? row.originByBureau
            : row.state === 'origin_approved'
              ? row.destinationByBureau
              : null,
      },
    ]
  })
}

/** Posts offered in a round, as the actor may see them, with the places taken. */
export async function listVacancies(tx: Tx, roundId: RoundId) {
  const rows = await tx
    .select({ vacancy: vacancies, school: schools.name })
    .from(vacancies)
    .innerJoin(schools, and(eq(schools.districtId, vacancies.districtId), eq(schools.id, vacancies.schoolId)))
    .where(eq(vacancies.roundId, roundId))
    .orderBy(asc(schools.position), asc(vacancies.stage), asc(vacancies.subject))
  const taken = await tx
    .select({
      schoolId: rotationCases.toSchoolId,
      stage: rotationCases.stage,
      subject: rotationCases.subject,
      count: sql<number>`count(*)::int`,
    })
    .from(rotationCases)
    .where(
      and(
        eq(rotationCases.roundId, roundId),
        notInArray(rotationCases.state, [
          'draft',
          'submitted',
          'origin_approved',
          'rejected',
          'withdrawn',
          'terminated',
        ]),
      ),
    )
    .groupBy(rotationCases.toSchoolId, rotationCases.stage, rotationCases.subject)
  const key = (schoolId: string | null, stage: string | null, subject: string | null) =>
    `${schoolId} ${stage} ${subject}`
  const counts = new Map(taken.map((row) => [key(row.schoolId, row.stage, row.subject), row.count]))
  return rows.map(({ vacancy, school }) => ({
    ...vacancy,
    school,
    taken: counts.get(key(vacancy.schoolId, vacancy.stage, vacancy.subject)) ?? 0,
  }))
}
