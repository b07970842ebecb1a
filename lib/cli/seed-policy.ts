import { policies } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import { writeReadings } from '@/lib/equity/store/write-readings.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { SystemActor } from '@/lib/rules/access/actor.ts'
import { defaultPolicy } from '@/lib/rules/rotation/policy.ts'
import type { PolicyId } from '@/lib/rules/values/ids.ts'

const YEARS = [
  { year: 2026, documentNo: '东教发〔2026〕18号' },
  { year: 2027, documentNo: '东教发〔2026〕61号' },
]

/** Policies in force for this school year and the next, as the national text and the defaults of the rules have them. */
export async function seedPolicies(tx: Tx, actor: SystemActor): Promise<void> {
  const at = now()
  await tx.insert(policies).values(
    YEARS.map(({ year, documentNo }) => ({
      districtId: actor.districtId,
      id: newId<PolicyId>(),
      year,
      version: 1,
      title: `${year}–${year + 1}学年教师交流轮岗实施方案`,
      documentNo,
      content: { ...defaultPolicy },
      state: 'active' as const,
      preparedByName: '人事股（演示）',
      preparedAt: at,
      decidedByName: '分管局长（演示）',
      decidedAt: at,
    })),
  )
}

/** What the nightly job would have left: the indicators as of today, for schools to read. */
export const seedReadings = (tx: Tx, actor: SystemActor): Promise<number> =>
  writeReadings(tx, actor.districtId, actor.today)
