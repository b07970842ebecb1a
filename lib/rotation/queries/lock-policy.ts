import { eq } from 'drizzle-orm'
import { policies } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { storedPolicy } from '@/lib/rules/rotation/policy.ts'
import type { PolicyId } from '@/lib/rules/values/ids.ts'

/** The policy row, locked until the transaction ends, with its content checked. */
export async function lockPolicy(tx: Tx, id: PolicyId) {
  const [row] = await tx.select().from(policies).where(eq(policies.id, id)).for('update')
  return row ? { ...row, content: storedPolicy(row.content), target: {} } : null
}
