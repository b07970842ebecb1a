import { z } from 'zod'

/** The one format this version reads and writes. */
export const PLAN_FORMAT = 'junheng-plan/1'

/** Larger files are refused before they are parsed: a county of 30,000 people singly is about 10 MB. */
export const MAX_INSTANCE_BYTES = 20 * 1024 * 1024

/** The hard rules of the plan that the cheapest repair may relax; H0–H2 are structural. */
export const RELAXABLE_RULES = [
  'H3',
  'H4',
  'H5',
  'H6',
  'H7a',
  'H7b',
  'H7c',
  'H8',
  'H9',
  'H10',
  'H11',
  'H12',
  'H13',
  'H14',
  'H15',
  'H16',
] as const
export type RelaxableRule = (typeof RELAXABLE_RULES)[number]

export const PLAN_STAGES = ['P', 'J'] as const
export type PlanStage = (typeof PLAN_STAGES)[number]

/** R-ELIG-0 states, and `voluntary` of R-ELIG-13. Only the first two may move. */
export const PLAN_STATUSES = ['eligible', 'voluntary', 'deferred', 'exempt', 'not_yet', 'out_of_scope'] as const

export const INDICATOR_KINDS = ['backbone', 'over_qualified', 'pe_arts'] as const
export type IndicatorKind = (typeof INDICATOR_KINDS)[number]

/** Every number of the format fits here; products are made in exact integers. */
const MOST = 1_000_000
const count = z.int().min(0).max(MOST)
const signed = z.int().min(-MOST).max(MOST)
const idText = z.string().min(1).max(100)
const stage = z.enum(PLAN_STAGES)
/** Ids are compared as text and printed in messages: no blanks at the ends. */
export const planId = idText.regex(/^\S(.*\S)?$/)

/** A share between 0 and 1. */
const share = z.tuple([count, z.int().min(1).max(MOST)]).refine(([n, d]) => n <= d, { message: 'share_above_one' })
const range = z.tuple([signed, signed]).refine(([lo, hi]) => lo <= hi, { message: 'range_reversed' })

export const policySchema = z.strictObject({
  rate_total: share,
  backbone_reading: z.enum(['A', 'B', 'C']),
  rate_backbone: share,
  continuing: z.strictObject({ R: count, RB: count }),
  extra_eligible: z.strictObject({ E: count, EB: count }),
  max_moves: count,
  leave_share: share,
  backbone_leave_share: share,
  net_default: range,
  direction_rate: share,
  commute_hm: count.nullable(),
  zone_only: z.boolean(),
  wish_points: z.array(z.int().min(0).max(1000)).max(20),
  relation_moves: z.boolean(),
  indicators: z.array(z.strictObject({ id: z.enum(INDICATOR_KINDS), stage, weight: z.int().min(0).max(1000) })).max(6),
  soft: z.strictObject({ send: z.int().min(0).max(1000), shortage: z.int().min(0).max(1000) }),
  scale: z.int().min(1).max(1_000_000_000),
  relax_cost: z.strictObject(
    Object.fromEntries(RELAXABLE_RULES.map((rule) => [rule, z.int().min(1).max(10_000)])) as Record<
      RelaxableRule,
      z.ZodInt
    >,
  ),
})

const postSchema = z.strictObject({ k: planId, have: count, need10: count, floor: count })
const unitSchema = z.strictObject({
  stage,
  pupils: count,
  backbone: count,
  over_qualified: count,
  subjects: z.array(postSchema).max(200),
})
const schoolSchema = z.strictObject({
  id: planId,
  name: z.string().max(200),
  sender: z.boolean(),
  receiver: z.boolean(),
  zone: z.string().max(100),
  staff: count,
  senior: count,
  net: range.nullable(),
  send_target: count,
  send_min: count,
  units: z.array(unitSchema).max(2),
})

const standing = {
  id: planId,
  school: planId,
  stage,
  subject: planId,
  status: z.enum(PLAN_STATUSES),
  backbone: z.boolean(),
  senior: z.boolean(),
  /** 1 中师 · 2 大专 · 3 本科 · 4 研究生 */
  degree: z.int().min(1).max(4),
  cert: stage,
  consent_cross: z.boolean(),
  retrain: z.array(planId).max(50),
}
const teacherSchema = z.strictObject({
  ...standing,
  host: z.boolean(),
  mode: z.enum(['any', 'wished']),
  wishes: z.array(planId).max(20),
  max_hm: count.nullable(),
})
const groupSchema = z.strictObject({ ...standing, n: z.int().min(1).max(MOST) })

export const instanceSchema = z.strictObject({
  format: z.literal(PLAN_FORMAT),
  kind: z.literal('instance'),
  name: z.string().min(1).max(200),
  policy: policySchema,
  subjects: z.array(planId).max(500),
  pe_arts: z.array(planId).max(500),
  schools: z.array(schoolSchema).min(1).max(5000),
  distance: z.array(z.array(count)),
  teachers: z.array(teacherSchema),
  groups: z.array(groupSchema),
  locks: z.array(z.strictObject({ id: planId, teacher: planId, to: planId })),
  stays: z.array(planId),
  forbids: z.array(z.strictObject({ id: planId, teacher: planId, to: planId.nullish() })),
  not_both: z.array(z.tuple([planId, planId])),
})

export type PlanInstance = z.infer<typeof instanceSchema>
export type PlanPolicy = PlanInstance['policy']
export type PlanSchool = PlanInstance['schools'][number]
export type PlanUnit = PlanSchool['units'][number]
export type PlanPost = PlanUnit['subjects'][number]
export type PlanTeacher = PlanInstance['teachers'][number]
export type PlanGroup = PlanInstance['groups'][number]
