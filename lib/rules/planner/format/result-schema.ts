import { z } from 'zod'
import { INDICATOR_KINDS, PLAN_FORMAT, PLAN_STAGES, planId, RELAXABLE_RULES } from './instance-schema.ts'

const whole = z.int()
const natural = z.int().min(0)
const pair = z.tuple([natural, natural])
const stage = z.enum(PLAN_STAGES)
/** Coefficient of variation to 4 decimals; null is 不适用 (no pupils or nobody to count). */
const cv = z.number().min(0).nullable()

/** The five objectives in their order, with the direction of each (`planner.md` §4). */
export const LEVELS = [
  { level: 1, name: 'slack', sense: 'min' },
  { level: 2, name: 'equity', sense: 'min' },
  { level: 3, name: 'wishes', sense: 'max' },
  { level: 4, name: 'distance', sense: 'min' },
  { level: 5, name: 'tiebreak', sense: 'min' },
] as const

const levelSchema = z.strictObject({
  level: z.int().min(1).max(5),
  name: z.enum(['slack', 'equity', 'wishes', 'distance', 'tiebreak']),
  sense: z.enum(['min', 'max']),
  value: whole,
  /** null: stopped before the solver had any bound. */
  bound: whole.nullable(),
  gap: natural.nullable(),
  status: z.enum(['optimal', 'feasible']),
  seconds: z.number().min(0),
  nodes: natural.optional(),
})

const moveSchema = z.strictObject({
  teacher: planId,
  to: planId,
  stage,
  subject: planId,
  rank: natural,
  hm: natural,
})
const flowSchema = z.strictObject({
  group: planId,
  to: planId,
  stage,
  subject: planId,
  n: z.int().min(1),
  hm: natural,
})
const chainSchema = z.strictObject({
  kind: z.enum(['path', 'cycle']),
  teachers: z.array(planId).min(1),
  all_wished: z.boolean(),
})

export const WHY_NOT_CODES = ['NOT_ELIGIBLE', 'STAYS', 'HOST', 'NO_POST', 'NOT_CHOSEN'] as const
export type WhyNotCode = (typeof WHY_NOT_CODES)[number]

const solver = z.strictObject({ name: z.string(), version: z.string(), via: z.string().optional() })
const model = z.strictObject({ columns: natural, integer: natural, rows: natural, nonzeros: natural })
const head = {
  format: z.literal(PLAN_FORMAT),
  kind: z.literal('result'),
  instance: z.string(),
  instance_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  solver,
  model: model.optional(),
}

const planSchema = z.strictObject({
  ...head,
  status: z.enum(['optimal', 'feasible']),
  levels: z.array(levelSchema).min(1).max(5),
  moves: z.array(moveSchema),
  flows: z.array(flowSchema),
  counts: z.strictObject({
    E: natural,
    EB: natural,
    V: natural,
    R: natural,
    RB: natural,
    need_R: natural,
    need_RB: natural,
    A: pair,
    B: pair,
    C: pair,
  }),
  equity: z.array(
    z.strictObject({
      id: z.enum(INDICATOR_KINDS),
      stage,
      cv_before: cv,
      cv_after: cv,
      cv_relation_after: cv,
      driver_before: planId.nullable(),
      driver_after: planId.nullable(),
      units: z.array(z.tuple([planId, natural, natural, natural])),
    }),
  ),
  why_not: z.record(planId, z.enum(WHY_NOT_CODES)),
  chains: z.array(chainSchema),
  unique: z.boolean().optional(),
  /** Proof by listing every plan, where an instance is small enough for it. */
  enumeration: z.record(z.string(), z.union([z.number(), z.array(z.number())])).optional(),
  lock_prices: z
    .array(
      z.strictObject({
        lock: planId,
        values_without: z.array(whole).max(5),
        delta: z.array(whole).max(5),
        proven: z.boolean(),
      }),
    )
    .optional(),
})

const infeasibleSchema = z.strictObject({
  ...head,
  status: z.literal('infeasible'),
  conflict: z.strictObject({
    rules: z.array(z.string()),
    each_alone_restores: z.array(z.string()),
    relaxation: z.array(z.strictObject({ rule: z.enum(RELAXABLE_RULES), item: z.string(), by: z.int().min(1) })),
    cost: natural,
    bound: natural,
    moves: z.array(moveSchema),
    flows: z.array(flowSchema).optional(),
  }),
})

const errorSchema = z.strictObject({ ...head, status: z.literal('error'), error: z.string().optional() })

export const resultSchema = z.discriminatedUnion('status', [planSchema, infeasibleSchema, errorSchema])

export type PlanResult = z.infer<typeof resultSchema>
export type SolvedPlan = z.infer<typeof planSchema>
export type InfeasiblePlan = z.infer<typeof infeasibleSchema>
export type PlanLevel = z.infer<typeof levelSchema>
export type PlanMove = z.infer<typeof moveSchema>
export type PlanFlow = z.infer<typeof flowSchema>
export type PlanChain = z.infer<typeof chainSchema>
export type PlanCounts = SolvedPlan['counts']
export type PlanEquity = SolvedPlan['equity'][number]
export type PlanConflict = InfeasiblePlan['conflict']
export type Relaxation = PlanConflict['relaxation'][number]
export type LockPrice = NonNullable<SolvedPlan['lock_prices']>[number]
