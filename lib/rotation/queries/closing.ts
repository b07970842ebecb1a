import { desc, eq, inArray } from 'drizzle-orm'
import { rotationRounds, teachers, users, yearClosings } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { QuotaVerdict } from '@/lib/rules/rotation/quota.ts'
import type { RoundId, TeacherId } from '@/lib/rules/values/ids.ts'
import type { Ratio } from '@/lib/rules/values/ratio.ts'
import { roundQuota } from './round-quota.ts'

/** Lists behind the published figures, by their names. */
export const CLOSING_LISTS = ['eligible', 'eligibleBackbone', 'moved', 'movedBackbone', 'new', 'continuing'] as const
export type ClosingList = (typeof CLOSING_LISTS)[number]

export interface ClosingFigures {
  eligible: number
  eligibleBackbone: number
  moved: number
  movedBackbone: number
  new: number
  continuing: number
  needed: number
  share: Ratio
  met: boolean
  binding: 'A' | 'B' | 'C'
  readings: Record<'A' | 'B' | 'C', QuotaVerdict>
}

/** The figures a year would be closed with now, and who is behind each. */
export async function closingFigures(
  tx: Tx,
  roundId: RoundId,
): Promise<{ figures: ClosingFigures; people: Record<ClosingList, string[]> } | null> {
  const quota = await roundQuota(tx, roundId)
  if (!quota) return null
  const { figures } = quota
  const people: Record<ClosingList, string[]> = {
    eligible: [...figures.eligible, ...figures.added],
    eligibleBackbone: [...figures.eligibleBackbone, ...figures.addedBackbone],
    moved: figures.moved,
    movedBackbone: figures.movedBackbone,
    new: figures.new,
    continuing: figures.continuing,
  }
  return {
    people,
    figures: {
      eligible: people.eligible.length,
      eligibleBackbone: people.eligibleBackbone.length,
      moved: people.moved.length,
      movedBackbone: people.movedBackbone.length,
      new: people.new.length,
      continuing: people.continuing.length,
      needed: figures.total.kind === 'measured' ? figures.total.need : 0,
      share: figures.total.kind === 'measured' ? figures.total.share : { num: 0, den: 0 },
      met: figures.total.kind === 'measured' && figures.total.met,
      binding: figures.binding,
      readings: figures.readings,
    },
  }
}

/** Regular rounds with their closing, or the figures as they stand while open. */
export async function listClosings(tx: Tx) {
  const rows = await tx
    .select({ round: rotationRounds, closing: yearClosings, by: users.displayName })
    .from(rotationRounds)
    .leftJoin(yearClosings, eq(yearClosings.roundId, rotationRounds.id))
    .leftJoin(users, eq(users.id, yearClosings.closedBy))
    .where(eq(rotationRounds.kind, 'regular'))
    .orderBy(desc(rotationRounds.year), desc(rotationRounds.name))
  return Promise.all(
    rows.map(async ({ round, closing, by }) => ({
      round,
      by,
      closedAt: closing?.closedAt ?? null,
      figures: closing ? (closing.figures as ClosingFigures) : ((await closingFigures(tx, round.id))?.figures ?? null),
    })),
  )
}

/** The people behind one figure: of the closing where there is one, else as it stands. */
export async function closingPeople(tx: Tx, roundId: RoundId, list: ClosingList) {
  const [closing] = await tx.select().from(yearClosings).where(eq(yearClosings.roundId, roundId))
  const ids = closing ? (closing.people[list] ?? []) : ((await closingFigures(tx, roundId))?.people[list] ?? [])
  if (ids.length === 0) return []
  return tx
    .select({ id: teachers.id, name: teachers.name, staffNo: teachers.staffNo })
    .from(teachers)
    .where(inArray(teachers.id, ids as TeacherId[]))
    .orderBy(teachers.pinyin)
}
