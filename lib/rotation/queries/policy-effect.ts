import type { Tx } from '@/db/scope.ts'
import { schoolLineage, teacherFacts, type Who } from '@/lib/register/queries/teacher-facts.ts'
import type { EligibilityRule, EligibilityState } from '@/lib/rules/rotation/eligibility-result.ts'
import type { Policy } from '@/lib/rules/rotation/policy.ts'
import { rollChanges } from '@/lib/rules/rotation/roll-changes.ts'
import type { LocalDate } from '@/lib/rules/values/dates.ts'
import { ceilShare } from '@/lib/rules/values/ratio.ts'
import { assessAll, countRoll, type RollCounts } from './roll.ts'

interface Side {
  state: EligibilityState
  decidingRule: EligibilityRule | null
  isBackbone: boolean
}

/** Somebody who comes out differently under the other policy. */
export interface AffectedPerson {
  who: Who
  before: Side | null
  after: Side | null
}

/** What a change of policy does to the roll: "eligible 3,407 → 3,188; these 219" (design.md §5). */
export interface PolicyEffect {
  snapshot: LocalDate
  before: RollCounts
  after: RollCounts
  needBefore: number
  needAfter: number
  fallsIn: AffectedPerson[]
  fallsOut: AffectedPerson[]
  /** Same side of 符合, another state, rule or backbone mark. */
  otherwise: AffectedPerson[]
}

/** Both policies on one reading of the register. */
export async function policyEffect(tx: Tx, snapshot: LocalDate, before: Policy, after: Policy): Promise<PolicyEffect> {
  const people = await teacherFacts(tx, snapshot)
  const lineage = await schoolLineage(tx)
  const [was, is] = [before, after].map((policy) => assessAll(people, snapshot, policy, lineage))
  const whoById = new Map<string, Who>(people.map(({ who }) => [who.teacherId, who]))
  const changes = rollChanges(
    was!.map(({ result }) => result),
    is!.map(({ result }) => result),
  )
  const of = (kind: (typeof changes)[number]['kind']) =>
    changes.flatMap((change): AffectedPerson[] => {
      const who = whoById.get(change.id)
      return who && change.kind === kind ? [{ who, before: change.before, after: change.after }] : []
    })
  const [countsBefore, countsAfter] = [countRoll(was!), countRoll(is!)]
  return {
    snapshot,
    before: countsBefore,
    after: countsAfter,
    needBefore: ceilShare(countsBefore.E, before.quota.rateTotal),
    needAfter: ceilShare(countsAfter.E, after.quota.rateTotal),
    fallsIn: of('falls_in'),
    fallsOut: of('falls_out'),
    otherwise: of('other'),
  }
}
