import { and, inArray, lte, ne } from 'drizzle-orm'
import { honours } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { policyFor } from '@/lib/rotation/queries/policy-for.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { type BackboneSettings, type Honour, isBackbone } from '@/lib/rules/standing/backbone.ts'
import { type LocalDate, monthOf, schoolYearOf } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
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

/** Everybody who is a backbone teacher on a day (R-HON-1), within what the actor may see. */
export async function backboneIds(tx: Tx, on: LocalDate, settings: BackboneSettings): Promise<TeacherId[]> {
  const rows = await tx
    .select({
      teacherId: honours.teacherId,
      kind: honours.kind,
      level: honours.level,
      awardedMonth: honours.awardedMonth,
      validUntil: honours.validUntil,
      revokedOn: honours.revokedOn,
    })
    .from(honours)
    .where(
      and(
        inArray(honours.kind, [...settings.backboneKinds]),
        ne(honours.level, 'school'),
        lte(honours.awardedMonth, on),
      ),
    )
  return [...groupBy(rows, (row) => row.teacherId)]
    .filter(([, held]) => isBackbone(held.map(honourFact), on, settings))
    .map(([teacherId]) => teacherId)
}
