import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { postings, rollEntries, rotationCases, rotationRounds, roundCounters } from '@/db/schema/index.ts'
import type { RollId } from '@/db/schema/rotation/rolls.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import { GATE_STATES } from '@/lib/rules/rotation/case-states.ts'
import { quotaFigures } from '@/lib/rules/rotation/quota.ts'
import { type RoundFigures, roundFiguresOf } from '@/lib/rules/rotation/round-figures.ts'
import type { SchoolYear } from '@/lib/rules/values/dates.ts'
import type { RoundId, TeacherId } from '@/lib/rules/values/ids.ts'
import { policyById } from '../queries/policy-for.ts'
import { followedChanges } from '../queries/roll-changes.ts'
import { frozenPeople, latestRoll, roundMoves } from '../queries/round-quota.ts'

/** Whether the actor's scope shows the whole district, so that figures computed in it are true. */
export const seesDistrict = (actor: Actor): boolean =>
  actor.kind === 'system' || (actor.kind === 'user' && (actor.role === 'bureau_hr' || actor.role === 'bureau_reviewer'))

/** The round's figures as last computed; what a school's step keeps of its moment. */
export async function storedFigures(tx: Tx, roundId: RoundId): Promise<RoundFigures | null> {
  const [row] = await tx
    .select({ figures: roundCounters.figures })
    .from(roundCounters)
    .where(eq(roundCounters.roundId, roundId))
  return (row?.figures ?? null) as RoundFigures | null
}

/**
 * The figures of `roundQuota` as numbers, read from the people who may count as moved alone: the totals of the roll are
 * frozen with it. Only in a scope that sees the whole district; null before the roll is frozen.
 */
export async function figuresNow(tx: Tx, roundId: RoundId): Promise<RoundFigures | null> {
  const [round] = await tx.select().from(rotationRounds).where(eq(rotationRounds.id, roundId))
  const roll = round && (await latestRoll(tx, roundId))
  const policy = roll && (await policyById(tx, roll.policyId))
  if (!round || !roll || !policy) return null
  const byCase = await tx
    .select({ teacherId: rotationCases.teacherId })
    .from(rotationCases)
    .where(and(eq(rotationCases.roundId, roundId), inArray(rotationCases.state, [...GATE_STATES])))
  const byRegister = await tx
    .select({ teacherId: postings.teacherId })
    .from(postings)
    .where(or(isNull(postings.endsOn), sql`${postings.endsOn} >= ${`${round.year}-07-01`}`))
  const followed = await followedChanges(tx, roll.id)
  const changed = [...followed.keys()] as TeacherId[]
  const ids = [...new Set([...[...byCase, ...byRegister].map(({ teacherId }) => teacherId), ...changed])]
  const people = ids.length ? await frozenPeople(tx, roll.id, ids) : []
  const moves = await roundMoves(tx, roundId, round.year as SchoolYear, policy, GATE_STATES, people)
  const figures = quotaFigures(people, moves, policy.quota)
  const frozen = await frozenBase(tx, roll.id, changed)
  const among = (teacherIds: readonly string[]) => teacherIds.filter((id) => followed.has(id as TeacherId)).length
  const counts = {
    E: (roll.counts.E ?? 0) - frozen.E + among(figures.eligible),
    EB: (roll.counts.EB ?? 0) - frozen.EB + among(figures.eligibleBackbone),
  }
  return roundFiguresOf(counts, figures, policy.quota)
}

/** What people of a roll stood for in E and EB when it was frozen. */
async function frozenBase(
  tx: Tx,
  rollId: RollId,
  teacherIds: readonly TeacherId[],
): Promise<{ E: number; EB: number }> {
  if (teacherIds.length === 0) return { E: 0, EB: 0 }
  const rows = await tx
    .select({ isBackbone: rollEntries.isBackbone })
    .from(rollEntries)
    .where(
      and(
        eq(rollEntries.rollId, rollId),
        inArray(rollEntries.teacherId, [...teacherIds]),
        eq(rollEntries.counted, true),
      ),
    )
  return { E: rows.length, EB: rows.filter(({ isBackbone }) => isBackbone).length }
}

/** Computes the round's figures anew and keeps them. */
export async function refreshFigures(tx: Tx, roundId: RoundId): Promise<RoundFigures | null> {
  const figures = await figuresNow(tx, roundId)
  if (figures)
    await tx.update(roundCounters).set({ figures, figuresAt: now() }).where(eq(roundCounters.roundId, roundId))
  return figures
}
