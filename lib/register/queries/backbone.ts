import { and, inArray, lte, ne, sql } from 'drizzle-orm'
import { honours } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { type BackboneSettings, type Honour, isBackbone } from '@/lib/rules/standing/backbone.ts'
import { type LocalDate, monthOf, schoolYearOf } from '@/lib/rules/values/dates.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'

/** The rule set in force on a day, for figures outside any round. */
export const policyInForce = async (tx: Tx, on: LocalDate): Promise<Policy> =>
  (await policyFor(tx, schoolYearOf(on))).policy

export const honourFact = (row: {
  kind: Honour['kind']
  level: Honour['level']
  awardedMonth: LocalDate | null
  validUntil: LocalDate | null
  revokedOn: LocalDate | null
}): Honour => ({
  kind: row.kind,
  level: row.level,
  awarded: row.awardedMonth ? monthOf(row.awardedMonth) : null,
  validUntil: row.validUntil,
  revokedOn: row.revokedOn,
})

/**
 * Everybody who is a backbone teacher on a day (R-HON-1), within what the actor may see. Whether an honour counts says
 * the rule; the database only gathers who holds one like it, so that thousands of rows are a few hundred to judge.
 */
export async function backboneIds(tx: Tx, on: LocalDate, settings: BackboneSettings): Promise<TeacherId[]> {
  const { kind, level, awardedMonth, validUntil, revokedOn } = honours
  const rows = await tx
    .select({
      kind,
      level,
      awardedMonth,
      validUntil,
      revokedOn,
      holders: sql<string>`string_agg(${honours.teacherId}::text, ' ')`,
    })
    .from(honours)
    .where(and(inArray(kind, [...settings.backboneKinds]), ne(level, 'school'), lte(awardedMonth, on)))
    .groupBy(kind, level, awardedMonth, validUntil, revokedOn)
  const holders = rows
    .filter((row) => isBackbone([honourFact(row)], on, settings))
    .flatMap((row) => row.holders.split(' ') as TeacherId[])
  return [...new Set(holders)]
}
