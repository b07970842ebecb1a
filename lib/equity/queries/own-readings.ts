import { asc } from 'drizzle-orm'
import { equityReadings } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'

export type EquityReading = typeof equityReadings.$inferSelect

/** Readings in the actor's scope: for a school its own row and the district's line (security.md §2.3). */
export const ownReadings = (tx: Tx): Promise<EquityReading[]> =>
  tx
    .select()
    .from(equityReadings)
    .orderBy(asc(equityReadings.stage), asc(equityReadings.indicator), asc(equityReadings.basis))
