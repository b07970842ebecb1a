import type { RelationCvs } from '@/lib/rotation/queries/round-equity.ts'
import type { PlanEquity } from '@/lib/rules/planner/format.ts'

/** CV by relation after a plan: by the register where there is one, else what the certificate can say without it. */
export const relationAfter = (one: PlanEquity, relation: RelationCvs | null): number | null =>
  relation ? (relation.get(`${one.id}/${one.stage}`) ?? null) : one.cv_relation_after
