import { and, desc, eq, isNull, lte } from 'drizzle-orm'
import { policies } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { defaultPolicy, type Policy, storedPolicy } from '@/lib/rules/rotation/policy.ts'
import type { PolicyId } from '@/lib/rules/values/ids.ts'

export interface PolicyInForce {
  /** Null: the district has decided none yet, the defaults stand in. */
  id: PolicyId | null
  year: number | null
  version: number | null
  title: string | null
  documentNo: string | null
  policy: Policy
}

/** The active policy of a school year, else that of the last year before it, else the defaults. 补充规定 of one round are not this. */
export async function policyFor(tx: Tx, year: number): Promise<PolicyInForce> {
  const [row] = await tx
    .select()
    .from(policies)
    .where(and(eq(policies.state, 'active'), lte(policies.year, year), isNull(policies.forRoundId)))
    .orderBy(desc(policies.year), desc(policies.version))
    .limit(1)
  if (!row) return { id: null, year: null, version: null, title: null, documentNo: null, policy: defaultPolicy }
  const { id, version, title, documentNo } = row
  return { id, year: row.year, version, title, documentNo, policy: storedPolicy(row.content) }
}

/** A stored policy by id, whatever its state; null when the scope does not show it. */
export async function policyById(tx: Tx, id: PolicyId): Promise<Policy | null> {
  const [row] = await tx.select({ content: policies.content }).from(policies).where(eq(policies.id, id))
  return row ? storedPolicy(row.content) : null
}
