import type { PlanEffects } from '@/lib/rules/planner/effects.ts'
import type { PlanInstance } from '@/lib/rules/planner/format.ts'
import type { NamedLine } from './named-plan.ts'

/** What a move rests on, as figures: the page and the case say the same from them (planner.md §6). */
export interface MoveFacts {
  /** Destination post: heads and need before, heads after. */
  destination: { have: number; need10: number; after: number }
  origin: { have: number; need10: number; after: number }
  /** Backbone per 100 pupils of both units, before and after; null without pupils. */
  backbone: { origin: [number, number] | null; destination: [number, number] | null }
  direction: 'sender_receiver' | 'other'
  fillsShortage: boolean
  hm: number
  rank: number
}

const per100 = (count: number, pupils: number): number => Math.round((count * 10_000) / pupils) / 100

/** The figures behind one move of a plan. */
export function moveFacts(line: NamedLine, instance: PlanInstance, effects: PlanEffects): MoveFacts {
  const from = effects.post(line.from, line.fromStage, line.fromSubject)
  const to = effects.post(line.to, line.stage, line.subject)
  const heads = (post: typeof from) => ({ have: post?.have ?? 0, need10: post?.need10 ?? 0, after: post?.after ?? 0 })
  const share = (school: string, stage: string): [number, number] | null => {
    const unit = effects.unit(school, stage)
    return unit && unit.pupils > 0
      ? [per100(unit.backbone, unit.pupils), per100(unit.backboneAfter, unit.pupils)]
      : null
  }
  const schoolOf = (id: string) => instance.schools.find((school) => school.id === id)
  return {
    destination: heads(to),
    origin: heads(from),
    backbone: { origin: share(line.from, line.fromStage), destination: share(line.to, line.stage) },
    direction: schoolOf(line.from)?.sender && schoolOf(line.to)?.receiver ? 'sender_receiver' : 'other',
    // Whoever takes the place of one who leaves a short post fills nothing.
    fillsShortage: to !== null && to.have * 10 < to.need10 && to.after > to.have,
    hm: line.hm,
    rank: line.rank,
  }
}

export const tenths = (need10: number): string => (need10 % 10 === 0 ? String(need10 / 10) : (need10 / 10).toFixed(1))
export const kilometres = (hm: number): string => (hm / 10).toFixed(1)
