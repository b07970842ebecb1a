import { and, desc, eq, inArray } from 'drizzle-orm'
import { eligibilityRolls, rollEntries, rotationCases, rotationRounds, schools } from '@/db/schema/index.ts'
import type { RollId } from '@/db/schema/rotation/rolls.ts'
import type { Tx } from '@/db/scope.ts'
import { postingFacts } from '@/lib/register/queries/teacher-histories.ts'
import { otherFormOf } from '@/lib/rules/register/facts-from-records.ts'
import type { RotationForm } from '@/lib/rules/register/vocabulary.ts'
import { type CaseState, GATE_STATES } from '@/lib/rules/rotation/case-states.ts'
import { movedInYear, postingCounts } from '@/lib/rules/rotation/counted-moves.ts'
import type { PostingFact } from '@/lib/rules/rotation/facts.ts'
import type { OtherForm } from '@/lib/rules/rotation/forms.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import type { MovedPerson, RollPerson } from '@/lib/rules/rotation/quota.ts'
import { addDays, type LocalDate, type SchoolYear } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { CaseId, RoundId, TeacherId } from '@/lib/rules/values/ids.ts'
import { policyById } from './policy-for.ts'
import { type QuotaView, quotaView } from './quota.ts'
import { followedChanges } from './roll-changes.ts'

export interface RoundQuota extends QuotaView {
  round: { id: RoundId; name: string; year: number; snapshotDate: LocalDate }
  rollId: RollId
  rollVersion: number
  policy: Policy
  /** People of the roll by id, for lists and what-ifs. */
  people: RollPerson[]
  moves: MovedPerson[]
}

/** The last frozen roll of a round; null before the round is opened. */
export async function latestRoll(tx: Tx, roundId: RoundId) {
  const [roll] = await tx
    .select()
    .from(eligibilityRolls)
    .where(eq(eligibilityRolls.roundId, roundId))
    .orderBy(desc(eligibilityRolls.version))
    .limit(1)
  return roll ?? null
}

/** People of a frozen roll as quotas look at them, with the changes decided to be followed; only some when asked for. */
export async function frozenPeople(tx: Tx, rollId: RollId, only?: readonly TeacherId[]): Promise<RollPerson[]> {
  const rows = await tx
    .select({
      id: rollEntries.teacherId,
      schoolId: rollEntries.schoolId,
      state: rollEntries.state,
      isBackbone: rollEntries.isBackbone,
      isPrincipal: rollEntries.isPrincipal,
    })
    .from(rollEntries)
    .where(and(eq(rollEntries.rollId, rollId), only ? inArray(rollEntries.teacherId, [...only]) : undefined))
  const places = await tx.select({ id: schools.id, locality: schools.locality, quality: schools.quality }).from(schools)
  const byId = new Map(places.map((place) => [place.id, place]))
  const followed = await followedChanges(tx, rollId)
  return rows.flatMap((row): RollPerson[] => {
    const place = byId.get(row.schoolId)
    const change = followed.get(row.id)
    if (change) {
      if (change.state === 'absent') return []
      row.state = change.state
      row.isBackbone = change.isBackbone
    }
    return place ? [{ ...row, locality: place.locality, quality: place.quality }] : []
  })
}

/**
 * Quota figures of a round as its cases stand (R-QUOTA-1…4): frozen roll, cases in the given states (those the gate
 * counts: checked or later), and postings of the register that are new for the year or continue in it. A person counts
 * once. Null before the roll is frozen.
 * @param states other states for a preview, e.g. every live case
 */
export async function roundQuota(
  tx: Tx,
  roundId: RoundId,
  states: readonly CaseState[] = GATE_STATES,
): Promise<RoundQuota | null> {
  const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId))
  const roll = round && (await latestRoll(tx, roundId))
  const policy = roll && (await policyById(tx, roll.policyId))
  if (!round || !roll || !policy) return null
  const people = await frozenPeople(tx, roll.id)
  const moves = await roundMoves(tx, roundId, round.year as SchoolYear, policy, states, people)
  const { id, name, year, snapshotDate } = round
  return {
    round: { id, name, year, snapshotDate },
    rollId: roll.id,
    rollVersion: roll.version,
    policy,
    people,
    moves,
    ...(await quotaView(tx, people, moves, roll.snapshotDate, policy)),
  }
}

/** The form of a case as the counting rules read a posting. */
export const postingOfCase = (row: {
  form: number
  movesRelation: boolean
  fromSchoolId: string
  toSchoolId: string
  startsOn: LocalDate
  endsOn: LocalDate | null
  reason: string
  otherForm?: OtherForm | null
  periodsPerWeek?: number | null
}): PostingFact => ({
  form: row.form as RotationForm,
  other: row.otherForm ?? otherFormOf(row.reason),
  movesRelation: row.movesRelation,
  fromSchool: row.fromSchoolId,
  toSchool: row.toSchoolId,
  from: row.startsOn,
  until: row.endsOn === null ? null : addDays(row.endsOn, 1),
  orderedOn: null,
  periodsPerWeek: row.periodsPerWeek ?? null,
})

/** Who moves by the cases and the register, once for each reason: `quotaFigures` counts a person once. */
export async function roundMoves(
  tx: Tx,
  roundId: RoundId,
  year: SchoolYear,
  policy: Policy,
  states: readonly CaseState[],
  people: readonly RollPerson[],
): Promise<MovedPerson[]> {
  const byId = new Map(people.map((person) => [person.id, person]))
  const moved = (id: string, kind: 'new' | 'continuing' | null): MovedPerson[] => {
    const person = byId.get(id)
    return person && kind ? [{ ...person, kind }] : []
  }
  const cases = await tx.select().from(rotationCases).where(eq(rotationCases.roundId, roundId))
  const fallen = new Set<CaseId | string>(cases.filter((row) => !states.includes(row.state)).map(({ id }) => id))
  const ofCases = cases.flatMap((row) => {
    if (fallen.has(row.id) || row.toSchoolId === null) return []
    const kind = postingCounts(postingOfCase({ ...row, toSchoolId: row.toSchoolId }), year, policy.quota)
    return moved(row.teacherId, kind && row.isContinuing ? 'continuing' : kind)
  })
  // A posting made by a case that has fallen out of the round no longer counts
  const kept = (await postingFacts(tx)).filter(({ caseId }) => caseId === null || !fallen.has(caseId))
  const ofRegister = [...groupBy(kept, ({ teacherId }) => teacherId)].flatMap(([teacherId, own]) =>
    moved(
      teacherId,
      movedInYear(
        own.map(({ fact }) => fact),
        year,
        policy.quota,
      )?.kind ?? null,
    ),
  )
  return [...ofCases, ...ofRegister]
}

/** Names of schools by id, for lists of targets. */
export async function schoolNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .select({ id: schools.id, name: schools.name })
    .from(schools)
    .where(inArray(schools.id, [...ids] as never))
  return new Map(rows.map(({ id, name }) => [id, name]))
}
