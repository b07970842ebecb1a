import { z } from 'zod'
import { RELAXABLE_RULES } from '../../planner/format/instance-schema.ts'
import { ratio } from '../../values/ratio.ts'
import { shareSchema } from './quota.ts'

const cost = z.int().min(0).max(1_000_000)

/** Floors, limits and weights of planner and matching (planner.md §3–5, R-MATCH-2); rates come from the quota. */
export const plannerPolicySchema = z.strictObject({
  /** H8: people leaving a school ÷ its staff. */
  leaveShare: shareSchema,
  /** H7c: backbone leaving a unit ÷ its backbone. */
  backboneLeaveShare: shareSchema,
  /** H9: head-count change of a school [lowest, highest]. */
  netDefault: z.tuple([z.int().max(0), z.int().min(0)]),
  /** H10: moves from sending to receiving schools ÷ moves. */
  directionRate: shareSchema,
  /** H11: distance limit in units of 100 m; null = none. */
  commuteHm: z.int().min(1).max(10_000).nullable(),
  zoneOnly: z.boolean(),
  /** H15; null = need of the quota plus a tenth. */
  maxMoves: z.int().min(0).max(100_000).nullable(),
  /** H4: share of the need a subject of a school may fall to; its last teacher never leaves. */
  subjectFloorShare: shareSchema,
  wishPoints: z.array(z.int().min(0).max(1000)).min(1).max(10),
  relationMoves: z.boolean(),
  indicators: z.array(
    z.strictObject({
      id: z.enum(['backbone', 'over_qualified', 'pe_arts']),
      stage: z.enum(['P', 'J']),
      weight: z.int().min(0).max(1000),
    }),
  ),
  soft: z.strictObject({ send: cost, shortage: cost }),
  scale: z.int().min(1).max(1_000_000_000),
  relaxCost: z.strictObject(
    Object.fromEntries(RELAXABLE_RULES.map((rule) => [rule, cost])) as Record<Relaxable, typeof cost>,
  ),
  /** Suggestions leave cross-stage moves out even with consent (R-MATCH-3). */
  sameStageOnly: z.boolean(),
})

export type Relaxable = (typeof RELAXABLE_RULES)[number]
export type PlannerPolicy = z.infer<typeof plannerPolicySchema>

export const defaultPlannerPolicy: PlannerPolicy = {
  leaveShare: ratio(20, 100),
  backboneLeaveShare: ratio(25, 100),
  netDefault: [-2, 2],
  directionRate: ratio(0, 1),
  commuteHm: 300,
  zoneOnly: false,
  maxMoves: null,
  subjectFloorShare: ratio(80, 100),
  wishPoints: [5, 3, 1],
  relationMoves: false,
  indicators: [
    { id: 'backbone', stage: 'P', weight: 1 },
    { id: 'backbone', stage: 'J', weight: 1 },
  ],
  soft: { send: 1, shortage: 1 },
  scale: 100_000_000,
  relaxCost: {
    H3: 20,
    H4: 30,
    H5: 10,
    H6: 10,
    H7a: 50,
    H7b: 50,
    H7c: 8,
    H8: 8,
    H9: 8,
    H10: 5,
    H11: 15,
    H12: 40,
    H13: 40,
    H14: 40,
    H15: 5,
    H16: 5,
  },
  sameStageOnly: false,
}
