import { and, desc, eq, inArray, lte, ne } from 'drizzle-orm'
import { honours, policies } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { defaultPolicy, type Policy, policySchema } from '@/lib/rules/rotation/policy.ts'
import { type BackboneSettings, type Honour, isBackbone } from '@/lib/rules/standing/backbone.ts'
import { type LocalDate, monthOf } from '@/lib/rules/values/dates.ts'
import { groupBy } from '@/lib/rules/values/group-by.ts'
import type { TeacherId } from '@/lib/rules/values/ids.ts'

/** The rule set in force, for figures outside any round; the defaults of the rules while no policy is active. */
export async function policyInForce(tx: Tx): Promise<Policy> {
  const [row] = await tx
    .select({ content: policies.content })
    .from(policies)
    .where(eq(policies.state, 'active'))
    .orderBy(desc(policies.year), desc(policies.version))
    .limit(1)
  if (!row) return defaultPolicy
  const parsed = policySchema.safeParse(row.content)
  return parsed.success ? parsed.data : defaultPolicy
}

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
