import { desc, eq } from 'drizzle-orm'
import { eligibilityRolls, rollEntries } from '@/db/schema/index.ts'
import type { RollId } from '@/db/schema/rotation/rolls.ts'
import type { Tx } from '@/db/scope.ts'
import { now } from '@/lib/platform/clock.ts'
import { newId } from '@/lib/platform/new-id.ts'
import type { Actor } from '@/lib/rules/access/actor.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { firstDayOf, type LocalDate } from '@/lib/rules/values/dates.ts'
import type { PolicyId, RoundId } from '@/lib/rules/values/ids.ts'
import { computeRoll, countRoll, type RollCounts, type RollLine } from '../queries/roll.ts'

export interface FrozenRoll {
  rollId: RollId
  version: number
  counts: RollCounts
  lines: RollLine[]
}

/** Rows a statement can hold. */
const CHUNK = 1000

/**
 * Freezes the roll of a round under a policy (R-ELIG-0): everyone's outcome on the round's snapshot with every reason.
 * A round has versions: the first when it opens, a further one for each 补充规定. Nothing of an earlier version changes.
 */
export async function freezeRoll(
  tx: Tx,
  actor: Actor,
  round: { id: RoundId; snapshotDate: LocalDate },
  { id: policyId, policy }: { id: PolicyId; policy: Policy },
): Promise<FrozenRoll> {
  const lines = await computeRoll(tx, round.snapshotDate, policy)
  const [last] = await tx
    .select({ version: eligibilityRolls.version })
    .from(eligibilityRolls)
    .where(eq(eligibilityRolls.roundId, round.id))
    .orderBy(desc(eligibilityRolls.version))
    .limit(1)
  const rollId = newId<RollId>()
  const version = (last?.version ?? 0) + 1
  const counts = countRoll(lines)
  await tx.insert(eligibilityRolls).values({
    districtId: actor.districtId,
    id: rollId,
    roundId: round.id,
    version,
    policyId,
    snapshotDate: round.snapshotDate,
    frozenAt: now(),
    frozenBy: actor.kind === 'user' ? actor.userId : null,
    counts: { ...counts },
  })
  const rows = lines.map(({ result, who, counted }): typeof rollEntries.$inferInsert => ({
    districtId: actor.districtId,
    rollId,
    teacherId: who.teacherId,
    schoolId: who.schoolId,
    stage: who.stage,
    subject: who.subject,
    state: result.state,
    decidingRule: result.decidingRule,
    tenureMonths: result.tenureMonths,
    tenureStart: result.tenureStart === null ? null : firstDayOf(result.tenureStart),
    retirementCategory: result.retirementCategory,
    retirementDate: result.retirementDate,
    isBackbone: result.isBackbone,
    isPrincipal: result.isPrincipal,
    nextChange: result.nextChange,
    counted,
    findings: result.reasons,
  }))
  for (let start = 0; start < rows.length; start += CHUNK)
    await tx.insert(rollEntries).values(rows.slice(start, start + CHUNK))
  return { rollId, version, counts, lines }
}
