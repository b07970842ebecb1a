import { and, asc, desc, eq } from 'drizzle-orm'
import { candidateEvents, candidateScores, reserveCandidates, reservePlacements, schools } from '@/db/schema/index.ts'
import type { CandidateId } from '@/db/schema/talent.ts'
import type { Tx } from '@/db/scope.ts'
import { type HistoryEntry, historyOf } from '@/lib/platform/field-history.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { CandidateState } from '@/lib/rules/reserve/pipeline.ts'
import type { LocalDate, Period } from '@/lib/rules/values/dates.ts'
import type { SchoolId } from '@/lib/rules/values/ids.ts'

export interface PlacementRow {
  id: string
  schoolId: SchoolId
  school: string
  basis: 'establishment' | 'labour'
  during: Period
}

/** Scores in hundredths of a point (f4: HR and reviewer). */
export interface ScoresView {
  written: number | null
  interview: number | null
  rank: number | null
  medicalPassed: 'passed' | 'failed' | null
  backgroundPassed: 'passed' | 'failed' | null
}

export interface EventRow {
  id: string
  fromState: CandidateState | null
  toState: CandidateState
  onDay: LocalDate
  reason: string | null
  byName: string
}

const BUREAU: readonly string[] = ['bureau_hr', 'bureau_reviewer']

/**
 * A reserve hire as the actor's role may see it: a school reads name, subject, certificate and placement of its own;
 * scores, events and history are the bureau's (f4). Null when there is none, or not for this person.
 */
export async function candidateDetail(tx: Tx, id: CandidateId, actor: UserActor) {
  const bureau = BUREAU.includes(actor.role)
  const [person] = await tx
    .select({
      id: reserveCandidates.id,
      number: reserveCandidates.number,
      name: reserveCandidates.name,
      sex: reserveCandidates.sex,
      year: reserveCandidates.year,
      channel: reserveCandidates.channel,
      stage: reserveCandidates.stage,
      subject: reserveCandidates.subject,
      certificateKind: reserveCandidates.certificateKind,
      certificateSubject: reserveCandidates.certificateSubject,
      state: reserveCandidates.state,
      pooledOn: reserveCandidates.pooledOn,
      poolUntil: reserveCandidates.poolUntil,
      version: reserveCandidates.version,
    })
    .from(reserveCandidates)
    .where(eq(reserveCandidates.id, id))
  if (!person) return null
  const placements: PlacementRow[] = await tx
    .select({
      id: reservePlacements.id,
      schoolId: reservePlacements.schoolId,
      school: schools.name,
      basis: reservePlacements.basis,
      during: reservePlacements.during,
    })
    .from(reservePlacements)
    .innerJoin(
      schools,
      and(eq(schools.districtId, reservePlacements.districtId), eq(schools.id, reservePlacements.schoolId)),
    )
    .where(eq(reservePlacements.candidateId, id))
    .orderBy(desc(reservePlacements.validFrom))
  return { ...person, placements, bureau: bureau ? await bureauPart(tx, id) : null }
}
export type CandidateDetail = NonNullable<Awaited<ReturnType<typeof candidateDetail>>>

async function bureauPart(tx: Tx, id: CandidateId) {
  const [more] = await tx
    .select({
      education: reserveCandidates.education,
      graduatedFrom: reserveCandidates.graduatedFrom,
      major: reserveCandidates.major,
      leftOn: reserveCandidates.leftOn,
      leftReason: reserveCandidates.leftReason,
    })
    .from(reserveCandidates)
    .where(eq(reserveCandidates.id, id))
  const [scores] = await tx
    .select({
      written: candidateScores.written,
      interview: candidateScores.interview,
      rank: candidateScores.rank,
      medicalPassed: candidateScores.medicalPassed,
      backgroundPassed: candidateScores.backgroundPassed,
    })
    .from(candidateScores)
    .where(eq(candidateScores.candidateId, id))
  const events: EventRow[] = await tx
    .select({
      id: candidateEvents.id,
      fromState: candidateEvents.fromState,
      toState: candidateEvents.toState,
      onDay: candidateEvents.onDay,
      reason: candidateEvents.reason,
      byName: candidateEvents.byName,
    })
    .from(candidateEvents)
    .where(eq(candidateEvents.candidateId, id))
    .orderBy(asc(candidateEvents.onDay), asc(candidateEvents.at), asc(candidateEvents.id))
  const history: HistoryEntry[] = (await historyOf(tx, ['reserve_candidate', 'reserve_candidates'], [id])).filter(
    ({ operation, field }) => operation === 'update' && field !== 'state',
  )
  return { ...more!, scores: (scores ?? null) as ScoresView | null, events, history }
}
