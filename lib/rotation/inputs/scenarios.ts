import { z } from 'zod'
import type { ScenarioId } from '@/db/schema/rotation/scenarios.ts'
import { INDICATOR_KINDS, PLAN_STAGES, type PlanPolicy, RELAXABLE_RULES } from '@/lib/rules/planner/format.ts'
import { idSchema, type RoundId, type SchoolId, type TeacherId } from '@/lib/rules/values/ids.ts'

export type { ScenarioId }

/** `2028-return` in an address: the people behind one number of the years ahead; anything else is no list. */
export const aheadListQuery = z
  .string()
  .regex(/^20\d\d-(eligible|become|return|retire)$/)
  .transform((text) => {
    const [year = '', kind] = text.split('-')
    return { year: Number(year), kind: kind as 'eligible' | 'become' | 'return' | 'retire' }
  })
  .nullable()
  .catch(null)

const empty = (value: unknown) => (value === '' ? undefined : value)
const whole = (low: number, high: number) => z.coerce.number().int().min(low).max(high)

const SHARE = /^(\d{1,6})\s*[/／]\s*(\d{1,6})$/
const PERCENT = /^(\d{1,3})(?:\.(\d{1,3}))?\s*[%％]?$/

/** 10 %, 12.5 or 3/20 as an exact share of whole numbers; null when it is neither, or more than the whole. */
export function readShare(text: string): [number, number] | null {
  const pair = SHARE.exec(text.trim())
  const percent = PERCENT.exec(text.trim())
  const decimals = percent?.[2] ?? ''
  const share: [number, number] | null = pair
    ? [Number(pair[1]), Number(pair[2])]
    : percent
      ? [Number(`${percent[1]}${decimals}`), 100 * 10 ** decimals.length]
      : null
  return share && share[1] > 0 && share[0] <= share[1] ? share : null
}

/** A share as people type it: percent where it is whole tenths of one, else the pair. */
export const shareText = ([num, den]: readonly [number, number]): string =>
  (num * 1000) % den === 0 ? `${(num * 100) / den}%` : `${num}/${den}`

const share = z
  .string()
  .refine((text) => readShare(text) !== null, { error: 'plan.refusal.share' })
  .transform((text) => readShare(text)!)
const points = z
  .string()
  .trim()
  .regex(/^\d{1,4}([\s,，、]+\d{1,4}){0,9}$/, { error: 'plan.refusal.points' })
  .transform((text) => text.split(/[\s,，、]+/).map(Number))

export const indicatorField = (id: string, stage: string) => `weight_${id}_${stage}` as const
export const INDICATOR_FIELDS = INDICATOR_KINDS.flatMap((id) => PLAN_STAGES.map((stage) => ({ id, stage })))

/** Every policy field of the plan as one form has them (planner.md §5); what the roll gives is not among them. */
export const planPolicyFields = {
  rate_total: share,
  backbone_reading: z.enum(['A', 'B', 'C']),
  rate_backbone: share,
  max_moves: whole(0, 100_000),
  leave_share: share,
  backbone_leave_share: share,
  net_low: whole(-1000, 0),
  net_high: whole(0, 1000),
  direction_rate: share,
  /** Kilometres; empty: no limit. */
  commute_km: z.preprocess(empty, z.coerce.number().min(0).max(1000).optional()),
  zone_only: z.boolean(),
  wish_points: points,
  relation_moves: z.boolean(),
  soft_send: whole(0, 1000),
  soft_shortage: whole(0, 1000),
  ...(Object.fromEntries(
    INDICATOR_FIELDS.map(({ id, stage }) => [
      indicatorField(id, stage),
      z.preprocess(empty, whole(0, 1000).default(0)),
    ]),
  ) as Record<string, z.ZodType<number>>),
  ...(Object.fromEntries(RELAXABLE_RULES.map((rule) => [`cost_${rule}`, whole(1, 10_000)])) as Record<
    string,
    z.ZodType<number>
  >),
}
const policyShape = z.object(planPolicyFields)
export type TypedPlanPolicy = z.output<typeof policyShape>

/** The policy of an instance with what was typed in; counts of the roll stay as frozen. */
export function planPolicyFromForm(
  typed: TypedPlanPolicy,
  counts: Pick<PlanPolicy, 'continuing' | 'extra_eligible'>,
): Omit<PlanPolicy, 'scale'> {
  const typedNumber = (field: string): number => Number(new Map<string, unknown>(Object.entries(typed)).get(field) ?? 0)
  return {
    continuing: counts.continuing,
    extra_eligible: counts.extra_eligible,
    rate_total: typed.rate_total,
    backbone_reading: typed.backbone_reading,
    rate_backbone: typed.rate_backbone,
    max_moves: typed.max_moves,
    leave_share: typed.leave_share,
    backbone_leave_share: typed.backbone_leave_share,
    net_default: [typed.net_low, typed.net_high],
    direction_rate: typed.direction_rate,
    commute_hm: typed.commute_km === undefined ? null : Math.round(typed.commute_km * 10),
    zone_only: typed.zone_only,
    wish_points: typed.wish_points,
    relation_moves: typed.relation_moves,
    indicators: INDICATOR_FIELDS.flatMap(({ id, stage }) => {
      const weight = typedNumber(indicatorField(id, stage))
      return weight > 0 ? [{ id, stage, weight }] : []
    }),
    soft: { send: typed.soft_send, shortage: typed.soft_shortage },
    relax_cost: Object.fromEntries(RELAXABLE_RULES.map((rule) => [rule, typedNumber(`cost_${rule}`)])) as never,
  }
}

