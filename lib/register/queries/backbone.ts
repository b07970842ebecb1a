import { and, inArray, lte, ne, type SQL, sql } from 'drizzle-orm'
import { honours } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { type BackboneSettings, type Honour, isBackbone } from '@/lib/rules/standing/backbone.ts'
import { type LocalDate, monthOf, schoolYearOf } from '@/lib/rules/values/dates.ts'

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
 * The ids of everybody who is a backbone teacher on a day (R-HON-1), as a subquery, within what the actor may see.
 * Whether an honour counts says the rule; it judges each kind of honour held once, a few hundred for any district.
 */
export async function backboneHolders(tx: Tx, on: LocalDate, settings: BackboneSettings): Promise<SQL> {
  const { kind, level, awardedMonth, validUntil, revokedOn } = honours
  const held = await tx
    .selectDistinct({ kind, level, awardedMonth, validUntil, revokedOn })
    .from(honours)
    .where(and(inArray(kind, [...settings.backboneKinds]), ne(level, 'school'), lte(awardedMonth, on)))
  const counted = held.filter((row) => isBackbone([honourFact(row)], on, settings))
  return sql`SELECT h.teacher_id FROM honours h JOIN jsonb_to_recordset(${JSON.stringify(counted)}::jsonb)
    AS counted(kind text, level text, "awardedMonth" date, "validUntil" date, "revokedOn" date)
    ON counted.kind = h.kind AND counted.level = h.level AND counted."awardedMonth" = h.awarded_month
    AND counted."validUntil" IS NOT DISTINCT FROM h.valid_until AND counted."revokedOn" IS NOT DISTINCT FROM h.revoked_on`
}
