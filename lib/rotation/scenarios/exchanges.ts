import type { Exchanges } from '@/lib/planner/swaps.ts'
import type { SchoolId, TeacherId } from '@/lib/rules/values/ids.ts'
import type { ScenarioRow } from './scenario-row.ts'

/** One person of an exchange that was found. */
export interface ExchangePart {
  teacherId: TeacherId
  from: SchoolId
  to: SchoolId
  stage: string
  subject: string
  rank: number
}

export interface ProposedCycle {
  parts: ExchangePart[]
}

export interface ExchangeSearch {
  state: 'waiting' | 'done' | 'failed'
  cycles: ProposedCycle[]
  points: number
  /** Nothing better exists. */
  proven: boolean
}

export const exchangesOf = (stored: unknown): ExchangeSearch | null => (stored ?? null) as ExchangeSearch | null

/** Cycles under the register's ids; only those in which everybody is known become proposals. */
export function proposedCycles(
  { cycles }: Exchanges,
  { members, schools }: Pick<ScenarioRow, 'members' | 'schools'>,
): ProposedCycle[] {
  return cycles.flatMap(({ moves }): ProposedCycle[] => {
    const parts = moves.flatMap(({ teacher, from, to, stage, subject, rank }): ExchangePart[] => {
      const [teacherId] = members[teacher] ?? []
      const [origin, destination] = [schools[from], schools[to]]
      return teacherId && origin && destination
        ? [{ teacherId, from: origin, to: destination, stage, subject, rank }]
        : []
    })
    return parts.length === moves.length ? [{ parts }] : []
  })
}

/** The cycle of exactly these people; a search run again meanwhile may have found others. */
export function cycleOf(search: ExchangeSearch | null, people: readonly TeacherId[]): ProposedCycle | null {
  const wanted = [...people].sort().join()
  return (
    search?.cycles.find(
      ({ parts }) =>
        parts
          .map(({ teacherId }) => teacherId)
          .sort()
          .join() === wanted,
    ) ?? null
  )
}
