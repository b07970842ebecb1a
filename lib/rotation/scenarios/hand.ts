import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'

/** What people set by hand in a scenario, under the register's own ids (planner.md §8). */
export interface Hand {
  locks: { teacherId: TeacherId; to: SchoolId; source: 'hand' | 'case' }[]
  stays: TeacherId[]
  forbids: { teacherId: TeacherId; to: SchoolId | null }[]
  notBoth: [TeacherId, TeacherId][]
  /** Head-count change of a school, both ends included. */
  pins: { schoolId: SchoolId; low: number; high: number }[]
}

export const EMPTY_HAND: Hand = { locks: [], stays: [], forbids: [], notBoth: [], pins: [] }

/** A stored hand; what an older row lacks is empty. */
export const handOf = (stored: unknown): Hand => ({ ...EMPTY_HAND, ...(stored as Partial<Hand> | null) })

/** Everybody the hand has touched: they are listed singly in the instance. */
export const touchedBy = (hand: Hand): Set<TeacherId> =>
  new Set([
    ...hand.locks.map(({ teacherId }) => teacherId),
    ...hand.stays,
    ...hand.forbids.map(({ teacherId }) => teacherId),
    ...hand.notBoth.flat(),
  ])
