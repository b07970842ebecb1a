import { and, desc, eq } from 'drizzle-orm'
import { eligibilityRolls, rollEntries, rotationRounds } from '@/db/schema/index.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { roundYearOf, snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { type SchoolYear, schoolYearOf } from '@/lib/rules/values/dates.ts'
import { policyFor } from './policy-for.ts'
import { computeRoll, type RollLine } from './roll.ts'

export interface MyEligibility {
  /** School year the answer is for. */
  year: SchoolYear
  line: RollLine
  /** N of R-ELIG-3, for the sentence. */
  tenureNeeded: number
  policyTitle: string | null
  documentNo: string | null
  /** The frozen outcome, once a round has been opened. */
  frozen: { roundName: string; state: RollLine['result']['state']; frozenAt: string } | null
}

/** A teacher's own outcome for the next round with all reasons, by the register as it is now; null without a record. */
export async function myEligibility(tx: Tx, actor: UserActor): Promise<MyEligibility | null> {
  if (!actor.teacherId) return null
  const year = (schoolYearOf(actor.today) + 1) as SchoolYear
  const snapshot = snapshotOf(year)
  const { policy, title, documentNo } = await policyFor(tx, roundYearOf(snapshot))
  const [line] = await computeRoll(tx, snapshot, policy, { teacherIds: [actor.teacherId] })
  if (!line) return null
  const [frozen] = await tx
    .select({ roundName: rotationRounds.name, state: rollEntries.state, frozenAt: eligibilityRolls.frozenAt })
    .from(rollEntries)
    .innerJoin(
      eligibilityRolls,
      and(eq(eligibilityRolls.districtId, rollEntries.districtId), eq(eligibilityRolls.id, rollEntries.rollId)),
    )
    .innerJoin(
      rotationRounds,
      and(eq(rotationRounds.districtId, eligibilityRolls.districtId), eq(rotationRounds.id, eligibilityRolls.roundId)),
    )
    .where(and(eq(rollEntries.teacherId, actor.teacherId), eq(rotationRounds.state, 'open')))
    .orderBy(desc(eligibilityRolls.frozenAt))
    .limit(1)
  return {
    year,
    line,
    tenureNeeded: policy.eligibility.tenureMonths,
    policyTitle: title,
    documentNo,
    frozen: frozen ?? null,
  }
}
