import type { Tx } from '@/db/scope.ts'
import { sha256Hex } from '@/lib/platform/crypto.ts'
import { checkPlan } from '@/lib/rules/planner/checker.ts'
import type { SolvedPlan } from '@/lib/rules/planner/format.ts'
import { done, type Outcome, type Refusal, refuse, refuseAll } from '@/lib/rules/values/outcome.ts'
import { latestRoll } from '../queries/round-quota.ts'
import { type ScenarioRow, storedInstance, storedResult } from './scenario-row.ts'

/** Findings shown with a refusal; a plan that is wrong is mostly wrong in many places. */
const SHOWN = 5

/**
 * Whether the stored plan may become cases: solved, of the roll that binds now, and found right by the checker from the
 * stored bytes alone, whatever was written beside them (planner.md §9).
 */
export async function adoptable(tx: Tx, row: ScenarioRow): Promise<Outcome<SolvedPlan>> {
  if (row.roundId === null) return refuse('plan.refusal.readOnly')
  if (row.state === 'adopted') return refuse('plan.refusal.adoptedAlready')
  const result = storedResult(row)
  if (row.state !== 'solved') return refuse('plan.refusal.notSolved')
  if (!result || (result.status !== 'optimal' && result.status !== 'feasible'))
    return refuse('plan.refusal.planRefused')
  const roll = await latestRoll(tx, row.roundId)
  if (roll?.id !== row.rollId) return refuse('plan.refusal.rollChanged')
  const report = checkPlan(storedInstance(row), result, {
    instanceSha256: sha256Hex(row.instance),
    digest: sha256Hex,
  })
  if (report.ok) return done(result)
  return refuseAll([
    { code: 'plan.refusal.planRefused' },
    ...report.findings.slice(0, SHOWN).map(
      (found): Refusal => ({
        code: found.code,
        values: found.values,
        rule: found.rule,
      }),
    ),
  ])
}
