import type { PlanPolicy, PlanStage } from '@/lib/rules/planner/format.ts'
import { defaultPlannerPolicy } from '@/lib/rules/rotation/policy/planner.ts'

/**
 * What the planner needs to know of a round, as plain data under the register's own keys. A query fills it from the
 * frozen roll; the builder turns it into an instance whose ids reveal nobody.
 */
export interface PlanInput {
  name: string
  /** Secret of the round: opaque ids are made from it, so that they are stable within the round and lead to nobody. */
  secret: string
  policy: Omit<PlanPolicy, 'scale'>
  /** Subject codes, and those that count as PE and arts. */
  subjects: string[]
  peArts: string[]
  schools: InputSchool[]
  /** Distances known otherwise than from positions, in units of 100 m, both ways alike. */
  distances: { a: string; b: string; hm: number }[]
  people: InputPerson[]
  /** Places the schools offer; null: every post may be filled up to its need (R-MATCH-1). */
  vacancies: InputVacancy[] | null
  locks: { id: string; person: string; to: string }[]
  stays: string[]
  forbids: { id: string; person: string; to: string | null }[]
  notBoth: [string, string][]
}

export interface InputSchool {
  key: string
  name: string
  sender: boolean
  receiver: boolean
  zone: string | null
  /** Heads by work place, all staff. */
  staff: number
  senior: number
  /** Pinned head-count change; null: the policy's. */
  net: [number, number] | null
  /** R-QUOTA-3. */
  sendTarget: number
  sendMin: number
  /** Kilometres on a plane. */
  position: { x: number; y: number } | null
  units: InputUnit[]
}

export interface InputUnit {
  stage: PlanStage
  pupils: number
  backbone: number
  overQualified: number
  /** Heads and need in tenths (R-SUB-1) per subject; `floor` is the least the post may fall to. */
  posts: { subject: string; have: number; need10: number; floor: number | null }[]
}

export interface InputPerson {
  key: string
  staffNo: string | null
  school: string
  stage: PlanStage
  subject: string
  /** R-ELIG-0, or `voluntary` for somebody outside who applies (R-ELIG-13). */
  status: 'eligible' | 'voluntary' | 'deferred' | 'exempt' | 'not_yet' | 'out_of_scope'
  backbone: boolean
  senior: boolean
  degree: 1 | 2 | 3 | 4
  /** Highest stage the certificate covers; senior and above cover J. */
  certificate: PlanStage
  consentCross: boolean
  retrain: string[]
  host: boolean
  /** Only wished schools (a volunteer always). */
  wishedOnly: boolean
  wishes: string[]
  maxHm: number | null
  /** Months in the school (R-TEN-1): the longest go first. */
  months: number
}

export interface InputVacancy {
  school: string
  stage: PlanStage
  subject: string
  places: number
}

/** Share of the need a post may not fall below when the round sets no floor of its own (DESIGN). */
export const DEFAULT_FLOOR_SHARE: readonly [number, number] = [90, 100]

/** Every policy field of the planner with its default; the sentence that explains it is `planner.policy.<field>`. */
export const DEFAULT_PLAN_POLICY: PlanInput['policy'] = {
  rate_total: [10, 100],
  backbone_reading: 'A',
  rate_backbone: [20, 100],
  continuing: { R: 0, RB: 0 },
  extra_eligible: { E: 0, EB: 0 },
  max_moves: 10_000,
  leave_share: [12, 100],
  backbone_leave_share: [10, 100],
  net_default: [-2, 2],
  direction_rate: [30, 100],
  commute_hm: 400,
  zone_only: false,
  wish_points: [5, 3, 1],
  relation_moves: false,
  indicators: [
    { id: 'backbone', stage: 'P', weight: 1 },
    { id: 'backbone', stage: 'J', weight: 1 },
  ],
  soft: { send: 1, shortage: 1 },
  relax_cost: defaultPlannerPolicy.relaxCost,
}
