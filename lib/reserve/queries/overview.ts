import type { Tx } from '@/db/scope.ts'
import { type ReserveCounter, reserveCounter } from '@/lib/rules/reserve/counter.ts'
import type { CandidateState } from '@/lib/rules/reserve/pipeline.ts'
import { type LocalDate, yearOf } from '@/lib/rules/values/dates.ts'
import type { DistrictId } from '@/lib/rules/values/ids.ts'
import { reserveSettings } from '../settings.ts'
import { agesRunningOut, poolMembers } from './candidates.ts'

export interface ReserveOverview {
  /** Newest first: this calendar year and those in which somebody entered. */
  years: ReserveCounter[]
  byState: Partial<Record<CandidateState, number>>
  /** Pool ages that have run out or do within 90 days. */
  agesRunningOut: number
}

/** The yearly counters against the target (R-POOL-2), people by state, and whose pool age runs out. */
export async function reserveOverview(tx: Tx, districtId: DistrictId, today: LocalDate): Promise<ReserveOverview> {
  const { yearlyTarget } = await reserveSettings(tx, districtId)
  const members = await poolMembers(tx)
  const years = new Set([yearOf(today), ...members.flatMap(({ enteredOn }) => (enteredOn ? [yearOf(enteredOn)] : []))])
  const byState: Partial<Record<CandidateState, number>> = {}
  for (const { state } of members) byState[state] = (byState[state] ?? 0) + 1
  return {
    years: [...years].sort((a, b) => b - a).map((year) => reserveCounter(members, year, yearlyTarget)),
    byState,
    agesRunningOut: await agesRunningOut(tx, today),
  }
}
