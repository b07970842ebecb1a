import type { Refusal } from '../../values/outcome.ts'
import type { IndicatorKind, PlanInstance, PlanSchool, PlanStage } from './instance-schema.ts'

/** How many of an indicator a unit has before the plan. */
function countIn(instance: PlanInstance, school: PlanSchool, kind: IndicatorKind, stage: PlanStage): number {
  const unit = school.units.find((u) => u.stage === stage)
  if (!unit || unit.pupils === 0) return 0
  if (kind === 'backbone') return unit.backbone
  if (kind === 'over_qualified') return unit.over_qualified
  return unit.subjects.reduce((sum, post) => sum + (instance.pe_arts.includes(post.k) ? post.have : 0), 0)
}

/**
 * The least scale that keeps g convex (planner.md §4): scale · w · P_N / (P_u · T²) ≥ 1 for every unit.
 * Below it the rounding of g could make a later person of a unit look cheaper than an earlier one.
 */
export function leastScale(instance: PlanInstance): number {
  let least = 1n
  for (const { id, stage, weight } of instance.policy.indicators) {
    if (weight === 0) continue
    const units = instance.schools.flatMap((school) =>
      school.units.filter((unit) => unit.stage === stage && unit.pupils > 0),
    )
    const pupils = BigInt(units.reduce((sum, unit) => sum + unit.pupils, 0))
    const total = BigInt(instance.schools.reduce((sum, school) => sum + countIn(instance, school, id, stage), 0))
    if (pupils === 0n || total === 0n) continue
    const largest = BigInt(Math.max(...units.map((unit) => unit.pupils)))
    const below = BigInt(weight) * pupils
    const needed = (largest * total * total + below - 1n) / below
    if (needed > least) least = needed
  }
  return Number(least)
}

export function scaleFindings(instance: PlanInstance): Refusal[] {
  const least = leastScale(instance)
  if (instance.policy.scale >= least) return []
  return [
    {
      code: 'planner.refusal.scale_too_small',
      values: { field: 'policy.scale', found: instance.policy.scale, limit: least },
      field: 'policy.scale',
    },
  ]
}
