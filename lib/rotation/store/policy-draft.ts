import { desc, eq } from 'drizzle-orm'
import { policies } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { Instant } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import type { PolicyId, RoundId } from '@/lib/rules/values/ids.ts'

export interface PolicyDraft {
  year: number
  title: string
  content: Policy
  /** 补充规定: for this round only. */
  forRoundId: RoundId | null
}

/** The next version of a school year's policy, as a draft: in force only once two people have decided it (SD-2). */
export async function insertPolicyDraft(
  tx: Tx,
  actor: UserActor,
  { year, title, content, forRoundId }: PolicyDraft,
  at: Instant,
): Promise<{ id: PolicyId; version: number }> {
  const [last] = await tx
    .select({ version: policies.version })
    .from(policies)
    .where(eq(policies.year, year))
    .orderBy(desc(policies.version))
    .limit(1)
  const id = newId<PolicyId>()
  const version = (last?.version ?? 0) + 1
  await tx.insert(policies).values({
    districtId: actor.districtId,
    id,
    year,
    version,
    title,
    content: { ...content },
    state: 'draft',
    forRoundId,
    preparedBy: actor.userId,
    preparedByPerson: actor.personId,
    preparedByName: actor.name,
    preparedAt: at,
  })
  return { id, version }
}
