import type { RollId } from '@/db/schema/rotation/rolls.ts'
import type { Tx } from '@/db/scope.ts'
import type { UserActor } from '@/lib/rules/access/actor.ts'
import { roundYearOf, snapshotOf } from '@/lib/rules/calendar/school-year.ts'
import { ELIGIBILITY_STATES } from '@/lib/rules/rotation/eligibility-result.ts'
import { defaultPolicy, type Policy } from '@/lib/rules/rotation/policy.ts'
import { type LocalDate, type SchoolYear, schoolYearOf } from '@/lib/rules/values/dates.ts'
import type { PolicyId } from '@/lib/rules/values/ids.ts'
import { policyById, policyFor } from './policy-for.ts'
import { computeRoll } from './roll.ts'
import { type FrozenRollEntry, frozenRows, listRolls, liveRows, type RollRow } from './roll-list.ts'

export interface RollView {
  rows: RollRow[]
  snapshot: LocalDate
  policyId: PolicyId | null
  policy: Policy
  /** The frozen roll shown; null = the register as it is now. */
  frozen: FrozenRollEntry | null
  rolls: FrozenRollEntry[]
}

/** Snapshot of the round that is prepared next: 31 August before the school year after this one. */
export const nextSnapshot = (today: LocalDate): LocalDate => snapshotOf((schoolYearOf(today) + 1) as SchoolYear)

/**
 * The roll asked for: a frozen one, or the register now under a snapshot and a policy. A school has the frozen rolls
 * only: what the live one is made of is not all for its eyes (security.md §2.3).
 */
export async function rollView(
  tx: Tx,
  actor: UserActor,
  ask: { snapshot?: LocalDate; policy?: string; roll?: string },
): Promise<RollView> {
  const rolls = await listRolls(tx)
  const isSchool = actor.role === 'principal' || actor.role === 'school_hr'
  const frozen = rolls.find(({ id }) => id === ask.roll) ?? (isSchool ? rolls[0] : undefined) ?? null
  if (frozen) {
    const policyId = frozen.policyId as PolicyId
    const policy = (await policyById(tx, policyId)) ?? defaultPolicy
    const rows = inOrder(await frozenRows(tx, frozen.id as RollId))
    return { rows, snapshot: frozen.snapshotDate, policyId, policy, frozen, rolls }
  }
  const snapshot = ask.snapshot ?? nextSnapshot(actor.today)
  const inForce = await policyFor(tx, roundYearOf(snapshot))
  const chosen = ask.policy ? await policyById(tx, ask.policy as PolicyId) : null
  const policy = chosen ?? inForce.policy
  const policyId = chosen ? (ask.policy as PolicyId) : inForce.id
  const rows = isSchool ? [] : inOrder(liveRows(await computeRoll(tx, snapshot, policy)))
  return { rows, snapshot, policyId, policy, frozen: null, rolls }
}

/** Those who may be asked to move stand first; inside an outcome as in the register. */
const inOrder = (rows: RollRow[]): RollRow[] =>
  rows.sort((a, b) => ELIGIBILITY_STATES.indexOf(a.state) - ELIGIBILITY_STATES.indexOf(b.state))