/** The policy fields of a form that may leave them out; null when one is missing. */
export function completePolicy(input: Partial<TypedPlanPolicy>): TypedPlanPolicy | null {
  const optional = ['commute_km', 'zone_only', 'relation_moves']
  const isThere = (field: string) =>
    optional.includes(field) || field.startsWith('weight_') || input[field as keyof TypedPlanPolicy] !== undefined
  return Object.keys(planPolicyFields).every(isThere) ? (input as TypedPlanPolicy) : null
}

/** What the form holds for a policy: the inverse of `planPolicyFromForm`. */
export function typedPlanPolicy(policy: Omit<PlanPolicy, 'scale'>): Record<string, string> {
  const weightOf = (id: string, stage: string) =>
    policy.indicators.find((one) => one.id === id && one.stage === stage)?.weight ?? 0
  return {
    rate_total: shareText(policy.rate_total),
    backbone_reading: policy.backbone_reading,
    rate_backbone: shareText(policy.rate_backbone),
    max_moves: String(policy.max_moves),
    leave_share: shareText(policy.leave_share),
    backbone_leave_share: shareText(policy.backbone_leave_share),
    net_low: String(policy.net_default[0]),
    net_high: String(policy.net_default[1]),
    direction_rate: shareText(policy.direction_rate),
    commute_km: policy.commute_hm === null ? '' : String(policy.commute_hm / 10),
    zone_only: policy.zone_only ? 'on' : '',
    wish_points: policy.wish_points.join(' '),
    relation_moves: policy.relation_moves ? 'on' : '',
    soft_send: String(policy.soft.send),
    soft_shortage: String(policy.soft.shortage),
    ...Object.fromEntries(
      INDICATOR_FIELDS.map(({ id, stage }) => [indicatorField(id, stage), String(weightOf(id, stage))]),
    ),
    ...Object.fromEntries(RELAXABLE_RULES.map((rule) => [`cost_${rule}`, String(policy.relax_cost[rule])])),
  }
}

const scenarioId = idSchema<ScenarioId>()
const version = z.coerce.number().int()
const name = z.string().trim().min(1).max(120)
const timeLimit = z.preprocess(empty, whole(1, 3600).default(600))

export const scenarioInput = z.strictObject({ scenarioId, version })
export const createScenarioInput = z.strictObject({
  roundId: idSchema<RoundId>(),
  name,
  useVacancies: z.boolean().default(false),
  keepCases: z.boolean().default(true),
  /** Solve at once. */
  solve: z.boolean().default(false),
  timeLimit,
  /** The policy fields below are to be read; else the round's policy gives them all. */
  withPolicy: z.boolean().default(false),
  ...policyShape.partial().shape,
})
export const reviseScenarioInput = z.strictObject({
  scenarioId,
  /** Empty: the draft keeps its name, a further scenario gets the next one. */
  name: z.string().trim().max(120).default(''),
  solve: z.boolean().default(false),
  timeLimit,
  ...planPolicyFields,
})
export const solveInput = scenarioInput.extend({ timeLimit })
export const duplicateInput = z.strictObject({ scenarioId, name })

const optionalSchool = z.preprocess(empty, idSchema<SchoolId>().optional())
export const HAND_KINDS = ['lock', 'forbid', 'stay', 'pair', 'pin'] as const
/** One thing added by hand; `to` empty in a forbid: nowhere. */
export const addHandInput = scenarioInput.extend({
  kind: z.enum(HAND_KINDS),
  teacherIds: z.array(idSchema<TeacherId>()).max(200).default([]),
  to: optionalSchool,
  low: z.preprocess(empty, whole(-1000, 1000).optional()),
  high: z.preprocess(empty, whole(-1000, 1000).optional()),
})
/** One thing taken back, by its place in the list of its kind. */
export const dropHandInput = scenarioInput.extend({ kind: z.enum(HAND_KINDS), at: whole(0, 100_000) })
export const swapInput = scenarioInput.extend({
  leaves: idSchema<TeacherId>(),
  joins: idSchema<TeacherId>(),
})
export const priceInput = z.strictObject({
  scenarioId,
  kind: z.enum(['lock', 'choose']),
  teacherId: idSchema<TeacherId>(),
  to: optionalSchool,
})
export const relaxInput = z.strictObject({ scenarioId, name, solve: z.boolean().default(true), timeLimit })
/** The draft of a policy made from a conflict; its title is at most as long as every policy's. */
export const relaxPolicyInput = z.strictObject({ scenarioId, title: z.string().trim().min(1).max(80) })
export const adoptInput = scenarioInput.extend({ reason: z.string().trim().min(1).max(1000) })
/** Two plans of this many people each way may be priced at most, so that nobody fills the queue. */
export const MOST_PRICES = 40
