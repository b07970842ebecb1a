import { and, eq, inArray, notInArray } from 'drizzle-orm'
import { type exchangeConsents, rotationCases, schools, teachers } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { ENDED_STATES } from '@/lib/rules/rotation/case-states.ts'
import type { RoundId, SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import { done, type Outcome, type Refusal, refuseAll } from '@/lib/rules/values/outcome.ts'
import type { RoundContext } from '../cases/facts.ts'
import type { CaseRow } from '../cases/lock.ts'
import { type RollEntry, rollLines } from '../cases/new-case.ts'
import { frozenPeople, latestRoll } from '../queries/round-quota.ts'

export type ConsentRow = typeof exchangeConsents.$inferSelect

/** One person of an agreed exchange and what is to be done for them. */
export interface ReadyPart {
  consent: ConsentRow
  entry: RollEntry
  isVoluntary: boolean
  /** The live case that takes the destination, or has it; null: a new one is made. */
  found: CaseRow | null
}

/** Where a live case may still be given its destination. */
const OPEN: readonly CaseRow['state'][] = ['draft', 'submitted', 'origin_approved']

/**
 * Everybody of an exchange as the round now stands. One who fell off the roll, left the school, or has meanwhile another
 * case stops the whole exchange, for the others would find no place: every reason is told at once, by name.
 */
export async function readyParts(
  tx: Tx,
  roundId: RoundId,
  { policy }: RoundContext,
  parts: readonly ConsentRow[],
): Promise<Outcome<ReadyPart[]>> {
  const ids = parts.map(({ teacherId }) => teacherId)
  const entries = await rollLines(tx, roundId, ids)
  const roll = await latestRoll(tx, roundId)
  // Changes of the roll that were decided to be followed count.
  const standing = new Map((roll ? await frozenPeople(tx, roll.id, ids) : []).map((one) => [one.id, one.state]))
  const names = new Map(
    (await tx.select({ id: teachers.id, name: teachers.name }).from(teachers).where(inArray(teachers.id, ids))).map(
      (row) => [row.id, row.name],
    ),
  )
  const places = await placesOf(tx, parts)
  const cases = await liveCases(tx, roundId, ids)
  const refusals: Refusal[] = []
  const ready = parts.flatMap((consent): ReadyPart[] => {
    const { teacherId, fromSchoolId, toSchoolId } = consent
    const name = names.get(teacherId) ?? ''
    const stop = (code: string, values: Record<string, string | number> = {}, rule?: string): ReadyPart[] => {
      refusals.push({ code: `plan.refusal.exchange.${code}`, values: { name, ...values }, ...(rule ? { rule } : {}) })
      return []
    }
    const entry = entries.get(teacherId)
    const state = standing.get(teacherId)
    if (!entry || state === undefined) return stop('notOnRoll', {}, 'R-ELIG-0')
    const found = cases.get(teacherId) ?? null
    const isVoluntary = found ? found.isVoluntary : state !== 'eligible'
    const volunteers = isVoluntary && policy.eligibility.volunteersAllowed && state !== 'out_of_scope'
    if (state !== 'eligible' && !volunteers) return stop('notEligible', {}, 'R-ELIG-0')
    if (entry.schoolId !== fromSchoolId)
      return stop('leftSchool', { school: places.get(fromSchoolId)?.name ?? '' }, 'R-ELIG-0')
    const place = places.get(toSchoolId)
    if (!place || place.closed) return stop('schoolClosed', { school: place?.name ?? '' })
    if (found && found.toSchoolId !== toSchoolId && (found.toSchoolId !== null || !OPEN.includes(found.state)))
      return stop('otherCase', { number: found.number })
    return [{ consent, entry, isVoluntary, found }]
  })
  return refusals.length > 0 ? refuseAll(refusals) : done(ready)
}

async function placesOf(tx: Tx, parts: readonly ConsentRow[]) {
  const ids = [...new Set(parts.flatMap(({ fromSchoolId, toSchoolId }): SchoolId[] => [fromSchoolId, toSchoolId]))]
  const rows = await tx
    .select({ id: schools.id, name: schools.name, closedOn: schools.closedOn })
    .from(schools)
    .where(inArray(schools.id, ids))
  return new Map(rows.map(({ id, name, closedOn }) => [id, { name, closed: closedOn !== null }]))
}

async function liveCases(tx: Tx, roundId: RoundId, ids: readonly TeacherId[]): Promise<Map<TeacherId, CaseRow>> {
  const rows = await tx
    .select()
    .from(rotationCases)
    .where(
      and(
        eq(rotationCases.roundId, roundId),
        inArray(rotationCases.teacherId, [...ids]),
        notInArray(rotationCases.state, [...ENDED_STATES]),
      ),
    )
    .orderBy(rotationCases.id)
    .for('update')
  return new Map(rows.map((row) => [row.teacherId, row]))
}

/**
 * Whether somebody of the exchange takes the very post this person leaves: then the origin's heads in the subject do not
 * change, and it need not be asked whether the bureau accepts a shortage there (R-SUB-1).
 */
export const isReplaced = ({ consent, entry }: ReadyPart, all: readonly ReadyPart[]): boolean =>
  all.some(
    (other) =>
      other.consent.toSchoolId === consent.fromSchoolId &&
      other.consent.stage === entry.stage &&
      other.consent.subject === entry.subject,
  )
