import { and, eq, gt, gte, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { honours } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { type BackboneSettings, countsFrom, type Honour } from '@/lib/rules/standing/backbone.ts'
import { firstDayOf, type LocalDate, monthOf, schoolYearOf } from '@/lib/rules/values/dates.ts'

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
 * The ids of everybody who is a backbone teacher on a day (R-HON-1), as a subquery, within what the actor may see. What the
 * rule says of a kind is worked out here; the rest is a condition an index answers alone.
 */
export function backboneHolders(on: LocalDate, settings: BackboneSettings): SQL {
  const { kind, level, awardedMonth, validUntil, revokedOn } = honours
  const stillCounts = settings.backboneKinds.map((one) => {
    const from = countsFrom(one, on, settings)
    return and(eq(kind, one), from === null ? undefined : gte(awardedMonth, firstDayOf(from)))
  })
  const counts = and(
    inArray(kind, [...settings.backboneKinds]),
    ne(level, 'school'),
    lte(awardedMonth, on),
    or(gt(validUntil, on), and(isNull(validUntil), or(...stillCounts))),
    or(isNull(revokedOn), gt(revokedOn, on)),
  )
  return sql`SELECT ${honours.teacherId} FROM ${honours} WHERE ${counts}`
}
